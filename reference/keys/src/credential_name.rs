use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The Credential-Id that names a key at a TEF and collides with no other: a hash of the name of the key, and the FQDN of the
/// TEF (TR-0012, 7.3.2.2). The report names no hash; it is SHA-256, in lower-case digits.
pub fn hashed_credential_id(name: &str, fqdn: &str) -> String {
    let digest = <[u8; 32]>::from(Sha256::digest(name.as_bytes()));
    let mut text = String::with_capacity(2 * digest.len() + 1 + fqdn.len());
    for octet in digest {
        // Writing to a String does not fail.
        let _ = write!(text, "{octet:02x}");
    }
    text.push('@');
    text.push_str(fqdn);
    text
}
