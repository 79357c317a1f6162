//! Primitives to request messages.

use onem2m_primitive::http::{EncodeError, encode_request};
use onem2m_primitive::{Operation, Request, ResponseType};
use serde_json::json;

use crate::octets;

fn message(request: &Request) -> String {
    octets::of_request(&encode_request(request).unwrap())
}

fn retrieve() -> Request {
    Request::retrieve("cse-in/cnt")
}

#[test]
fn create_is_a_post_whose_content_type_has_the_resource_type() {
    let request = Request::create("cse-in", 2, json!({"m2m:ae": {"rr": true, "api": "Nx"}}))
        .from("CtpA1")
        .identified("0001")
        .release("3");
    assert_eq!(
        message(&request),
        "POST /cse-in HTTP/1.1\r\n\
         accept: application/json\r\n\
         content-type: application/json;ty=2\r\n\
         x-m2m-origin: CtpA1\r\n\
         x-m2m-ri: 0001\r\n\
         x-m2m-rvi: 3\r\n\
         \r\n\
         {\"m2m:ae\":{\"rr\":true,\"api\":\"Nx\"}}"
    );
}

#[test]
fn retrieve_is_a_get_without_body() {
    assert_eq!(
        message(&retrieve()),
        "GET /cse-in/cnt HTTP/1.1\r\naccept: application/json\r\n\r\n"
    );
}

#[test]
fn update_is_a_put() {
    let request = Request::update("/iut/cse-in/cnt", json!({"m2m:cnt": {"lbl": null}}));
    assert_eq!(
        message(&request),
        "PUT /~/iut/cse-in/cnt HTTP/1.1\r\n\
         accept: application/json\r\n\
         content-type: application/json\r\n\
         \r\n\
         {\"m2m:cnt\":{\"lbl\":null}}"
    );
}

#[test]
fn delete_is_a_delete() {
    let request = Request::delete("//sp.example/iut/cse-in/cnt");
    assert_eq!(
        message(&request),
        "DELETE /_/sp.example/iut/cse-in/cnt HTTP/1.1\r\naccept: application/json\r\n\r\n"
    );
}

#[test]
fn notify_is_a_post_without_resource_type() {
    let request = Request::notify("CtpA1", json!({"m2m:sgn": {"vrq": true}}));
    assert_eq!(
        message(&request),
        "POST /CtpA1 HTTP/1.1\r\n\
         accept: application/json\r\n\
         content-type: application/json\r\n\
         \r\n\
         {\"m2m:sgn\":{\"vrq\":true}}"
    );
}

#[test]
fn every_header_parameter_has_its_field() {
    let text = |value: &str| Some(value.to_owned());
    let request = Request {
        originating_timestamp: text("20260101T000000"),
        request_expiration: text("20260101T000100"),
        result_expiration: text("20260101T000200"),
        operation_execution_time: text("20260101T000030"),
        event_category: text("2"),
        group_request_identifier: text("g1"),
        vendor_information: text("v 1"),
        response_type: Some(ResponseType {
            value: 2,
            notification_uris: Some(vec!["http://127.0.0.1/a".into(), "/iut/CtpA1".into()]),
        }),
        tokens: vec!["eyJ0.eyJp.dBjf".into(), "eyJ0.eyJp.dBjf.5eym.Sdiw".into()],
        authorization_signatures: vec!["i6wa==".into(), "IWij".into()],
        ..retrieve()
    };
    assert_eq!(
        message(&request),
        "GET /cse-in/cnt?rt=2 HTTP/1.1\r\n\
         accept: application/json\r\n\
         authorization: eyJ0.eyJp.dBjf+eyJ0.eyJp.dBjf.5eym.Sdiw\r\n\
         x-m2m-as: i6wa==+IWij\r\n\
         x-m2m-ec: 2\r\n\
         x-m2m-gid: g1\r\n\
         x-m2m-oet: 20260101T000030\r\n\
         x-m2m-ot: 20260101T000000\r\n\
         x-m2m-ret: 20260101T000100\r\n\
         x-m2m-rst: 20260101T000200\r\n\
         x-m2m-rtu: http://127.0.0.1/a&/iut/CtpA1\r\n\
         x-m2m-vsi: v 1\r\n\
         \r\n"
    );
}

#[test]
fn present_and_empty_notification_uris_are_an_empty_field() {
    let request = Request {
        response_type: Some(ResponseType {
            value: 2,
            notification_uris: Some(Vec::new()),
        }),
        ..retrieve()
    };
    assert!(message(&request).contains("\r\nx-m2m-rtu: \r\n"));
}

#[test]
fn attribute_behind_a_number_sign_moves_to_the_query() {
    let request = Request {
        attribute_list: vec!["lbl".into()],
        ..Request::retrieve("/myCSE/-/Cont1#rr")
    };
    assert!(message(&request).starts_with("GET /~/myCSE/-/Cont1?atrl=rr+lbl HTTP/1.1\r\n"));
}

#[test]
fn originator_is_written_as_it_is() {
    for from in [
        "C.*",
        "CtpA[12]",
        "CtpA1%00",
        "' OR '1'='1",
        "CtpA1\",\"CtpA2",
        "CtpA1|CtpA2",
    ] {
        let message = encode_request(&retrieve().from(from)).unwrap();
        assert_eq!(
            message.headers()["X-M2M-Origin"].as_bytes(),
            from.as_bytes()
        );
    }
}

#[test]
fn originator_that_a_header_cannot_carry_is_refused() {
    for from in ["CtpA1\0", "CtpA1\r\nX-M2M-RI: 1", " CtpA1", "CtpA1 "] {
        assert!(
            matches!(
                encode_request(&retrieve().from(from)),
                Err(EncodeError::Header { .. })
            ),
            "{from:?}"
        );
    }
}

#[test]
fn post_that_would_be_read_as_another_operation_is_refused() {
    let create = Request {
        resource_type: None,
        ..Request::create("x", 2, json!({}))
    };
    let notify = Request {
        resource_type: Some(2),
        ..Request::notify("x", json!({}))
    };
    assert_eq!(
        encode_request(&create).unwrap_err(),
        EncodeError::ResourceType {
            operation: Operation::Create,
            got: None
        }
    );
    assert_eq!(
        encode_request(&notify).unwrap_err(),
        EncodeError::ResourceType {
            operation: Operation::Notify,
            got: Some(2)
        }
    );
}

#[test]
fn token_with_a_separator_is_refused() {
    for token in ["a+b", "Bearer a", ""] {
        let request = Request {
            tokens: vec![token.into()],
            ..retrieve()
        };
        assert!(
            matches!(encode_request(&request), Err(EncodeError::Element { .. })),
            "{token:?}"
        );
    }
}

#[test]
fn target_beyond_what_http_carries_is_refused() {
    assert!(matches!(
        encode_request(&Request::retrieve("x".repeat(70_000))),
        Err(EncodeError::Message { .. })
    ));
}
