//! Octets as an HTTP request.

use onem2m_primitive::http::{EncodeError, decode_request, encode_request};
use onem2m_primitive::{Operation, Request};

use crate::octets;

/// Any octets are read as a primitive or refused; a primitive that was read is written and read again without change.
pub fn http_request(data: &[u8]) {
    let Some((parts, body)) = octets::request(data) else {
        return;
    };
    match decode_request(&parts, body) {
        Ok(request) => {
            check_presence(&request);
            check_second_reading(&request);
        }
        Err(refusal) => {
            assert!(
                matches!(refusal.status.number(), 4000 | 4005 | 4015),
                "{refusal}"
            );
            assert!(!refusal.to_string().is_empty());
        }
    }
}

/// TS-0004 V3.32.0, Table 7.2.1.1-1, as far as the binding promises it.
fn check_presence(request: &Request) {
    let operation = request.operation;
    assert_eq!(
        request.content.is_some(),
        operation.has_content(),
        "content of {operation}"
    );
    assert_eq!(
        request.resource_type.is_some(),
        operation == Operation::Create,
        "resource type of {operation}"
    );
    assert!(
        request
            .request_identifier
            .as_ref()
            .is_some_and(|identifier| !identifier.is_empty())
    );
    assert!(!request.to.contains('#'), "{:?}", request.to);
}

fn check_second_reading(request: &Request) {
    match encode_request(request) {
        Ok(message) => {
            let (parts, body) = message.into_parts();
            assert_eq!(decode_request(&parts, &body).as_ref(), Ok(request));
        }
        // Percent-encoding can lengthen the target beyond what HTTP libraries carry.
        Err(error) => assert!(matches!(error, EncodeError::Message { .. }), "{error}"),
    }
}
