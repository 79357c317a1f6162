use onem2m_primitive::{Operation, Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{ADMIN, Bench, CREATED, DELETED, DENIED, OK, UPDATED, instance};

/// AE1 with a point of access and a policy in which AE2 has these operations.
async fn reachable(acop: u32, address: &str) -> Bench {
    let bench = Bench::with_two().await;
    let policy = bench
        .policy(
            "acpN",
            json!([{ "acor": ["CtpA1"], "acop": 63 }, { "acor": ["CtpA2"], "acop": acop }]),
        )
        .await;
    for attributes in [json!({ "poa": [address] }), json!({ "acpi": [policy] })] {
        let update = Request::update("CtpA1", json!({ "m2m:ae": attributes }));
        assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
    }
    bench
}

fn notification() -> Value {
    json!({ "m2m:sgn": { "nev": { "rep": { "m2m:cin": { "con": "n1" } } }, "sur": "cse-in/cntT/sub1" } })
}

async fn subscribe(bench: &Bench, to: &str, from: &str, attributes: Value) {
    let request = Request::create(to, 23, json!({ "m2m:sub": attributes })).from(from);
    let response = bench.send(request).await;
    assert_eq!(response.status, CREATED, "{response:?}");
}

#[tokio::test]
async fn notify_to_an_application_goes_on_to_its_point_of_access() {
    let bench = reachable(16, "http://ae1.example:8080/inbox").await;
    let status = bench
        .status(Request::notify("CtpA1", notification()).from("CtpA2"))
        .await;
    assert_eq!(status, OK);
    let received = bench.inbox.received();
    let (authority, request) = &received[0];
    assert_eq!(authority, "ae1.example:8080");
    assert_eq!(
        (request.operation, request.from.as_deref()),
        (Operation::Notify, Some("CtpA2"))
    );
    assert_eq!(request.content, Some(notification()));
}

#[tokio::test]
async fn notify_without_privilege_reaches_nobody() {
    let bench = reachable(47, "http://ae1.example:8080").await;
    let status = bench
        .status(Request::notify("CtpA1", notification()).from("CtpA2"))
        .await;
    assert_eq!(status, DENIED);
    assert!(bench.inbox.received().is_empty());
}

#[tokio::test]
async fn verification_request_needs_notify_of_creator_and_of_sender() {
    let bench = reachable(16, "http://ae1.example:8080").await;
    let asking = |creator: &str| json!({ "m2m:sgn": { "vrq": true, "cr": creator } });
    let asked = |creator: &str, from: &str| Request::notify("CtpA1", asking(creator)).from(from);
    let of_others = bench.status(asked("/id-in/CtpA3", "CtpA2")).await;
    assert_eq!(
        of_others,
        ResponseStatusCode::SUBSCRIPTION_CREATOR_HAS_NO_PRIVILEGE
    );
    let by_others = bench.status(asked("/id-in/CtpA2", ADMIN)).await;
    assert_eq!(
        by_others,
        ResponseStatusCode::SUBSCRIPTION_HOST_HAS_NO_PRIVILEGE
    );
    assert!(bench.inbox.received().is_empty());
    assert_eq!(bench.status(asked("/id-in/CtpA2", "CtpA2")).await, OK);
}

#[tokio::test]
async fn notify_to_an_application_out_of_reach_fails() {
    let bench = reachable(16, "http://unreachable.example").await;
    let status = bench
        .status(Request::notify("CtpA1", notification()).from("CtpA2"))
        .await;
    assert_eq!(status, ResponseStatusCode::TARGET_NOT_REACHABLE);
}

#[tokio::test]
async fn foreign_target_is_asked_before_a_subscription_is_created() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 3 }]))
        .await;
    subscribe(
        &bench,
        "cse-in/cntT",
        "CtpA2",
        json!({ "nu": ["http://ae2.example:9000/"] }),
    )
    .await;
    let received = bench.inbox.received();
    let content = received[0].1.content.as_ref().unwrap();
    assert_eq!(content["m2m:sgn"]["vrq"], json!(true));
    assert_eq!(content["m2m:sgn"]["cr"], json!("/id-in/CtpA2"));
    assert_eq!(received[0].1.from.as_deref(), Some("/id-in"));
}

#[tokio::test]
async fn subscription_whose_target_cannot_be_asked_is_refused() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 3 }]))
        .await;
    for target in [
        "http://unreachable.example/",
        "cse-in/none",
        "mqtt://ae2.example",
        "CtpA1",
    ] {
        let content = json!({ "m2m:sub": { "nu": [target] } });
        let status = bench
            .status(Request::create("cse-in/cntT", 23, content).from("CtpA2"))
            .await;
        assert_eq!(
            status,
            ResponseStatusCode::SUBSCRIPTION_VERIFICATION_INITIATION_FAILED,
            "{target}"
        );
    }
}

#[tokio::test]
async fn subscription_is_the_creators_alone_by_default() {
    let bench = reachable(47, "http://ae1.example").await;
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 3 }]))
        .await;
    subscribe(
        &bench,
        "cse-in/cntT",
        "CtpA1",
        json!({ "rn": "s", "nu": ["CtpA1"] }),
    )
    .await;
    assert!(
        bench.inbox.received().is_empty(),
        "a target that is the originator is not asked"
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT/s").from("CtpA1"))
            .await,
        OK
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT/s").from(ADMIN))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn events_are_told_with_what_they_are_about() {
    let bench = reachable(47, "http://ae1.example").await;
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
        .await;
    subscribe(
        &bench,
        "cse-in/cntT",
        "CtpA1",
        json!({ "rn": "s", "nu": ["CtpA1"], "enc": { "net": [1, 2, 3, 4] } }),
    )
    .await;
    let update = Request::update("cse-in/cntT", json!({ "m2m:cnt": { "lbl": ["new"] } }));
    assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
    bench.inbox.wait_for(1).await;
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 4, instance()).from("CtpA1"))
            .await,
        CREATED
    );
    bench.inbox.wait_for(2).await;
    assert_eq!(
        bench
            .status(Request::delete("cse-in/cntT/la").from("CtpA1"))
            .await,
        DELETED
    );
    bench.inbox.wait_for(3).await;
    assert_eq!(
        bench
            .status(Request::delete("cse-in/cntT").from("CtpA1"))
            .await,
        DELETED
    );
    let received = bench.inbox.wait_for(4).await;
    let notifications: Vec<Value> = received
        .iter()
        .map(|(_, request)| request.content.clone().unwrap()["m2m:sgn"].clone())
        .collect();
    let events: Vec<&Value> = notifications
        .iter()
        .map(|notification| &notification["nev"]["net"])
        .collect();
    assert_eq!(events, [&json!(1), &json!(3), &json!(4), &json!(2)]);
    assert_eq!(
        notifications[0]["nev"]["rep"]["m2m:cnt"]["lbl"],
        json!(["new"])
    );
    assert_eq!(
        notifications[1]["nev"]["rep"]["m2m:cin"]["con"],
        json!("tp")
    );
    assert_eq!(notifications[0]["sur"], json!("/id-in/cse-in/cntT/s"));
}

#[tokio::test]
async fn content_type_selects_what_is_told() {
    let bench = reachable(47, "http://ae1.example").await;
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
        .await;
    for (content_type, expected) in [
        (2, json!({ "m2m:cnt": { "lbl": ["new"] } })),
        (3, json!({ "m2m:uri": "/id-in/cse-in/cntT" })),
    ] {
        let attributes = json!({ "rn": "s", "nu": ["CtpA1"], "nct": content_type });
        subscribe(&bench, "cse-in/cntT", "CtpA1", attributes).await;
        let count = bench.inbox.received().len();
        let update = Request::update("cse-in/cntT", json!({ "m2m:cnt": { "lbl": ["new"] } }));
        assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
        let received = bench.inbox.wait_for(count + 1).await;
        let content = received[count].1.content.as_ref().unwrap();
        assert_eq!(content["m2m:sgn"]["nev"]["rep"], expected);
        assert_eq!(
            bench
                .status(Request::delete("cse-in/cntT/s").from("CtpA1"))
                .await,
            DELETED
        );
    }
}

#[tokio::test]
async fn points_of_access_reach_no_other_subscriber() {
    let bench = reachable(3, "http://ae1.example").await;
    subscribe(
        &bench,
        "CtpA1",
        "CtpA2",
        json!({ "nu": ["http://ae2.example/"], "enc": { "net": [1] }, "nct": 1 }),
    )
    .await;
    let update = Request::update(
        "CtpA1",
        json!({ "m2m:ae": { "poa": ["http://203.0.113.5:8080"] } }),
    );
    assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
    let received = bench.inbox.wait_for(2).await;
    let told = received[1].1.content.as_ref().unwrap().to_string();
    assert!(told.contains("Ntest") && !told.contains("poa"), "{told}");
}
