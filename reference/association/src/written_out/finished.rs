use ctutils::CtEq;

use super::Refusal;
use crate::messages::AlertDescription;

/// Whether verify_data is the one that was computed, octet for octet (RFC 5246, 7.4.9).
pub(crate) fn finished(expected: &[u8], got: &[u8]) -> Result<(), Refusal> {
    if got.len() != expected.len() {
        return Err(Refusal::new(
            AlertDescription::DECODE_ERROR,
            format!(
                "expected verify_data of {} octets, got {}",
                expected.len(),
                got.len()
            ),
        ));
    }
    if expected.ct_eq(got).to_bool() {
        return Ok(());
    }
    Err(Refusal::new(
        AlertDescription::DECRYPT_ERROR,
        "expected verify_data over the messages of this handshake, got other octets",
    ))
}
