//! Notifications of the members of a group, collected for whoever subscribed through its fan-out point.

use onem2m_primitive::{Operation, Request, Response, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, DENIED, NOT_FOUND, OK, UPDATED, representation,
};

const SUBSCRIBER: &str = "http://ae1.example:9000/inbox";

/// The group `cse-in/g` of the containers `cse-in/c1` and `cse-in/c2`, and a third container; AE1 may do everything.
async fn bench() -> Bench {
    let bench = Bench::with_two().await;
    let policy = bench
        .policy("acpM", json!([{ "acor": [ADMIN, "CtpA1"], "acop": 63 }]))
        .await;
    for name in ["c1", "c2", "c3"] {
        let content = json!({ "m2m:cnt": { "rn": name, "acpi": [policy] } });
        let create = Request::create("cse-in", 3, content).from(ADMIN);
        assert_eq!(bench.status(create).await, CREATED);
    }
    group(&bench, "g", &["cse-in/c1", "cse-in/c2"]).await;
    bench
}

async fn group(bench: &Bench, name: &str, members: &[&str]) {
    let attributes = json!({ "rn": name, "mnm": 9, "mid": members, "acpi": ["cse-in/acpM"] });
    let create = Request::create("cse-in", 9, json!({ "m2m:grp": attributes })).from(ADMIN);
    assert_eq!(bench.status(create).await, CREATED);
}

fn subscription(attributes: Value) -> Value {
    let mut content = json!({ "rn": "s", "enc": { "net": [3] } });
    let members = content.as_object_mut().unwrap();
    members.extend(attributes.as_object().unwrap().clone());
    json!({ "m2m:sub": content })
}

/// AE1 subscribes by the fan-out point, and the request that asks whether the target agrees has come.
async fn subscribe(bench: &Bench, to: &str) -> Response {
    let content = subscription(json!({ "nu": [SUBSCRIBER], "nfu": SUBSCRIBER }));
    let response = bench
        .send(Request::create(to, 23, content).from("CtpA1"))
        .await;
    assert_eq!(response.status, OK, "{response:?}");
    let asked = bench.inbox.received();
    assert_eq!(asked.len(), 1, "one verification, not one for each member");
    assert_eq!(notified(&asked[0].1)["m2m:sgn"]["vrq"], json!(true));
    response
}

async fn notification_uri(bench: &Bench, container: &str) -> String {
    let retrieve = Request::retrieve(format!("cse-in/{container}/s")).from("CtpA1");
    let shown = representation(&bench.send(retrieve).await);
    assert_eq!(shown["nfu"], json!(SUBSCRIBER));
    shown["nu"][0].as_str().unwrap().to_owned()
}

async fn instance(bench: &Bench, container: &str, text: &str) {
    let content = json!({ "m2m:cin": { "con": text } });
    let create = Request::create(format!("cse-in/{container}"), 4, content).from("CtpA1");
    assert_eq!(bench.status(create).await, CREATED);
}

fn notified(request: &Request) -> &Value {
    assert_eq!(request.operation, Operation::Notify);
    request.content.as_ref().unwrap()
}

/// The contents of the instances in an aggregated notification.
fn collected(request: &Request) -> Vec<&str> {
    let notifications = notified(request)["m2m:agn"]["m2m:sgn"].as_array().unwrap();
    let mut texts: Vec<&str> = notifications
        .iter()
        .map(|notification| {
            assert_eq!(notification["nfu"], json!(SUBSCRIBER));
            notification["nev"]["rep"]["m2m:cin"]["con"]
                .as_str()
                .unwrap()
        })
        .collect();
    texts.sort_unstable();
    texts
}

fn forged(about: &str) -> Value {
    json!({ "m2m:sgn": {
        "nev": { "net": 3, "rep": { "m2m:cin": { "con": "forged" } } },
        "sur": format!("/id-in/cse-in/{about}/s"),
        "nfu": SUBSCRIBER,
    } })
}

#[tokio::test]
async fn notifications_of_members_arrive_together() {
    let bench = bench().await;
    subscribe(&bench, "cse-in/g/fopt").await;
    let uri = notification_uri(&bench, "c1").await;
    assert!(uri.starts_with("/id-in/"), "{uri}");
    assert_eq!(uri, notification_uri(&bench, "c2").await);
    let group = representation(&bench.send(Request::retrieve("cse-in/g").from(ADMIN)).await);
    let expected = format!("/id-in/{}", group["ri"].as_str().unwrap());
    let retrieve = Request::retrieve("cse-in/c1/s").from("CtpA1");
    let shown = representation(&bench.send(retrieve).await);
    assert_eq!(shown["gpi"], json!(expected));
    instance(&bench, "c1", "n1").await;
    instance(&bench, "c2", "n2").await;
    let received = bench.inbox.wait_for(2).await;
    assert_eq!(received[1].0, "ae1.example:9000");
    assert_eq!(received[1].1.from.as_deref(), Some("/id-in"));
    assert_eq!(collected(&received[1].1), ["n1", "n2"]);
}

#[tokio::test]
async fn single_notification_is_not_held_back_for_ever() {
    let bench = bench().await;
    subscribe(&bench, "cse-in/g/fopt").await;
    for (count, text) in [(2, "n1"), (3, "n2")] {
        instance(&bench, "c1", text).await;
        let received = bench.inbox.wait_for(count).await;
        assert_eq!(collected(&received[count - 1].1), [text]);
    }
}

#[tokio::test]
async fn only_members_hosts_notify_at_the_aggregation_uri() {
    let bench = bench().await;
    subscribe(&bench, "cse-in/g/fopt").await;
    let uri = notification_uri(&bench, "c1").await;
    for from in ["CtpA2", "CtpA1", ADMIN] {
        let notify = Request::notify(uri.clone(), forged("c1")).from(from);
        assert_eq!(bench.status(notify).await, DENIED, "{from}");
    }
    let asking = json!({ "m2m:sgn": { "vrq": true, "cr": "/id-in/CtpA1" } });
    let notify = Request::notify(uri.clone(), asking).from("CtpA2");
    assert_eq!(bench.status(notify).await, DENIED);
    for request in [
        Request::retrieve(uri.clone()),
        Request::delete(uri.clone()),
        Request::update(uri.clone(), json!({ "m2m:sub": { "lbl": [] } })),
    ] {
        let status = bench.status(request.from(ADMIN)).await;
        assert_eq!(status, ResponseStatusCode::OPERATION_NOT_ALLOWED);
    }
    assert_eq!(bench.inbox.received().len(), 1);
}

#[tokio::test]
async fn what_is_no_member_any_more_is_not_forwarded() {
    let bench = bench().await;
    subscribe(&bench, "cse-in/g/fopt").await;
    let update = Request::update("cse-in/g", json!({ "m2m:grp": { "mid": ["cse-in/c2"] } }));
    assert_eq!(bench.status(update.from(ADMIN)).await, UPDATED);
    instance(&bench, "c1", "n1").await;
    instance(&bench, "c2", "n2").await;
    let received = bench.inbox.wait_for(2).await;
    assert_eq!(collected(&received[1].1), ["n2"]);
    assert_eq!(received.len(), 2);
}

#[tokio::test]
async fn aggregation_uri_is_of_use_to_no_other_subscription() {
    let bench = bench().await;
    subscribe(&bench, "cse-in/g/fopt").await;
    let uri = notification_uri(&bench, "c1").await;
    let content = json!({ "m2m:sub": { "nu": [uri], "nfu": SUBSCRIBER } });
    let create = Request::create("cse-in/c3", 23, content).from("CtpA1");
    assert_eq!(
        bench.status(create).await,
        ResponseStatusCode::SUBSCRIPTION_VERIFICATION_INITIATION_FAILED
    );
}

#[tokio::test]
async fn aggregation_uri_goes_with_its_group() {
    let bench = bench().await;
    subscribe(&bench, "cse-in/g/fopt").await;
    let uri = notification_uri(&bench, "c1").await;
    let delete = Request::delete("cse-in/g").from(ADMIN);
    assert_eq!(bench.status(delete).await, DELETED);
    let notify = Request::notify(uri, forged("c1")).from(ADMIN);
    assert_eq!(bench.status(notify).await, NOT_FOUND);
}

#[tokio::test]
async fn sub_group_hands_on_to_the_group_that_it_is_a_member_of() {
    let bench = bench().await;
    group(&bench, "outer", &["cse-in/g/fopt", "cse-in/c3"]).await;
    subscribe(&bench, "cse-in/outer/fopt").await;
    let outer = notification_uri(&bench, "c3").await;
    assert_ne!(outer, notification_uri(&bench, "c1").await);
    instance(&bench, "c1", "n1").await;
    instance(&bench, "c2", "n2").await;
    let received = bench.inbox.wait_for(2).await;
    assert_eq!(collected(&received[1].1), ["n1", "n2"]);
}

#[tokio::test]
async fn subscriber_that_does_not_agree_gets_no_subscription() {
    let bench = bench().await;
    for (attributes, expected) in [
        (
            json!({ "nu": ["http://unreachable.example"], "nfu": "http://unreachable.example" }),
            ResponseStatusCode::SUBSCRIPTION_VERIFICATION_INITIATION_FAILED,
        ),
        (
            json!({ "nu": [SUBSCRIBER], "nfu": "http://ae2.example" }),
            BAD_REQUEST,
        ),
    ] {
        let create = Request::create("cse-in/g/fopt", 23, subscription(attributes));
        assert_eq!(bench.status(create.from("CtpA1")).await, expected);
    }
    let retrieve = Request::retrieve("cse-in/c1/s").from("CtpA1");
    assert_eq!(bench.status(retrieve).await, NOT_FOUND);
}
