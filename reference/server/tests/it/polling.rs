use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{ADMIN, Bench, CREATED, DELETED, DENIED, OK, instance};

const TIMEOUT: ResponseStatusCode = ResponseStatusCode::REQUEST_TIMEOUT;

/// AE1 with a polling channel and a policy in which everybody may do everything.
async fn bench() -> Bench {
    let bench = Bench::with_two().await;
    let policy = bench
        .policy("acpN", json!([{ "acor": ["all"], "acop": 63 }]))
        .await;
    let update = Request::update("CtpA1", json!({ "m2m:ae": { "acpi": [policy] } }));
    assert!(bench.status(update.from("CtpA1")).await.is_success());
    assert_eq!(bench.status(channel("CtpA1")).await, CREATED);
    bench
}

fn channel(from: &str) -> Request {
    Request::create("CtpA1", 15, json!({ "m2m:pch": { "rn": "pch" } })).from(from)
}

fn poll(from: &str) -> Request {
    Request {
        request_expiration: Some("20251120T132731".to_owned()),
        ..Request::retrieve("cse-in/CtpA1/pch/pcu").from(from)
    }
}

fn answer(identifier: &Value, from: &str) -> Request {
    let response = json!({ "m2m:rsp": { "rsc": 2000, "rqi": identifier, "rvi": "3" } });
    Request::notify("cse-in/CtpA1/pch/pcu", response).from(from)
}

#[tokio::test]
async fn channel_is_its_owners_alone() {
    let bench = Bench::with_two().await;
    for other in ["CtpA2", ADMIN] {
        assert_eq!(bench.status(channel(other)).await, DENIED);
    }
    let bench = self::bench().await;
    assert_eq!(
        bench.status(channel("CtpA1")).await,
        ResponseStatusCode::CONFLICT
    );
    for other in ["CtpA2", ADMIN] {
        for request in [
            Request::retrieve("cse-in/CtpA1/pch"),
            Request::update("cse-in/CtpA1/pch", json!({ "m2m:pch": { "lbl": ["x"] } })),
            Request::delete("cse-in/CtpA1/pch"),
        ] {
            assert_eq!(bench.status(request.from(other)).await, DENIED);
        }
        assert_eq!(bench.status(poll(other)).await, DENIED);
        assert_eq!(
            bench.status(answer(&json!("poll-0000001"), other)).await,
            DENIED
        );
    }
    let delete = Request::delete("cse-in/CtpA1/pch").from("CtpA1");
    assert_eq!(bench.status(delete).await, DELETED);
}

#[tokio::test]
async fn channel_uri_is_polled_and_notified_only() {
    let bench = bench().await;
    for request in [
        Request::create("cse-in/CtpA1/pch/pcu", 4, instance()),
        Request::update("cse-in/CtpA1/pch/pcu", json!({ "m2m:pch": {} })),
        Request::delete("cse-in/CtpA1/pch/pcu"),
    ] {
        assert_eq!(
            bench.status(request.from("CtpA1")).await,
            ResponseStatusCode::OPERATION_NOT_ALLOWED
        );
    }
}

#[tokio::test]
async fn poll_with_nothing_to_get_ends_with_its_expiration() {
    let bench = bench().await;
    assert_eq!(bench.status(poll("CtpA1")).await, TIMEOUT);
}

#[tokio::test]
async fn request_and_response_pass_through_the_channel() {
    let bench = bench().await;
    let content = json!({ "m2m:sgn": { "sur": "x" } });
    let notify = Request::notify("CtpA1", content.clone()).from("CtpA2");
    let owner = async {
        let polled = bench.send(poll("CtpA1")).await;
        assert_eq!(polled.status, OK);
        let request = polled.content.unwrap()["m2m:rqp"].clone();
        let wrong = answer(&json!("poll-9999999"), "CtpA1");
        assert!(!bench.status(wrong).await.is_success());
        let answered = bench.status(answer(&request["rqi"], "CtpA1")).await;
        assert_eq!(answered, OK);
        request
    };
    let (response, request): (Response, Value) = tokio::join!(bench.send(notify), owner);
    assert_eq!(response.status, OK);
    assert_eq!(response.request_identifier.as_deref(), Some("rqi1"));
    assert_eq!(request["op"], json!(5));
    assert_eq!(request["fr"], json!("CtpA2"));
    assert_eq!(request["pc"], content);
}

#[tokio::test]
async fn notifications_of_a_subscription_wait_to_be_polled() {
    let bench = bench().await;
    bench
        .container(json!([{ "acor": ["CtpA1", "CtpA2"], "acop": 63 }]))
        .await;
    let content = json!({ "m2m:sub": { "nu": ["/id-in/CtpA1"], "enc": { "net": [3] } } });
    let subscribe = Request::create("cse-in/cntT", 23, content).from("CtpA1");
    assert_eq!(bench.status(subscribe).await, CREATED);
    let create = Request::create("cse-in/cntT", 4, instance()).from("CtpA2");
    assert_eq!(bench.status(create).await, CREATED);
    let polled = bench.send(poll("CtpA1")).await.content.unwrap();
    let notification = &polled["m2m:rqp"]["pc"]["m2m:sgn"]["nev"]["rep"];
    assert_eq!(notification["m2m:cin"]["con"], json!("tp"));
    assert_eq!(bench.status(poll("CtpA1")).await, TIMEOUT);
}

#[tokio::test]
async fn poll_ends_when_its_channel_goes() {
    let bench = bench().await;
    let delete = Request::delete("cse-in/CtpA1/pch").from("CtpA1");
    let (polled, deleted) = tokio::join!(bench.status(poll("CtpA1")), async {
        tokio::task::yield_now().await;
        bench.status(delete).await
    });
    assert_eq!(deleted, DELETED);
    assert!(!polled.is_success());
}
