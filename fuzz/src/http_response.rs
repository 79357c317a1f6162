//! Octets as an HTTP response.

use onem2m_primitive::http::{decode_response, encode_response};

use crate::octets;

/// Any octets are read as a primitive or found malformed; a primitive that was read is written and read again without change.
pub fn http_response(data: &[u8]) {
    let Some((parts, body)) = octets::response(data) else {
        return;
    };
    match decode_response(&parts, body) {
        Ok(response) => {
            assert_eq!(response.content.is_some(), !body.is_empty());
            match encode_response(&response) {
                Ok(message) => {
                    let (parts, body) = message.into_parts();
                    assert_eq!(decode_response(&parts, &body), Ok(response));
                }
                // Content-Location is taken from the content, where a URI may hold what a header cannot carry.
                Err(error) => assert!(
                    error.to_string().starts_with("content-location:"),
                    "{error}"
                ),
            }
        }
        Err(malformed) => assert!(!malformed.to_string().is_empty()),
    }
}
