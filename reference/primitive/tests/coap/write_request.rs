//! Primitives to request messages.

use onem2m_primitive::coap::{
    Code, EncodeError, Message, MessageType, OptionNumber, Token, encode_request,
};
use onem2m_primitive::{AttributeFilter, FilterCriteria, Operation, Request, ResponseType};
use serde_json::json;

use crate::octets;

fn message(request: &Request) -> Message {
    encode_request(request).unwrap()
}

fn query(request: &Request) -> Vec<String> {
    octets::texts(&message(request), OptionNumber::URI_QUERY)
}

fn retrieve() -> Request {
    Request::retrieve("cse-in/cnt")
}

#[test]
fn create_is_a_post_with_the_resource_type() {
    let request = Request::create("cse-in", 2, json!({}))
        .from("CtpA1")
        .identified("0001")
        .release("3");
    let message = Message {
        message_id: 0x1234,
        token: Token::try_from(&[0xca, 0xfe][..]).unwrap(),
        ..message(&request)
    };
    // Uri-Path, Content-Format 50, Accept 50, oneM2M-TY 2, -RVI 3, -FR and -RQI.
    assert_eq!(
        message.write().unwrap(),
        octets::of(
            r#"42 02 1234 cafe b6 "cse-in" 11 32 51 32 d1ed 02 41 "3" 85 "CtpA1" 44 "0001" ff "{}""#
        )
    );
}

#[test]
fn other_operations_have_methods_of_their_own() {
    assert_eq!(
        message(&retrieve()).write().unwrap(),
        octets::of(r#"40 01 0000 b6 "cse-in" 03 "cnt" 61 32"#)
    );
    assert_eq!(
        message(&Request::update("/iut/x", json!({})))
            .write()
            .unwrap(),
        octets::of(r#"40 03 0000 b1 "~" 03 "iut" 01 "x" 11 32 51 32 ff "{}""#)
    );
    assert_eq!(
        message(&Request::delete("//sp/iut/x")).write().unwrap(),
        octets::of(r#"40 04 0000 b1 "_" 02 "sp" 03 "iut" 01 "x" 61 32"#)
    );
    assert_eq!(
        message(&Request::notify("CtpA1", json!({})))
            .write()
            .unwrap(),
        octets::of(r#"40 02 0000 b5 "CtpA1" 11 32 51 32 ff "{}""#)
    );
}

#[test]
fn request_that_does_not_block_is_a_post_with_its_operation() {
    for (value, code, expected) in [
        (1, Code::POST, &["op=4", "rt=1"][..]),
        (2, Code::POST, &["op=4", "rt=2"]),
        (3, Code::DELETE, &["rt=3"]),
        (4, Code::POST, &["op=4", "rt=4"]),
        (5, Code::POST, &["op=4", "rt=5"]),
    ] {
        let request = Request {
            response_type: Some(ResponseType {
                value,
                notification_uris: None,
            }),
            ..Request::delete("x")
        };
        assert_eq!(message(&request).code, code, "{value}");
        assert_eq!(query(&request), expected, "{value}");
    }
}

#[test]
fn elements_of_lists_have_arguments_of_their_own() {
    let filter = FilterCriteria {
        resource_types: vec![2, 3],
        labels: vec!["a+b c".into(), "key:1".into()],
        child_attributes: vec![AttributeFilter {
            name: "cr".into(),
            value: "a=b&c".into(),
        }],
        ..FilterCriteria::default()
    };
    let request = Request {
        tokens: vec!["a.b.c".into(), "d.e.f".into()],
        role_ids: vec!["r@sp.example".into()],
        attribute_list: vec!["ri".into()],
        to: "cse-in#rr".into(),
        ..retrieve().filtered(filter)
    };
    assert_eq!(
        query(&request),
        [
            "lbl=a+b c",
            "lbl=key:1",
            "ty=2",
            "ty=3",
            "c.cr=a=b&c",
            "rids=r@sp.example",
            "atrl=rr",
            "atrl=ri",
            "tkns=a.b.c",
            "tkns=d.e.f",
        ]
    );
}

#[test]
fn every_parameter_has_its_option() {
    let text = |value: &str| Some(value.to_owned());
    let request = Request {
        originating_timestamp: text("20260101T000000"),
        request_expiration: text("20260101T000001"),
        result_expiration: text("20260101T000002"),
        operation_execution_time: text("20260101T000003"),
        response_type: Some(ResponseType {
            value: 2,
            notification_uris: Some(vec!["coap://a".into(), "coap://b".into()]),
        }),
        event_category: text("4"),
        group_request_identifier: text("gid1"),
        vendor_information: text("v"),
        authorization_signatures: vec!["c2ln".into(), "c2lo".into()],
        ..retrieve().from("CtpA1").identified("1").release("2a")
    };
    let message = message(&request);
    for (number, expected) in [
        (259, "20260101T000000"),
        (263, "coap://a&coap://b"),
        (271, "2a"),
        (279, "CtpA1"),
        (283, "1"),
        (291, "20260101T000001"),
        (295, "20260101T000002"),
        (299, "20260101T000003"),
        (303, "\u{4}"),
        (311, "gid1"),
        (331, "v"),
        (339, "c2ln+c2lo"),
    ] {
        assert_eq!(
            octets::texts(&message, OptionNumber::from(number)),
            [expected],
            "{number}"
        );
    }
    assert_eq!(message.kind, MessageType::Confirmable);
}

#[test]
fn what_an_option_cannot_hold_is_refused() {
    let long = "x".repeat(256);
    for request in [
        retrieve().from(long.clone()),
        retrieve().identified(long.clone()),
        retrieve().release("2.1"),
        Request::retrieve(long.clone()),
        Request {
            tokens: vec!["t".repeat(251)],
            ..retrieve()
        },
        Request {
            originating_timestamp: Some(String::new()),
            ..retrieve()
        },
    ] {
        assert!(
            matches!(encode_request(&request), Err(EncodeError::Length { .. })),
            "{request:?}"
        );
    }
    for category in ["256", "x", "04", "-1", ""] {
        let request = Request {
            event_category: Some(category.into()),
            ..retrieve()
        };
        assert!(
            matches!(encode_request(&request), Err(EncodeError::Number { .. })),
            "{category}"
        );
    }
    let typed = Request::create("x", 65536, json!({}));
    assert!(matches!(
        encode_request(&typed),
        Err(EncodeError::Number { .. })
    ));
}

#[test]
fn what_would_be_read_as_something_else_is_refused() {
    for name in ["op", "tkns", "ty", "c.x"] {
        let filter = FilterCriteria {
            attributes: vec![AttributeFilter {
                name: name.into(),
                value: "1".into(),
            }],
            ..FilterCriteria::default()
        };
        assert!(
            matches!(
                encode_request(&retrieve().filtered(filter)),
                Err(EncodeError::AttributeName { .. })
            ),
            "{name}"
        );
    }
    for to in ["~/x", "a//b", "/", "a/../b"] {
        assert!(
            matches!(
                encode_request(&Request::retrieve(to)),
                Err(EncodeError::Target(_))
            ),
            "{to}"
        );
    }
    let untyped = Request {
        resource_type: None,
        ..Request::create("x", 2, json!({}))
    };
    let operation = Operation::Create;
    assert_eq!(
        encode_request(&untyped),
        Err(EncodeError::ResourceType {
            operation,
            got: None
        })
    );
}
