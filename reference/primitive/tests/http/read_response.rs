//! Response messages to primitives.

use onem2m_primitive::http::{FieldError, Malformed, decode_response};
use onem2m_primitive::{AssignedTokenIdentifier, Response, ResponseStatusCode};
use serde_json::json;

use crate::octets;

fn read(message: &str) -> Result<Response, Malformed> {
    let (parts, body) = octets::response(message.as_bytes()).expect("an HTTP response");
    decode_response(&parts, body)
}

#[test]
fn status_code_is_that_of_the_header() {
    let response = read(
        "HTTP/1.1 403 \r\nX-M2M-RSC: 4103\r\nX-M2M-RI: 0001\r\nX-M2M-RVI: 3\r\nContent-Length: 0\r\n\r\n",
    );
    let expected = Response {
        request_identifier: Some("0001".into()),
        release_version: Some("3".into()),
        ..Response::new(ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE)
    };
    assert_eq!(response, Ok(expected));
}

#[test]
fn status_code_is_not_compared_with_the_status_line() {
    let response = read("HTTP/1.1 200 OK\r\nX-M2M-RSC: 4999\r\n\r\n").unwrap();
    assert_eq!(response.status, ResponseStatusCode::from(4999));
}

#[test]
fn content_is_read_as_json() {
    let response = read(
        "HTTP/1.1 201 \r\nX-M2M-RSC: 2001\r\nContent-Type: application/vnd.onem2m-res+json\r\n\r\n{\"m2m:cnt\":{}}",
    );
    assert_eq!(
        response,
        Ok(Response::new(ResponseStatusCode::CREATED).with_content(json!({"m2m:cnt": {}})))
    );
}

#[test]
fn every_parameter_is_read_from_its_field() {
    let response = read(
        "HTTP/1.1 200 \r\n\
         x-m2m-rsc: 2000\r\n\
         X-M2M-Origin: /iut\r\n\
         X-M2M-OT: 20260101T000000\r\n\
         X-M2M-RST: 20260101T000200\r\n\
         X-M2M-EC: 2\r\n\
         X-M2M-CTS: 1\r\n\
         X-M2M-CTO: 20\r\n\
         X-M2M-ATI: lti-value1:t1@das.example + lti-value2:t2@das.example\r\n\
         X-M2M-ASRI: 1\r\n\
         X-M2M-VSI: v\r\n\
         \r\n",
    );
    let text = |value: &str| Some(value.to_owned());
    let assigned = |local: &str, token: &str| AssignedTokenIdentifier {
        local_token_id: local.into(),
        token_id: token.into(),
    };
    let expected = Response {
        from: text("/iut"),
        originating_timestamp: text("20260101T000000"),
        result_expiration: text("20260101T000200"),
        event_category: text("2"),
        content_status: Some(1),
        content_offset: Some(20),
        assigned_token_identifiers: vec![
            assigned("lti-value1", "t1@das.example"),
            assigned("lti-value2", "t2@das.example"),
        ],
        authorization_signature_request: Some(true),
        vendor_information: text("v"),
        ..Response::new(ResponseStatusCode::OK)
    };
    assert_eq!(response, Ok(expected));
}

#[test]
fn answer_without_status_code_is_malformed() {
    assert_eq!(
        read("HTTP/1.1 403 Forbidden\r\nX-M2M-RI: 1\r\n\r\n"),
        Err(Malformed::Field(FieldError::Missing {
            name: "x-m2m-rsc".into()
        }))
    );
}

#[test]
fn status_code_that_is_no_number_or_repeated_is_malformed() {
    for line in [
        "X-M2M-RSC:",
        "X-M2M-RSC: 4103 NO",
        "X-M2M-RSC: -1",
        "X-M2M-RSC: 70000",
        "X-M2M-RSC: 2000\r\nX-M2M-RSC: 4103",
    ] {
        assert!(
            matches!(
                read(&format!("HTTP/1.1 403 \r\n{line}\r\n\r\n")),
                Err(Malformed::Field(_))
            ),
            "{line}"
        );
    }
}

#[test]
fn body_that_is_announced_as_json_and_is_none_is_malformed() {
    for body in ["<html>", "{\"a\":1,\"a\":1}", "{}{}"] {
        let message = format!(
            "HTTP/1.1 200 \r\nX-M2M-RSC: 2000\r\nContent-Type: application/json\r\n\r\n{body}"
        );
        assert!(matches!(read(&message), Err(Malformed::Json(_))), "{body}");
    }
}

#[test]
fn body_of_another_media_type_is_malformed() {
    assert_eq!(
        read(
            "HTTP/1.1 500 \r\nX-M2M-RSC: 5000\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>"
        ),
        Err(Malformed::MediaType {
            got: "text/html".into()
        })
    );
    assert!(matches!(
        read("HTTP/1.1 500 \r\nX-M2M-RSC: 5000\r\n\r\n{}"),
        Err(Malformed::Field(FieldError::Missing { .. }))
    ));
}
