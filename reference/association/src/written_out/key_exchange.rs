//! The premaster and the master secret.

use onem2m_keys::{MasterSecret, PremasterSecret, Psk, Randoms, TranscriptHash};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::{PublicKey, SecretKey};

use super::Refusal;

use crate::messages::{
    AlertDescription, Codec, DigitallySigned, EcdheParameters, EcdheServerKeyExchange, NamedGroup,
    SignatureScheme,
};

/// An uncompressed point: this octet, and two coordinates (RFC 8422, 5.4.1).
const UNCOMPRESSED: u8 = 4;
/// The octets of an uncompressed point on secp256r1.
const POINT: usize = 65;

/// The premaster secret of a pre-shared key (RFC 4279, 2).
pub(crate) fn psk_premaster(key: &Psk) -> PremasterSecret {
    PremasterSecret::psk(key)
}

/// The parameters of the server, signed with the random values of both (RFC 8422, 5.4).
pub(crate) fn server_key_exchange(
    ephemeral: &SecretKey,
    key: &SigningKey,
    randoms: &Randoms,
) -> Result<EcdheServerKeyExchange, Refusal> {
    let parameters = EcdheParameters {
        group: NamedGroup::SECP256R1,
        point: ephemeral.public_key().to_sec1_bytes().into_vec(),
    };
    let signed = [
        randoms.client.as_slice(),
        &randoms.server,
        &parameters.encode()?,
    ]
    .concat();
    let signature: Signature = key
        .try_sign(&signed)
        .map_err(|_| Refusal::internal("the key of the server does not sign"))?;
    Ok(EcdheServerKeyExchange {
        parameters,
        signature: DigitallySigned {
            algorithm: SignatureScheme::ECDSA_SECP256R1_SHA256,
            signature: signature.to_der().as_bytes().to_vec(),
        },
    })
}

/// The point of the client: uncompressed and on the curve (RFC 8422, 5.4.1 and 5.11).
pub(crate) fn client_point(point: &[u8]) -> Result<PublicKey, Refusal> {
    let is_uncompressed = point.len() == POINT && point.first() == Some(&UNCOMPRESSED);
    PublicKey::from_sec1_bytes(point)
        .ok()
        .filter(|_| is_uncompressed)
        .ok_or_else(|| {
            Refusal::new(
                AlertDescription::ILLEGAL_PARAMETER,
                "expected an uncompressed point on secp256r1, got other octets",
            )
        })
}

/// The premaster secret of ECDHE: the x-coordinate of what both have in common (RFC 8422, 5.10).
pub(crate) fn ecdhe_premaster(ephemeral: &SecretKey, point: &PublicKey) -> PremasterSecret {
    let shared = ephemeral.diffie_hellman(point);
    PremasterSecret::from_octets(shared.raw_secret_bytes())
}

/// The master secret, the extended one if there is a hash of the session (RFC 5246, 8.1; RFC 7627, 4); none before the
/// key exchange.
pub(crate) fn master(
    premaster: Option<&PremasterSecret>,
    randoms: &Randoms,
    session_hash: Option<&TranscriptHash>,
) -> Option<MasterSecret> {
    let premaster = premaster?;
    Some(match session_hash {
        Some(session_hash) => MasterSecret::derive_extended(premaster, session_hash),
        None => MasterSecret::derive(premaster, randoms),
    })
}
