//! e2eSecInfo of AEs and CSEs, and Notify with securityInfo that this CSE hands on or refuses.

use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DENIED, NOT_FOUND, OK, UPDATED, representation,
};
use crate::mcc::{Wires, associated, cse, register, send_by};

const NOT_ALLOWED: ResponseStatusCode = ResponseStatusCode::OPERATION_NOT_ALLOWED;

fn shared_object() -> Value {
    json!({
        "esri": "rr-s-1",
        "esrv": "c3d2e1f0a9b8978685746352413f2e1d",
        "esrx": "20991231T235959",
        "esks": [1],
        "espa": [10, 11, 12],
    })
}

fn information() -> Value {
    json!({ "esf": [13, 23, 43], "escert": ["AAAA"], "esro": shared_object() })
}

fn update(information: Value) -> Request {
    Request::update("CtpA1", json!({ "m2m:ae": { "esi": information } }))
}

fn only(to: &str) -> Request {
    Request {
        attribute_list: vec!["esi".to_owned()],
        ..Request::retrieve(to)
    }
}

#[tokio::test]
async fn information_of_an_ae_comes_back_as_it_was_written() {
    let bench = Bench::with_two().await;
    let written = update(information()).from("CtpA1");
    assert_eq!(bench.status(written).await, UPDATED);
    let whole = bench.send(Request::retrieve("CtpA1").from("CtpA1")).await;
    assert_eq!(representation(&whole)["esi"], information());
    let part = bench.send(only("CtpA1").from("CtpA1")).await;
    assert_eq!(representation(&part), json!({ "esi": information() }));
    let replaced = update(json!({ "esf": [13] })).from("CtpA1");
    assert_eq!(bench.status(replaced).await, UPDATED);
    let part = bench.send(only("CtpA1").from("CtpA1")).await;
    assert_eq!(representation(&part)["esi"], json!({ "esf": [13] }));
    let withdrawn = update(Value::Null).from("CtpA1");
    assert_eq!(bench.status(withdrawn).await, UPDATED);
    assert_eq!(bench.status(only("CtpA1").from("CtpA1")).await, NOT_FOUND);
}

#[tokio::test]
async fn absent_information_is_not_found() {
    let bench = Bench::with_two().await;
    for (to, from) in [("CtpA1", "CtpA1"), ("cse-in", ADMIN)] {
        assert_eq!(bench.status(only(to).from(from)).await, NOT_FOUND, "{to}");
    }
}

#[tokio::test]
async fn other_values_are_refused_and_change_nothing() {
    let bench = Bench::with_two().await;
    let written = update(information()).from("CtpA1");
    assert_eq!(bench.status(written).await, UPDATED);
    let without = |member: &str| {
        let mut object = shared_object();
        object.as_object_mut().unwrap().remove(member);
        object
    };
    let with = |member: &str, value: Value| {
        let mut object = shared_object();
        object[member] = value;
        object
    };
    let mut values = vec![
        json!("13"),
        json!({}),
        json!({ "esro": shared_object() }),
        json!({ "esf": "13" }),
        json!({ "esf": [99] }),
        json!({ "esf": ["13"] }),
        json!({ "esf": [13], "escert": "AAAA" }),
        json!({ "esf": [13], "escert": ["***"] }),
        json!({ "esf": [13], "supportedE2ESecFeatures": [13] }),
    ];
    let objects = ["esri", "esrv", "esrx", "esks", "espa"].map(without);
    let changed = [
        with("espa", json!([10, "x"])),
        with("espa", json!([20])),
        with("esks", json!([2])),
        with("esk", json!(1)),
        with("esri", json!("1")),
        with("esrx", json!("tomorrow")),
    ];
    for object in objects.into_iter().chain(changed) {
        values.push(json!({ "esf": [13], "esro": object }));
    }
    for value in values {
        let refused = update(value.clone()).from("CtpA1");
        assert_eq!(bench.status(refused).await, BAD_REQUEST, "{value}");
    }
    let part = bench.send(only("CtpA1").from("CtpA1")).await;
    assert_eq!(representation(&part)["esi"], information());
}

#[tokio::test]
async fn others_change_it_as_policies_allow() {
    let bench = Bench::with_point_of_access(2).await;
    let own = update(information()).from("CtpA1");
    assert_eq!(bench.status(own).await, UPDATED);
    let other = update(json!({ "esf": [13] })).from("CtpA2");
    assert_eq!(bench.status(other).await, DENIED);
    let part = bench.send(only("CtpA1").from("CtpA2")).await;
    assert_eq!(representation(&part)["esi"], information());
}

#[tokio::test]
async fn information_of_the_cse_is_not_written() {
    let bench = Bench::new();
    let content = json!({ "m2m:cb": { "esi": { "esf": [13] } } });
    let update = Request::update("cse-in", content).from(ADMIN);
    assert_eq!(bench.status(update).await, BAD_REQUEST);
    let whole = bench.send(Request::retrieve("cse-in").from(ADMIN)).await;
    assert!(representation(&whole).get("esi").is_none());
}

#[tokio::test]
async fn registree_cse_keeps_its_information_in_its_remote_cse() {
    let wires = Wires::default();
    let first = cse("/id-1", &wires, None);
    let send = async |request: Request| {
        let request = request.from("/id-2");
        send_by(&first, associated(&first, "/id-2"), request).await
    };
    let mut registration = register("base-1", "/id-2", "http://second");
    registration.content.as_mut().unwrap()["m2m:csr"]["esi"] = json!({ "esf": [13] });
    assert_eq!(send(registration).await.status, CREATED);
    let to = "/id-1/base-1/csr0000001";
    let update = |value: Value| Request::update(to, json!({ "m2m:csr": { "esi": value } }));
    let refused = update(json!({ "esro": shared_object() }));
    assert_eq!(send(refused).await.status, BAD_REQUEST);
    assert_eq!(send(update(information())).await.status, UPDATED);
    let part = send(only(to)).await;
    assert_eq!(representation(&part), json!({ "esi": information() }));
    assert_eq!(send(update(Value::Null)).await.status, UPDATED);
    assert_eq!(send(only(to)).await.status, NOT_FOUND);
}

#[tokio::test]
async fn transit_cse_hands_on_what_is_in_it() {
    let bench = Bench::with_two().await;
    let peer = associated(&bench.cse, "/mn-1");
    let registration = register("cse-in", "/mn-1", "http://mn.example");
    assert_eq!(
        send_by(&bench.cse, peer, registration).await.status,
        CREATED
    );
    let content = json!({ "m2m:seci": { "sit": 5, "epo": "a..b.c.d" } });
    let notify = Request::notify("/mn-1/-", content.clone()).from("CtpA1");
    assert_eq!(bench.status(notify).await, OK);
    let received = bench.inbox.wait_for(1).await;
    assert_eq!(received[0].1.content, Some(content));
    assert_eq!(received[0].1.from.as_deref(), Some("/id-in/CtpA1"));
}

#[tokio::test]
async fn notification_of_an_ae_goes_on_unopened() {
    let bench = Bench::with_point_of_access(16).await;
    let content = json!({ "m2m:seci": { "sit": 5, "epo": "a..b.c.d" } });
    let notify = Request::notify("CtpA1", content.clone());
    assert_eq!(bench.status(notify.clone().from("CtpA2")).await, OK);
    let received = bench.inbox.wait_for(1).await;
    assert_eq!(received[0].1.content, Some(content));
    assert_eq!(bench.status(notify.from(ADMIN)).await, DENIED);
    assert_eq!(bench.inbox.received().len(), 1);
}

#[tokio::test]
async fn other_resources_take_no_security_info() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
        .await;
    let content = json!({ "m2m:seci": { "sit": 3 } });
    let notify = |to: &str| Request::notify(to, content.clone()).from("CtpA1");
    assert_eq!(bench.status(notify("cse-in/cntT")).await, NOT_ALLOWED);
    assert_eq!(bench.status(notify("cse-in/none")).await, NOT_FOUND);
    assert_eq!(bench.status(notify("cse-in")).await, DENIED);
}
