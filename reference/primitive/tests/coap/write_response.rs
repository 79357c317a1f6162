//! Primitives to response messages.

use onem2m_primitive::coap::{
    Asked, Code, ContentFormat, EncodeError, Message, OptionNumber, encode_response,
};
use onem2m_primitive::{AssignedTokenIdentifier, Operation, Request, Response, ResponseStatusCode};
use serde_json::json;

use crate::octets;

const RETRIEVE: Asked = Asked {
    operation: Some(Operation::Retrieve),
    format: ContentFormat::JSON,
};

const NOTIFY: Asked = Asked {
    operation: Some(Operation::Notify),
    format: ContentFormat::JSON,
};

fn message(response: &Response) -> Message {
    encode_response(response, RETRIEVE).unwrap()
}

#[test]
fn denial_has_its_code_in_an_option_and_4_03_in_the_header() {
    let request = Request::retrieve("x").identified("0001").release("3");
    let response = Response::answering(&request, ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE);
    // Max-Age 0, oneM2M-RVI 3, -RQI and -RSC 4103.
    assert_eq!(
        message(&response).write().unwrap(),
        octets::of(r#"60 83 0000 d0 01 d1 f4 "3" c4 "0001" d2 0b 1007"#)
    );
}

#[test]
fn content_is_in_the_accepted_format() {
    let response = Response::new(ResponseStatusCode::OK).with_content(json!({"a": 1}));
    let request = octets::message("40 01 0001 d2 04 2711");
    let asked = Asked::by(&request);
    assert_eq!(asked.operation, Some(Operation::Retrieve));
    let message = encode_response(&response, asked).unwrap();
    assert_eq!(message.code, Code::CONTENT);
    assert_eq!(
        ContentFormat::of(&message),
        Some(ContentFormat::RESOURCE_JSON)
    );
    assert_eq!(message.payload, br#"{"a":1}"#);
}

#[test]
fn what_is_asked_is_told_from_method_type_and_operation() {
    for (text, operation) in [
        (r#"40 02 0001"#, Some(Operation::Notify)),
        (r#"40 02 0001 d1 fe 02"#, Some(Operation::Create)),
        (r#"40 02 0001 d4 02 "op=3""#, Some(Operation::Update)),
        (r#"40 01 0001"#, Some(Operation::Retrieve)),
        (r#"40 03 0001"#, Some(Operation::Update)),
        (r#"40 04 0001"#, Some(Operation::Delete)),
        (r#"40 05 0001"#, None),
    ] {
        let request = octets::message(text);
        assert_eq!(Asked::by(&request).operation, operation, "{text}");
    }
}

#[test]
fn answer_to_a_notify_carries_security_info() {
    let content = json!({ "m2m:seci": { "sit": 4 } });
    let response = Response::new(ResponseStatusCode::OK).with_content(content);
    let message = encode_response(&response, NOTIFY).unwrap();
    assert_eq!(message.code, Code::CHANGED);
    assert_eq!(message.payload, br#"{"m2m:seci":{"sit":4}}"#);
}

#[test]
fn answer_to_a_notify_has_no_payload_otherwise() {
    let response = Response::new(ResponseStatusCode::OK).with_content(json!({}));
    let message = encode_response(&response, NOTIFY).unwrap();
    assert_eq!(message.code, Code::CHANGED);
    assert!(message.payload.is_empty());
    let refused = Response::new(ResponseStatusCode::BAD_REQUEST).with_content(json!({}));
    assert!(
        !encode_response(&refused, NOTIFY)
            .unwrap()
            .payload
            .is_empty()
    );
}

#[test]
fn uri_of_a_new_resource_is_its_location_path() {
    for (status, content, code) in [
        (
            ResponseStatusCode::CREATED,
            json!({"m2m:uri": "cse-in/cnt"}),
            Code::CREATED,
        ),
        (
            ResponseStatusCode::CREATED,
            json!({"m2m:rce": {"uri": "cse-in/cnt", "m2m:cnt": {}}}),
            Code::CREATED,
        ),
        (
            ResponseStatusCode::ACCEPTED_SYNCH,
            json!({"m2m:uri": "cse-in/cnt"}),
            Code::CREATED,
        ),
        (
            ResponseStatusCode::ACCEPTED_ASYNCH,
            json!({"m2m:uri": "cse-in/cnt"}),
            Code::CREATED,
        ),
    ] {
        let message = message(&Response::new(status).with_content(content));
        assert_eq!(message.code, code);
        assert_eq!(
            octets::texts(&message, OptionNumber::LOCATION_PATH),
            ["cse-in", "cnt"]
        );
    }
    let accepted = message(&Response::new(ResponseStatusCode::ACCEPTED_ASYNCH));
    assert_eq!(accepted.code, Code::CHANGED);
}

#[test]
fn every_parameter_has_its_option() {
    let text = |value: &str| Some(value.to_owned());
    let response = Response {
        from: text("/iut"),
        originating_timestamp: text("20260101T000000"),
        result_expiration: text("20260101T000200"),
        event_category: text("2"),
        content_status: Some(1),
        content_offset: Some(20),
        assigned_token_identifiers: vec![AssignedTokenIdentifier {
            local_token_id: "lti-value1".into(),
            token_id: "t1@das.example".into(),
        }],
        authorization_signature_request: Some(true),
        vendor_information: text("v"),
        ..Response::new(ResponseStatusCode::OK)
    };
    let message = message(&response);
    for (number, expected) in [
        (279, "/iut"),
        (259, "20260101T000000"),
        (295, "20260101T000200"),
        (303, "\u{2}"),
        (323, "\u{1}"),
        (319, "\u{14}"),
        (327, "lti-value1:t1@das.example"),
        (275, "true"),
        (331, "v"),
        (14, ""),
    ] {
        assert_eq!(
            octets::texts(&message, OptionNumber::from(number)),
            [expected],
            "{number}"
        );
    }
}

#[test]
fn offset_beyond_two_octets_is_refused() {
    let response = Response {
        content_offset: Some(65536),
        ..Response::new(ResponseStatusCode::OK)
    };
    assert!(matches!(
        encode_response(&response, RETRIEVE),
        Err(EncodeError::Number { .. })
    ));
}
