//! Request messages to primitives.

use onem2m_primitive::http::{FieldError, Reason, Refusal, decode_request};
use onem2m_primitive::{Operation, Request, ResponseStatusCode, ResponseType};
use serde_json::json;

use crate::octets;

fn read(message: &str) -> Result<Request, Refusal> {
    let (parts, body) = octets::request(message.as_bytes()).expect("an HTTP request");
    decode_request(&parts, body)
}

/// A Retrieve with the given lines among its header fields.
fn retrieve_with(lines: &str) -> Result<Request, Refusal> {
    read(&format!(
        "GET /cse-in/cnt HTTP/1.1\r\nX-M2M-RI: 1\r\n{lines}\r\n"
    ))
}

fn refused(message: &str) -> ResponseStatusCode {
    read(message).expect_err(message).status
}

#[test]
fn post_with_resource_type_is_a_create() {
    let request = read(
        "POST /cse-in HTTP/1.1\r\n\
         Host: 127.0.0.1:8080\r\n\
         X-M2M-Origin: CtpA1\r\n\
         X-M2M-RI: 0001\r\n\
         X-M2M-RVI: 3\r\n\
         Content-Type: application/vnd.onem2m-res+json; ty=2\r\n\
         Content-Length: 34\r\n\
         \r\n\
         {\"m2m:ae\":{\"rr\":true,\"api\":\"Nx\"}}",
    );
    let expected = Request::create("cse-in", 2, json!({"m2m:ae": {"rr": true, "api": "Nx"}}))
        .from("CtpA1")
        .identified("0001")
        .release("3");
    assert_eq!(request, Ok(expected));
}

#[test]
fn post_without_resource_type_is_a_notify() {
    let request = read(
        "POST /CtpA1 HTTP/1.1\r\nX-M2M-RI: 1\r\nContent-Type: application/vnd.onem2m-ntfy+json\r\n\r\n{\"m2m:sgn\":{}}",
    );
    assert_eq!(
        request,
        Ok(Request::notify("CtpA1", json!({"m2m:sgn": {}})).identified("1"))
    );
}

#[test]
fn get_put_and_delete_are_retrieve_update_and_delete() {
    let body = "Content-Type: application/json\r\n\r\n{\"m2m:cnt\":{}}";
    assert_eq!(
        retrieve_with(""),
        Ok(Request::retrieve("cse-in/cnt").identified("1"))
    );
    assert_eq!(
        read(&format!(
            "PUT /~/iut/cse-in/cnt HTTP/1.1\r\nX-M2M-RI: 1\r\n{body}"
        )),
        Ok(Request::update("/iut/cse-in/cnt", json!({"m2m:cnt": {}})).identified("1"))
    );
    assert_eq!(
        read("DELETE /_/sp.example/iut/cse-in/cnt HTTP/1.1\r\nX-M2M-RI: 1\r\n\r\n"),
        Ok(Request::delete("//sp.example/iut/cse-in/cnt").identified("1"))
    );
}

#[test]
fn absolute_form_is_read_by_its_path() {
    let request =
        read("GET http://127.0.0.1:8080/~/iut/cse-in?rcn=6 HTTP/1.1\r\nX-M2M-RI: 1\r\n\r\n")
            .unwrap();
    assert_eq!(
        (request.to.as_str(), request.result_content),
        ("/iut/cse-in", Some(6))
    );
}

#[test]
fn every_header_parameter_is_read_from_its_field_in_any_case() {
    let request = read(
        "GET /cse-in/cnt?rt=2 HTTP/1.1\r\n\
         x-m2m-ri: 1\r\n\
         X-M2M-OT: 20260101T000000\r\n\
         X-m2m-RET: 20260101T000100\r\n\
         X-M2M-RST: 20260101T000200\r\n\
         X-M2M-OET: 20260101T000030\r\n\
         X-M2M-EC: 2\r\n\
         X-M2M-GID: g1\r\n\
         X-M2M-VSI: v 1\r\n\
         X-M2M-RTU: http://127.0.0.1/a&/iut/CtpA1\r\n\
         X-M2M-AS: i6wa==+ IWij\r\n\
         AUTHORIZATION: eyJ0.eyJp.dBjf+ eyJ0.eyJp.dBjf.5eym.Sdiw\r\n\
         X-Unknown: ignored\r\n\
         \r\n",
    );
    let text = |value: &str| Some(value.to_owned());
    let expected = Request {
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
        ..Request::retrieve("cse-in/cnt").identified("1")
    };
    assert_eq!(request, Ok(expected));
}

#[test]
fn empty_notification_uris_are_present() {
    let request = read("GET /x?rt=2 HTTP/1.1\r\nX-M2M-RI: 1\r\nX-M2M-RTU:\r\n\r\n").unwrap();
    assert_eq!(
        request.response_type.unwrap().notification_uris,
        Some(Vec::new())
    );
}

#[test]
fn originator_is_read_as_it_is() {
    for from in [
        "C.*",
        "CtpA[12]",
        "*",
        "CtpA1%00",
        "' OR '1'='1",
        "CtpA1\",\"CtpA2",
        "CtpA1|CtpA2",
        "",
    ] {
        let request = retrieve_with(&format!("X-M2M-Origin: {from}\r\n")).unwrap();
        assert_eq!(request.from.as_deref(), Some(from));
    }
}

#[test]
fn absent_originator_and_release_are_absent() {
    let request = retrieve_with("").unwrap();
    assert_eq!((request.from, request.release_version), (None, None));
}

#[test]
fn http_credentials_are_no_tokens() {
    for credentials in ["Basic YWxhZGRpbjpvcGVu+w==", "Bearer mF_9.B5f-4.1JqM"] {
        let request = retrieve_with(&format!("Authorization: {credentials}\r\n")).unwrap();
        assert_eq!(request.tokens, Vec::<String>::new(), "{credentials}");
    }
}

#[test]
fn missing_or_empty_request_identifier_is_refused_with_4000() {
    for message in [
        "GET /x HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\nX-M2M-RI:  \r\n\r\n",
    ] {
        let refusal = read(message).unwrap_err();
        assert_eq!(refusal.status, ResponseStatusCode::BAD_REQUEST);
        assert_eq!(
            refusal.reason,
            Reason::Field(FieldError::Missing {
                name: "x-m2m-ri".into()
            })
        );
    }
}

#[test]
fn refusal_carries_the_request_identifier() {
    let refusal = read("GET /x?rcn=y HTTP/1.1\r\nX-M2M-RI: 42\r\n\r\n").unwrap_err();
    assert_eq!(refusal.request_identifier.as_deref(), Some("42"));
    assert_eq!(
        refusal.to_string(),
        "4000 BAD_REQUEST: rcn: expected a number, got \"y\""
    );
}

#[test]
fn repeated_parameter_is_refused_with_4000() {
    for lines in [
        "X-M2M-Origin: C1\r\nX-M2M-Origin: C2\r\n",
        "X-M2M-RI: 2\r\n",
        "X-M2M-RVI: 3\r\nX-M2M-RVI: 3\r\n",
        "Authorization: a.b.c\r\nAuthorization: a.b.c\r\n",
        "Content-Type: application/json\r\nContent-Type: application/json\r\n",
    ] {
        assert_eq!(
            retrieve_with(lines).unwrap_err().status,
            ResponseStatusCode::BAD_REQUEST,
            "{lines}"
        );
    }
}

#[test]
fn parameter_that_cannot_be_read_is_refused_with_4000() {
    for lines in [
        "X-M2M-RTU: http://127.0.0.1/\r\n",
        "Authorization: a.b.c++d.e.f\r\n",
        "X-M2M-AS: +\r\n",
    ] {
        assert_eq!(
            retrieve_with(lines).unwrap_err().status,
            ResponseStatusCode::BAD_REQUEST,
            "{lines}"
        );
    }
}

#[test]
fn target_that_cannot_be_read_is_refused_with_4000() {
    for target in ["/a%zz", "/a%2Fb", "//iut/x", "/~//sp.example/iut", "*"] {
        assert_eq!(
            refused(&format!("GET {target} HTTP/1.1\r\nX-M2M-RI: 1\r\n\r\n")),
            ResponseStatusCode::BAD_REQUEST,
            "{target}"
        );
    }
}

#[test]
fn resource_type_outside_a_create_is_refused_with_4000() {
    for method in ["GET", "DELETE", "PUT"] {
        let message = format!(
            "{method} /x HTTP/1.1\r\nX-M2M-RI: 1\r\nContent-Type: application/json;ty=3\r\n\r\n"
        );
        let refusal = read(&message).unwrap_err();
        assert!(
            matches!(
                refusal.reason,
                Reason::ResourceTypeUnexpected { got: 3, .. }
            ),
            "{method}"
        );
        assert_eq!(refusal.status, ResponseStatusCode::BAD_REQUEST);
    }
}

#[test]
fn content_is_there_exactly_when_the_operation_has_it() {
    let json = "Content-Type: application/json\r\n";
    for (method, operation) in [("POST", Operation::Notify), ("PUT", Operation::Update)] {
        let refusal = read(&format!(
            "{method} /x HTTP/1.1\r\nX-M2M-RI: 1\r\n{json}\r\n"
        ))
        .unwrap_err();
        assert_eq!(refusal.reason, Reason::ContentMissing { operation });
    }
    for (method, operation) in [("GET", Operation::Retrieve), ("DELETE", Operation::Delete)] {
        let refusal = read(&format!(
            "{method} /x HTTP/1.1\r\nX-M2M-RI: 1\r\n{json}\r\n{{}}"
        ))
        .unwrap_err();
        assert_eq!(refusal.reason, Reason::ContentUnexpected { operation });
    }
}

#[test]
fn content_that_is_no_strict_json_is_refused_with_4000() {
    for body in ["{", "{\"a\":1,\"a\":2}", "{} x", "\u{feff}{}"] {
        let message = format!(
            "POST /x HTTP/1.1\r\nX-M2M-RI: 1\r\nContent-Type: application/json;ty=3\r\n\r\n{body}"
        );
        let refusal = read(&message).unwrap_err();
        assert!(matches!(refusal.reason, Reason::Json(_)), "{body}");
        assert_eq!(refusal.status, ResponseStatusCode::BAD_REQUEST);
    }
}

#[test]
fn other_media_types_are_refused_with_4015() {
    for media in [
        "application/xml;ty=3",
        "application/vnd.onem2m-res+cbor;ty=3",
        "text/plain",
    ] {
        let message =
            format!("POST /x HTTP/1.1\r\nX-M2M-RI: 1\r\nContent-Type: {media}\r\n\r\n<a/>");
        assert_eq!(
            refused(&message),
            ResponseStatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{media}"
        );
    }
}

#[test]
fn content_without_media_type_is_refused_with_4000() {
    assert_eq!(
        refused("POST /x HTTP/1.1\r\nX-M2M-RI: 1\r\n\r\n{}"),
        ResponseStatusCode::BAD_REQUEST
    );
}

#[test]
fn other_methods_are_refused_with_4005() {
    for method in ["PATCH", "HEAD", "OPTIONS", "TRACE", "get"] {
        let message = format!("{method} /x HTTP/1.1\r\nX-M2M-RI: 1\r\n\r\n");
        assert_eq!(
            refused(&message),
            ResponseStatusCode::OPERATION_NOT_ALLOWED,
            "{method}"
        );
    }
}
