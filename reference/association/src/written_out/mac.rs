use ctutils::CtEq;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::RecordContext;

/// The octets of HMAC-SHA-256.
pub(crate) const LENGTH: usize = 32;

/// The MAC of a record (RFC 5246, 6.2.3.1).
pub(crate) fn of_record(key: &[u8], context: &RecordContext, content: &[u8]) -> [u8; LENGTH] {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; LENGTH];
    };
    mac.update(&context.authenticated(content.len()));
    mac.update(content);
    mac.finalize().into_bytes().into()
}

/// Whether the MAC of a record is the one that was computed, octet for octet (RFC 5246, 6.2.3.1).
pub(crate) fn matches(expected: &[u8], got: &[u8]) -> bool {
    expected.ct_eq(got).to_bool()
}
