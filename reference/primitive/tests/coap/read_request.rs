//! Request messages to primitives.

use onem2m_primitive::coap::{
    Code, ContentFormat, FieldError, Message, OptionError, OptionNumber, Reason, Refusal,
    decode_request,
};
use onem2m_primitive::{AttributeFilter, Operation, Request, ResponseStatusCode, ResponseType};
use serde_json::json;

use crate::octets;

fn read(text: &str) -> Result<Request, Refusal> {
    decode_request(&octets::message(text))
}

/// A Retrieve of `cse-in/cnt` with Request Identifier `1`, changed.
fn retrieve_with(change: impl FnOnce(&mut Message)) -> Result<Request, Refusal> {
    let mut message = octets::message(r#"40 01 0001 b6 "cse-in" 03 "cnt" e1 0003 "1""#);
    change(&mut message);
    decode_request(&message)
}

/// The same with further query arguments.
fn retrieve_by(arguments: &[&str]) -> Result<Request, Refusal> {
    retrieve_with(|message| {
        for argument in arguments {
            message.options.add(OptionNumber::URI_QUERY, *argument);
        }
    })
}

fn retrieve() -> Request {
    Request::retrieve("cse-in/cnt").identified("1")
}

#[test]
fn post_with_resource_type_is_a_create() {
    // Uri-Path, Content-Format 10001, oneM2M-TY 2, -RVI 3, -FR and -RQI.
    let request = read(
        r#"44 02 1234 cafebabe b6 "cse-in" 12 2711 d1f2 02 41 "3" 85 "CtpA1" 44 "0001" ff
           7b 22 "m2m:ae" 22 3a 7b 22 "rr" 22 3a "true" 7d 7d"#,
    );
    let expected = Request::create("cse-in", 2, json!({"m2m:ae": {"rr": true}}))
        .from("CtpA1")
        .identified("0001")
        .release("3");
    assert_eq!(request, Ok(expected));
}

#[test]
fn post_without_resource_type_is_a_notify() {
    let request = read(r#"40 02 0001 b5 "CtpA1" 11 32 e1 0002 "7" ff "{}""#);
    assert_eq!(
        request,
        Ok(Request::notify("CtpA1", json!({})).identified("7"))
    );
}

#[test]
fn get_put_and_delete_are_retrieve_update_and_delete() {
    assert_eq!(retrieve_with(|_| ()), Ok(retrieve()));
    let put = read(r#"40 03 0001 b1 "~" 03 "iut" 06 "cse-in" 11 32 e1 0002 "1" ff "{}""#);
    assert_eq!(
        put,
        Ok(Request::update("/iut/cse-in", json!({})).identified("1"))
    );
    let delete = read(r#"40 04 0001 b1 "_" 0a "sp.example" 03 "iut" 06 "cse-in" e1 0003 "1""#);
    assert_eq!(
        delete,
        Ok(Request::delete("//sp.example/iut/cse-in").identified("1"))
    );
}

#[test]
fn post_with_operation_is_that_operation() {
    let posted = |payload: &[u8]| {
        retrieve_with(|message| {
            message.code = Code::POST;
            message.payload = payload.to_vec();
            for argument in ["op=2", "rt=1"] {
                message.options.add(OptionNumber::URI_QUERY, argument);
            }
        })
    };
    let expected = Request {
        response_type: Some(ResponseType {
            value: 1,
            notification_uris: None,
        }),
        ..retrieve()
    };
    assert_eq!(posted(b""), Ok(expected));
    assert!(matches!(
        posted(b"{}").unwrap_err().reason,
        Reason::ContentUnexpected {
            operation: Operation::Retrieve
        }
    ));
}

#[test]
fn method_for_another_operation_is_refused() {
    assert_eq!(retrieve_by(&["op=2"]), Ok(retrieve()));
    assert!(matches!(
        retrieve_by(&["op=4"]).unwrap_err().reason,
        Reason::Operation {
            named: Operation::Delete,
            method: Code::GET
        }
    ));
    for arguments in [&["op=0"][..], &["op=6"], &["op="], &["op=2", "op=2"]] {
        assert!(retrieve_by(arguments).is_err(), "{arguments:?}");
    }
}

#[test]
fn code_that_is_no_operation_is_answered_with_4_05() {
    for code in [5, 6, 7, 31, 69] {
        let refusal = retrieve_with(|message| message.code = Code::from(code)).unwrap_err();
        assert_eq!(refusal.status, ResponseStatusCode::OPERATION_NOT_ALLOWED);
        assert_eq!(refusal.code, Code::METHOD_NOT_ALLOWED);
        assert_eq!(refusal.request_identifier.as_deref(), Some("1"));
    }
}

#[test]
fn every_option_has_its_parameter() {
    let request = retrieve_with(|message| {
        for (number, text) in [
            (259, "20260101T000000"),
            (291, "20260101T000001,123456"),
            (295, "5000"),
            (299, "20260101T000003"),
            (263, "http://127.0.0.1:1 & coap://127.0.0.1"),
            (311, "gid1"),
            (331, "v"),
            (339, "c2ln+c2ln"),
            (279, "CtpA1"),
            (271, "2a"),
        ] {
            message.options.add(OptionNumber::from(number), text);
        }
        message.options.add(OptionNumber::EC, [4]);
        message.options.add(OptionNumber::URI_QUERY, "rt=2");
    });
    let text = |value: &str| Some(value.to_owned());
    let expected = Request {
        from: text("CtpA1"),
        release_version: text("2a"),
        originating_timestamp: text("20260101T000000"),
        request_expiration: text("20260101T000001,123456"),
        result_expiration: text("5000"),
        operation_execution_time: text("20260101T000003"),
        response_type: Some(ResponseType {
            value: 2,
            notification_uris: Some(vec!["http://127.0.0.1:1".into(), "coap://127.0.0.1".into()]),
        }),
        event_category: text("4"),
        group_request_identifier: text("gid1"),
        vendor_information: text("v"),
        authorization_signatures: vec!["c2ln".into(), "c2ln".into()],
        ..retrieve()
    };
    assert_eq!(request, Ok(expected));
}

#[test]
fn arguments_are_read_as_they_are() {
    let request = retrieve_by(&[
        "fu=1",
        "ty=2",
        "ty=3+4",
        "lbl=a+b%20&c",
        "lbl=d",
        "cr=x=y",
        "tkns=a.b.c",
        "tkns=d.e.f",
        "rids=r@sp",
        "tids=t",
        "ltids=l",
        "tqi=1",
        "rcn=6",
        "atrl=rr",
    ])
    .unwrap();
    assert_eq!(request.filter.resource_types, [2, 3, 4]);
    assert_eq!(request.filter.labels, ["a+b%20&c", "d"]);
    assert_eq!(
        request.filter.attributes,
        [AttributeFilter {
            name: "cr".into(),
            value: "x=y".into()
        }]
    );
    assert_eq!(request.tokens, ["a.b.c", "d.e.f"]);
    assert_eq!(request.role_ids, ["r@sp"]);
    assert_eq!(
        (request.filter.filter_usage, request.result_content),
        (Some(1), Some(6))
    );
    assert_eq!(request.attribute_list, ["rr"]);
}

#[test]
fn argument_that_is_none_is_refused() {
    for argument in ["rcn", "rcn=x", "=1", "tkns=", "lbl=", "1a=2", "ty=2++3"] {
        let refusal = retrieve_by(&[argument]).expect_err(argument);
        assert_eq!(refusal.code, Code::BAD_REQUEST, "{argument}");
    }
    assert!(retrieve_by(&["rcn=1", "rcn=1"]).is_err());
}

#[test]
fn unknown_critical_option_is_a_bad_option_and_an_elective_one_is_nothing() {
    let number = OptionNumber::from(2049);
    let refusal = retrieve_with(|message| message.options.add(number, "x")).unwrap_err();
    assert_eq!(refusal.code, Code::BAD_OPTION);
    assert_eq!(refusal.status, ResponseStatusCode::BAD_REQUEST);
    assert_eq!(refusal.request_identifier.as_deref(), Some("1"));
    assert_eq!(
        refusal.reason,
        Reason::Option(OptionError::Unrecognized { number })
    );
    let elective = OptionNumber::from(2048);
    assert_eq!(
        retrieve_with(|message| message.options.add(elective, "x")),
        Ok(retrieve())
    );
}

#[test]
fn options_that_mean_nothing_in_a_request_are_bad_options() {
    for number in [
        OptionNumber::RSC,
        OptionNumber::GTM,
        OptionNumber::IF_MATCH,
        OptionNumber::IF_NONE_MATCH,
    ] {
        let refusal = retrieve_with(|message| message.options.add(number, "")).unwrap_err();
        assert_eq!(refusal.code, Code::BAD_OPTION, "{number}");
    }
}

#[test]
fn two_originators_are_a_bad_option() {
    for (first, second) in [("CtpA1", "CtpA2"), ("CtpA1", "CtpA1")] {
        let refusal = retrieve_with(|message| {
            message.options.add(OptionNumber::FR, first);
            message.options.add(OptionNumber::FR, second);
        })
        .unwrap_err();
        assert_eq!(refusal.code, Code::BAD_OPTION);
        let number = OptionNumber::FR;
        assert_eq!(
            refusal.reason,
            Reason::Option(OptionError::Repeated { number })
        );
    }
}

#[test]
fn option_of_a_length_that_is_not_defined_is_a_bad_option() {
    for (number, length) in [
        (OptionNumber::FR, 256),
        (OptionNumber::RVI, 3),
        (OptionNumber::RVI, 0),
        (OptionNumber::TY, 3),
        (OptionNumber::EC, 2),
        (OptionNumber::OT, 23),
        (OptionNumber::URI_PATH, 256),
        (OptionNumber::ACCEPT, 3),
    ] {
        let refusal =
            retrieve_with(|message| message.options.add(number, vec![b'1'; length])).unwrap_err();
        assert_eq!(refusal.code, Code::BAD_OPTION, "{number} {length}");
    }
}

#[test]
fn request_for_a_proxy_is_answered_with_5_05() {
    for number in [OptionNumber::PROXY_URI, OptionNumber::PROXY_SCHEME] {
        let refusal = retrieve_with(|message| message.options.add(number, "coap")).unwrap_err();
        assert_eq!(refusal.code, Code::PROXYING_NOT_SUPPORTED);
    }
}

#[test]
fn host_and_port_are_passed_over() {
    let request = retrieve_with(|message| {
        message.options.add(OptionNumber::URI_HOST, "iut.example");
        message.options.add(OptionNumber::URI_PORT, [0x16, 0x33]);
    });
    assert_eq!(request, Ok(retrieve()));
}

#[test]
fn request_identifier_is_needed() {
    for identifier in [None, Some("")] {
        let refusal = retrieve_with(|message| {
            message.options.remove(OptionNumber::RQI);
            if let Some(identifier) = identifier {
                message.options.add(OptionNumber::RQI, identifier);
            }
        })
        .unwrap_err();
        let name = "oneM2M-RQI".to_owned();
        assert_eq!(refusal.reason, Reason::Field(FieldError::Missing { name }));
    }
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    for number in [
        OptionNumber::FR,
        OptionNumber::URI_PATH,
        OptionNumber::URI_QUERY,
    ] {
        let refusal =
            retrieve_with(|message| message.options.add(number, &b"a=\xff"[..])).unwrap_err();
        assert_eq!(refusal.code, Code::BAD_REQUEST, "{number}");
    }
}

#[test]
fn payload_of_a_get_counts_as_absent() {
    assert_eq!(
        retrieve_with(|message| message.payload = b"[".to_vec()),
        Ok(retrieve())
    );
}

#[test]
fn content_is_announced_and_strict_json() {
    let notify = |format: Option<u16>, payload: &[u8]| {
        retrieve_with(|message| {
            message.code = Code::POST;
            message.payload = payload.to_vec();
            if let Some(format) = format {
                message
                    .options
                    .add_uint(OptionNumber::CONTENT_FORMAT, format.into());
            }
        })
    };
    for format in [50, 10001, 10003] {
        assert!(notify(Some(format), b"{}").is_ok(), "{format}");
    }
    for format in [0, 41, 60, 10002, 10007, 10014] {
        let refusal = notify(Some(format), b"{}").unwrap_err();
        assert_eq!(refusal.status, ResponseStatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(refusal.code, Code::UNSUPPORTED_CONTENT_FORMAT);
    }
    assert!(notify(None, b"{}").is_err());
    assert!(notify(Some(50), b"").is_err());
    for payload in [&b"{"[..], b"{} {}", br#"{"a":1,"a":2}"#, b"\xff"] {
        assert!(matches!(
            notify(Some(50), payload).unwrap_err().reason,
            Reason::Json(_)
        ));
    }
}

#[test]
fn accept_other_than_json_is_answered_with_4_06() {
    for (format, is_read) in [
        (ContentFormat::JSON, true),
        (ContentFormat::RESOURCE_JSON, true),
        (ContentFormat::XML, false),
        (ContentFormat::CBOR, false),
    ] {
        let request = retrieve_with(|message| {
            message
                .options
                .add_uint(OptionNumber::ACCEPT, format.0.into());
        });
        assert_eq!(request.is_ok(), is_read, "{format:?}");
        if let Err(refusal) = request {
            assert_eq!(refusal.status, ResponseStatusCode::NOT_ACCEPTABLE);
            assert_eq!(refusal.code, Code::NOT_ACCEPTABLE);
        }
    }
}

#[test]
fn resource_type_belongs_to_a_create() {
    let with_type = |code: Code| {
        retrieve_with(|message| {
            message.code = code;
            message.options.add(OptionNumber::TY, [2]);
            message.options.add(OptionNumber::CONTENT_FORMAT, [50]);
            message.payload = b"{}".to_vec();
        })
    };
    assert_eq!(with_type(Code::POST).unwrap().resource_type, Some(2));
    for code in [Code::GET, Code::PUT, Code::DELETE] {
        assert!(
            matches!(
                with_type(code).unwrap_err().reason,
                Reason::ResourceTypeUnexpected { got: 2, .. }
            ),
            "{code}"
        );
    }
    let untyped = retrieve_with(|message| {
        message.code = Code::POST;
        message.options.add(OptionNumber::URI_QUERY, "op=1");
    });
    assert!(matches!(
        untyped.unwrap_err().reason,
        Reason::Field(FieldError::Missing { .. })
    ));
}

#[test]
fn second_spelling_of_a_target_is_refused() {
    for segment in ["", "a/b", "a#b", ".", ".."] {
        assert!(
            matches!(
                retrieve_with(|message| message.options.add(OptionNumber::URI_PATH, segment))
                    .unwrap_err()
                    .reason,
                Reason::Target(_)
            ),
            "{segment:?}"
        );
    }
}
