//! What is written is read as the same primitive.

use onem2m_primitive::http::{decode_request, decode_response, encode_request, encode_response};
use proptest::prelude::*;

use crate::generated::{request, response};

proptest! {
    #[test]
    fn request_is_read_as_it_was_written(request in request()) {
        let (parts, body) = encode_request(&request).unwrap().into_parts();
        prop_assert_eq!(decode_request(&parts, &body), Ok(request));
    }

    #[test]
    fn response_is_read_as_it_was_written(response in response()) {
        let (parts, body) = encode_response(&response).unwrap().into_parts();
        prop_assert_eq!(decode_response(&parts, &body), Ok(response));
    }
}
