//! Primitives as JSON objects, against texts written by hand from TS-0004 V3.32.0, 8.2, and generated ones in both directions.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, wherever it does"
)]

#[path = "../generated/mod.rs"]
mod generated;

use onem2m_primitive::serialization::{
    SerializationError, read_request, read_response, write_request, write_response,
};
use onem2m_primitive::{Operation, Request, Response, ResponseStatusCode};
use proptest::prelude::*;
use serde_json::{Value, json};

use generated::{request, response};

#[test]
fn create_is_written_with_short_names() {
    let content = json!({ "m2m:cin": { "con": "x" } });
    let request = Request::create("cse-in/cnt", 4, content.clone())
        .from("CtpA1")
        .identified("inner-1")
        .release("3");
    let written = json!({
        "op": 1, "to": "cse-in/cnt", "fr": "CtpA1", "rqi": "inner-1", "rvi": "3", "ty": 4, "pc": content,
    });
    assert_eq!(write_request(&request), written);
    assert_eq!(read_request(&written), Ok(request));
}

#[test]
fn attribute_list_is_content_of_a_retrieve() {
    let written = json!({ "op": 2, "to": "x", "pc": { "m2m:atrl": ["lbl", "et"] } });
    let read = read_request(&written).unwrap();
    assert_eq!(read.attribute_list, ["lbl", "et"]);
    assert_eq!(read.content, None);
    assert_eq!(write_request(&read), written);
}

#[test]
fn delivery_parameters_are_read() {
    let written = json!({
        "op": 1, "to": "x", "ec": 4, "da": true, "rqet": 5000, "rt": { "rtv": 2, "nu": ["http://x"] },
        "fc": { "fu": 1, "lbl": ["a"], "atr": [{ "nm": "cnf", "val": 7 }] },
    });
    let read = read_request(&written).unwrap();
    assert_eq!(read.event_category.as_deref(), Some("4"));
    assert_eq!(read.request_expiration.as_deref(), Some("5000"));
    assert_eq!(read.delivery_aggregation, Some(true));
    let response_type = read.response_type.unwrap();
    assert_eq!(response_type.value, 2);
    assert_eq!(response_type.notification_uris.unwrap(), ["http://x"]);
    assert_eq!(read.filter.attributes[0].value, "7");
}

#[test]
fn response_has_its_code_and_no_element_around_it() {
    let response = Response {
        request_identifier: Some("inner-1".to_owned()),
        release_version: Some("3".to_owned()),
        ..Response::new(ResponseStatusCode::CREATED)
    };
    let written = json!({ "rsc": 2001, "rqi": "inner-1", "rvi": "3" });
    assert_eq!(write_response(&response), written);
    assert_eq!(read_response(&written), Ok(response));
}

#[test]
fn other_values_are_no_request() {
    let not_an_object = SerializationError::NotAnObject {
        place: "a request primitive",
    };
    for value in [json!([]), json!(null), json!("x"), json!(true)] {
        assert_eq!(read_request(&value), Err(not_an_object.clone()));
    }
    for (member, value) in [
        ("op", json!({ "to": "x" })),
        ("op", json!({ "m2m:rqp": { "op": 2, "to": "x" } })),
        ("op", json!({ "rsc": 2000, "rqi": "1" })),
        ("to", json!({ "op": 2 })),
    ] {
        assert_eq!(
            read_request(&value),
            Err(SerializationError::Missing { member })
        );
    }
    for operation in [
        json!(0),
        json!(6),
        json!(255),
        json!("1"),
        json!(null),
        json!(1.5),
    ] {
        let value = json!({ "op": operation, "to": "x" });
        assert!(matches!(
            read_request(&value),
            Err(SerializationError::Type { member: "op", .. })
        ));
    }
    for (member, value) in [
        ("fr", json!(null)),
        ("rqi", json!(7)),
        ("ty", json!("4")),
        ("fc", json!([])),
        ("rt", json!(1)),
        ("rids", json!("x")),
        ("FR", json!("x")),
    ] {
        let mut request = json!({ "op": 2, "to": "x" });
        request[member] = value;
        assert!(read_request(&request).is_err(), "{request}");
    }
}

#[test]
fn other_values_are_no_response() {
    for value in [
        json!({ "rqi": "1" }),
        json!({ "rsc": "2000" }),
        json!({ "rsc": 70000 }),
        json!({ "rsc": 2000, "op": 1 }),
        json!({ "rsc": 2000, "ati": {} }),
        Value::Null,
    ] {
        assert!(read_response(&value).is_err(), "{value}");
    }
}

proptest! {
    #[test]
    fn request_is_read_as_it_was_written(request in request()) {
        // An attribute list is the Content of a Retrieve, and nothing else has both.
        let has_list = request.operation == Operation::Retrieve && request.content.is_none();
        let attribute_list = request.attribute_list.clone();
        let request = Request {
            attribute_list: if has_list { attribute_list } else { Vec::new() },
            ..request
        };
        prop_assert_eq!(read_request(&write_request(&request)), Ok(request));
    }

    #[test]
    fn response_is_read_as_it_was_written(response in response()) {
        prop_assert_eq!(read_response(&write_response(&response)), Ok(response));
    }
}
