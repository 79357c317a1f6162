use p256::SecretKey;

use super::Refusal;
use crate::messages::Random;

/// Unpredictable octets.
pub(crate) fn octets<const N: usize>() -> Result<[u8; N], Refusal> {
    let mut octets = [0; N];
    getrandom::fill(&mut octets)
        .map_err(|error| Refusal::internal(format!("the system has no random octets: {error}")))?;
    Ok(octets)
}

/// The random value of a ServerHello, independent of any other (RFC 5246, 7.4.1.3).
pub(crate) fn server_random() -> Result<Random, Refusal> {
    octets().map(Random)
}

/// The identifier of a new session (RFC 5246, 7.4.1.3).
pub(crate) fn session_id() -> Result<Vec<u8>, Refusal> {
    octets::<32>().map(Vec::from)
}

/// A private key on secp256r1 for one handshake (RFC 8422, 5.4).
pub(crate) fn ephemeral_key() -> Result<SecretKey, Refusal> {
    loop {
        // Octets that are no scalar are as rare as it gets.
        if let Ok(key) = SecretKey::from_slice(&octets::<32>()?) {
            return Ok(key);
        }
    }
}
