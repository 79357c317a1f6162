//! Octets as a primitive in JSON.

use onem2m_primitive::json::parse;
use onem2m_primitive::serialization::{read_request, read_response, write_request, write_response};

/// Any octets are read as a request and as a response, or refused; what was read, written and read again, is the same
/// primitive. Nothing is both.
pub fn primitive(data: &[u8]) {
    let Ok(value) = parse(data) else {
        return;
    };
    let request = read_request(&value);
    let response = read_response(&value);
    assert!(request.is_err() || response.is_err());
    match &request {
        Ok(read) => assert_eq!(read_request(&write_request(read)).as_ref(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match &response {
        Ok(read) => assert_eq!(read_response(&write_response(read)).as_ref(), Ok(read)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
