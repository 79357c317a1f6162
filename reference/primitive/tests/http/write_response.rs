//! Primitives to response messages.

use onem2m_primitive::http::{EncodeError, encode_response};
use onem2m_primitive::{AssignedTokenIdentifier, Request, Response, ResponseStatusCode};
use serde_json::json;

use crate::octets;

fn message(response: &Response) -> String {
    octets::of_response(&encode_response(response).unwrap())
}

fn assigned(local_token_id: &str, token_id: &str) -> AssignedTokenIdentifier {
    AssignedTokenIdentifier {
        local_token_id: local_token_id.into(),
        token_id: token_id.into(),
    }
}

#[test]
fn denial_has_its_code_in_the_header_and_403_in_the_status_line() {
    let request = Request::retrieve("x").identified("0001").release("3");
    let response = Response::answering(&request, ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE);
    assert_eq!(
        message(&response),
        "HTTP/1.1 403\r\nx-m2m-ri: 0001\r\nx-m2m-rsc: 4103\r\nx-m2m-rvi: 3\r\n\r\n"
    );
}

#[test]
fn content_is_announced_as_json() {
    let response =
        Response::new(ResponseStatusCode::OK).with_content(json!({"m2m:cnt": {"rn": "a"}}));
    assert_eq!(
        message(&response),
        "HTTP/1.1 200\r\ncontent-type: application/json\r\nx-m2m-rsc: 2000\r\n\r\n{\"m2m:cnt\":{\"rn\":\"a\"}}"
    );
}

#[test]
fn uri_of_a_created_resource_is_its_content_location() {
    for content in [
        json!({"m2m:uri": "cse-in/cnt"}),
        json!({"m2m:rce": {"uri": "cse-in/cnt", "m2m:cnt": {}}}),
    ] {
        let created = encode_response(
            &Response::new(ResponseStatusCode::CREATED).with_content(content.clone()),
        )
        .unwrap();
        assert_eq!(created.headers()["Content-Location"], "cse-in/cnt");
        let accepted = encode_response(
            &Response::new(ResponseStatusCode::ACCEPTED_SYNCH).with_content(content),
        )
        .unwrap();
        assert!(!accepted.headers().contains_key("Content-Location"));
    }
    let attributes =
        Response::new(ResponseStatusCode::CREATED).with_content(json!({"m2m:cnt": {"ri": "cnt1"}}));
    assert!(
        !encode_response(&attributes)
            .unwrap()
            .headers()
            .contains_key("Content-Location")
    );
}

#[test]
fn every_parameter_has_its_field() {
    let text = |value: &str| Some(value.to_owned());
    let response = Response {
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
    assert_eq!(
        message(&response),
        "HTTP/1.1 200\r\n\
         x-m2m-asri: true\r\n\
         x-m2m-ati: lti-value1:t1@das.example+lti-value2:t2@das.example\r\n\
         x-m2m-cto: 20\r\n\
         x-m2m-cts: 1\r\n\
         x-m2m-ec: 2\r\n\
         x-m2m-origin: /iut\r\n\
         x-m2m-ot: 20260101T000000\r\n\
         x-m2m-rsc: 2000\r\n\
         x-m2m-rst: 20260101T000200\r\n\
         x-m2m-vsi: v\r\n\
         \r\n"
    );
}

#[test]
fn assignment_that_would_be_read_as_another_is_refused() {
    for assignment in [
        assigned("a:b", "c"),
        assigned("", "c"),
        assigned("a", ""),
        assigned("a", "b+c"),
        assigned("a", "b c"),
    ] {
        let response = Response {
            assigned_token_identifiers: vec![assignment.clone()],
            ..Response::new(ResponseStatusCode::OK)
        };
        assert!(
            matches!(encode_response(&response), Err(EncodeError::Element { .. })),
            "{assignment:?}"
        );
    }
}

#[test]
fn text_that_a_header_cannot_carry_is_refused() {
    let response = Response {
        request_identifier: Some("1\r\nX-M2M-RSC: 2000".into()),
        ..Response::new(ResponseStatusCode::BAD_REQUEST)
    };
    assert!(matches!(
        encode_response(&response),
        Err(EncodeError::Header { .. })
    ));
}
