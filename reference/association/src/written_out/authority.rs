//! Keys by the identity that the client sends.

use onem2m_keys::Psk;

use super::{Configuration, Refusal};

use crate::messages::{AlertDescription, PskClientKeyExchange};

/// The identity in a ClientKeyExchange: the whole message is its length and as many octets (RFC 4279, 2).
pub(crate) fn identity(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    use crate::messages::Codec;
    Ok(PskClientKeyExchange::decode(body)?.psk_identity)
}

/// The key of an identity at a host; an identity without one is told (RFC 4279, 2).
pub(crate) fn key(
    configuration: &Configuration,
    host: Option<usize>,
    identity: &[u8],
) -> Result<Psk, Refusal> {
    configuration
        .keys_of(host)
        .and_then(|keys| keys(identity))
        .ok_or_else(|| {
            Refusal::new(
                AlertDescription::UNKNOWN_PSK_IDENTITY,
                format!(
                    "expected an identity that is provisioned, got {}",
                    identity.escape_ascii()
                ),
            )
        })
}
