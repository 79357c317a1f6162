//! Any octets are answered, with a primitive or with an error.

use onem2m_primitive::http::{decode_request, decode_response, encode_request};
use onem2m_primitive::json;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::octets;

proptest! {
    #[test]
    fn any_request_is_answered(
        method in "(GET|PUT|POST|DELETE|PATCH)",
        target in "/[!-~]{0,40}",
        fields in vec(("(X-M2M-(RI|Origin|RVI|RTU|AS)|Authorization|Content-Type)", "[ -~\u{80}-\u{ff}]{0,20}"), 0..6),
        body in vec(any::<u8>(), 0..60),
    ) {
        let fields: String = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let message = [format!("{method} {target} HTTP/1.1\r\nX-M2M-RI: 1\r\n{fields}\r\n").as_bytes(), &body].concat();
        if let Some((parts, body)) = octets::request(&message)
            && let Ok(request) = decode_request(&parts, body)
        {
            let (parts, body) = encode_request(&request).unwrap().into_parts();
            prop_assert_eq!(decode_request(&parts, &body), Ok(request));
        }
    }

    #[test]
    fn any_response_is_answered(fields in "(X-M2M-(RSC|RI|ATI|CTO): [ -~]{0,20}\r\n){0,4}", body in vec(any::<u8>(), 0..60)) {
        let message = [format!("HTTP/1.1 200 \r\n{fields}Content-Type: application/json\r\n\r\n").as_bytes(), &body].concat();
        if let Some((parts, body)) = octets::response(&message)
            && let Ok(response) = decode_response(&parts, body)
        {
            prop_assert!(parts.headers.contains_key("x-m2m-rsc"));
            prop_assert_eq!(response.content.is_some(), !body.is_empty());
        }
    }

    #[test]
    fn what_strict_json_reads_the_lenient_parser_reads_alike(text in "[\\[\\]{}:,\"a01.e+-]{0,24}") {
        if let Ok(value) = json::parse(text.as_bytes()) {
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        }
    }
}
