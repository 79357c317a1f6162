use crate::hmac::{HMAC_LENGTH, hmac_sha256};

/// The pseudorandom function of TLS 1.2 with SHA-256 (RFC 5246, 5): fills `output`, whatever its length.
///
/// The parts of the seed are concatenated as they stand.
pub fn prf(secret: &[u8], label: &str, seed: &[&[u8]], output: &mut [u8]) {
    let mut parts = Vec::with_capacity(seed.len() + 2);
    parts.push(label.as_bytes());
    parts.extend_from_slice(seed);
    let mut chained = hmac_sha256(secret, &parts);
    for chunk in output.chunks_mut(HMAC_LENGTH) {
        let mut with_chained = Vec::with_capacity(parts.len() + 1);
        with_chained.push(chained.as_slice());
        with_chained.extend_from_slice(&parts);
        let block = hmac_sha256(secret, &with_chained);
        for (slot, octet) in chunk.iter_mut().zip(block.iter()) {
            *slot = *octet;
        }
        chained = hmac_sha256(secret, &[chained.as_slice()]);
    }
}
