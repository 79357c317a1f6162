//! Response messages to primitives.

use onem2m_primitive::coap::{
    Code, FieldError, Malformed, Message, OptionError, OptionNumber, decode_response,
};
use onem2m_primitive::{AssignedTokenIdentifier, Response, ResponseStatusCode};
use serde_json::json;

use crate::octets;

fn with(code: Code, change: impl FnOnce(&mut Message)) -> Result<Response, Malformed> {
    let mut message = octets::message(r#"60 45 0001"#);
    message.code = code;
    change(&mut message);
    decode_response(&message)
}

#[test]
fn denial_is_read() {
    let response = octets::message(r#"60 83 0000 d0 01 d1 f4 "3" c4 "0001" d2 0b 1007"#);
    let expected = Response {
        request_identifier: Some("0001".into()),
        release_version: Some("3".into()),
        ..Response::new(ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE)
    };
    assert_eq!(decode_response(&response), Ok(expected));
}

#[test]
fn content_and_every_parameter_are_read() {
    let response = with(Code::CONTENT, |message| {
        for (number, value) in [
            (307, &[0x07, 0xd0][..]),
            (279, b"/iut"),
            (259, b"20260101T000000"),
            (295, b"20260101T000200"),
            (303, &[2]),
            (323, &[0, 1]),
            (319, &[20]),
            (327, b"l1:t1 + l2:t2"),
            (275, b"1"),
            (331, b"v"),
            (12, &[50]),
            (14, &[60]),
        ] {
            message.options.add(OptionNumber::from(number), value);
        }
        message.payload = br#"{"m2m:cnt":{}}"#.to_vec();
    });
    let text = |value: &str| Some(value.to_owned());
    let assigned = |local_token_id: &str, token_id: &str| AssignedTokenIdentifier {
        local_token_id: local_token_id.into(),
        token_id: token_id.into(),
    };
    let expected = Response {
        content: Some(json!({"m2m:cnt": {}})),
        from: text("/iut"),
        originating_timestamp: text("20260101T000000"),
        result_expiration: text("20260101T000200"),
        event_category: text("2"),
        content_status: Some(1),
        content_offset: Some(20),
        assigned_token_identifiers: vec![assigned("l1", "t1"), assigned("l2", "t2")],
        authorization_signature_request: Some(true),
        vendor_information: text("v"),
        ..Response::new(ResponseStatusCode::OK)
    };
    assert_eq!(response, Ok(expected));
}

#[test]
fn status_is_that_of_the_code_where_only_one_has_it() {
    for (code, status) in [
        (Code::CONTENT, ResponseStatusCode::OK),
        (Code::DELETED, ResponseStatusCode::DELETED),
        (
            Code::UNSUPPORTED_CONTENT_FORMAT,
            ResponseStatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
    ] {
        assert_eq!(with(code, |_| ()), Ok(Response::new(status)));
    }
    for code in [
        Code::CREATED,
        Code::CHANGED,
        Code::FORBIDDEN,
        Code::VALID,
        Code::CONTINUE,
    ] {
        let name = "oneM2M-RSC".to_owned();
        assert_eq!(
            with(code, |_| ()),
            Err(Malformed::Field(FieldError::Missing { name })),
            "{code}"
        );
    }
}

#[test]
fn diagnostic_message_of_an_error_is_no_content() {
    let read = |code| with(code, |message| message.payload = b"no such thing".to_vec());
    assert_eq!(read(Code::METHOD_NOT_ALLOWED).unwrap().content, None);
    assert!(matches!(
        read(Code::CONTENT),
        Err(Malformed::Field(FieldError::Missing { .. }))
    ));
}

#[test]
fn payload_that_is_no_json_is_malformed() {
    let read = |format: u8, payload: &[u8]| {
        with(Code::CONTENT, |message| {
            message.options.add(OptionNumber::CONTENT_FORMAT, [format]);
            message.payload = payload.to_vec();
        })
    };
    assert_eq!(read(60, b"{}"), Err(Malformed::ContentFormat { got: 60 }));
    assert!(matches!(read(50, b"{"), Err(Malformed::Json(_))));
}

#[test]
fn request_is_no_response() {
    for code in [Code::GET, Code::EMPTY] {
        assert_eq!(with(code, |_| ()), Err(Malformed::Code { got: code }));
    }
}

#[test]
fn unrecognized_critical_option_makes_a_response_unacceptable() {
    for number in [OptionNumber::from(2049), OptionNumber::TY] {
        assert_eq!(
            with(Code::CONTENT, |message| message.options.add(number, [1])),
            Err(Malformed::Option(OptionError::Unrecognized { number }))
        );
    }
}
