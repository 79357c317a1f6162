use onem2m_primitive::{FilterCriteria, Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, Bench, CREATED, DELETED, DENIED, NOT_FOUND, OK, UPDATED, container, instance,
    representation,
};

const AE2: &str = "CtpA2";

fn rule(acop: u32) -> Value {
    json!([{ "acor": [AE2], "acop": acop }])
}

fn relabel() -> Value {
    json!({ "m2m:cnt": { "lbl": ["tpX"] } })
}

#[tokio::test]
async fn each_operation_needs_its_own_bit_and_nothing_else() {
    for (bit, permitted) in [
        (1, [CREATED, DENIED, DENIED, DENIED]),
        (62, [DENIED, OK, UPDATED, DELETED]),
    ] {
        let bench = Bench::with_two().await;
        bench.container(rule(bit)).await;
        let requests = [
            Request::create("cse-in/cntT", 4, instance()),
            Request::retrieve("cse-in/cntT"),
            Request::update("cse-in/cntT", relabel()),
            Request::delete("cse-in/cntT"),
        ];
        for (request, expected) in requests.into_iter().zip(permitted) {
            assert_eq!(bench.status(request.from(AE2)).await, expected);
        }
    }
}

#[tokio::test]
async fn denial_shows_nothing_of_the_target() {
    let bench = Bench::with_two().await;
    bench.container(rule(61)).await;
    let response = bench.send(Request::retrieve("cse-in/cntT").from(AE2)).await;
    assert_eq!(response.status, DENIED);
    assert!(!response.content.unwrap().to_string().contains("tpT"));
}

#[tokio::test]
async fn denied_update_changes_nothing() {
    let bench = Bench::with_two().await;
    bench.container(rule(59)).await;
    assert_eq!(
        bench
            .status(Request::update("cse-in/cntT", relabel()).from(AE2))
            .await,
        DENIED
    );
    assert_eq!(bench.attribute("cse-in/cntT", "lbl").await, json!(["tpT"]));
}

#[tokio::test]
async fn window_is_judged_by_the_clock_of_the_cse() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": [AE2], "acop": 2, "acco": [{ "actw": ["* 27 13 * * * *"] }] }]))
        .await;
    let retrieve = || Request {
        originating_timestamp: Some("20251120T132700".to_owned()),
        ..Request::retrieve("cse-in/cntT").from(AE2)
    };
    assert_eq!(bench.status(retrieve()).await, OK);
    bench.advance(35);
    assert_eq!(bench.status(retrieve()).await, DENIED);
}

#[tokio::test]
async fn address_is_that_of_the_connection() {
    let bench = Bench::with_two().await;
    for (network, expected) in [("192.0.2.0/24", OK), ("198.51.100.0/24", DENIED)] {
        let policy = bench
            .policy(
                &network.replace('/', "-"),
                json!([{ "acor": [AE2], "acop": 2, "acco": [{ "acip": { "ipv4": [network] } }] }]),
            )
            .await;
        let content = json!({ "m2m:cnt": { "acpi": [policy] } });
        let created = bench
            .send(Request::create("cse-in", 3, content).from(ADMIN))
            .await;
        let id = representation(&created)["ri"].as_str().unwrap().to_owned();
        assert_eq!(
            bench.status(Request::retrieve(id).from(AE2)).await,
            expected,
            "{network}"
        );
    }
}

#[tokio::test]
async fn nobody_is_authenticated_over_plain_http() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": [AE2], "acop": 2, "acaf": true }]))
        .await;
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT").from(AE2))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn object_details_restrict_what_is_created() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": [AE2], "acop": 1, "acod": [{ "chty": [4] }] }]))
        .await;
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 4, instance()).from(AE2))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 3, container()).from(AE2))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn existence_is_told_before_rights() {
    let bench = Bench::with_two().await;
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/none").from(AE2))
            .await,
        NOT_FOUND
    );
}

#[tokio::test]
async fn administrator_passes_no_policy_by() {
    let bench = Bench::with_two().await;
    let policy = bench.policy("acpNobody", json!([])).await;
    let content = json!({ "m2m:cnt": { "rn": "closed", "acpi": [policy] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in", 3, content).from(ADMIN))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/closed").from(ADMIN))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn subscription_needs_create_and_retrieve() {
    for (bits, expected) in [(1, DENIED), (3, CREATED)] {
        let bench = Bench::with_two().await;
        bench.container(rule(bits)).await;
        let content =
            json!({ "m2m:sub": { "nu": ["http://ae2.example:8080/"], "enc": { "net": [1] } } });
        assert_eq!(
            bench
                .status(Request::create("cse-in/cntT", 23, content).from(AE2))
                .await,
            expected
        );
        assert_eq!(bench.inbox.received().is_empty(), expected == DENIED);
    }
}

#[tokio::test]
async fn children_appear_only_to_who_may_retrieve_them() {
    let bench = Bench::with_two().await;
    bench.container(rule(2)).await;
    let hidden = bench
        .policy("acpHidden", json!([{ "acor": [ADMIN], "acop": 63 }]))
        .await;
    for (name, policy) in [("hidden", hidden), ("shown", "cse-in/acpT".to_owned())] {
        let content = json!({ "m2m:cnt": { "rn": name, "acpi": [policy] } });
        assert_eq!(
            bench
                .status(Request::create("cse-in/cntT", 3, content).from(ADMIN))
                .await,
            CREATED
        );
    }
    for result_content in [4, 5, 6, 8] {
        let request = Request {
            result_content: Some(result_content),
            ..Request::retrieve("cse-in/cntT").from(AE2)
        };
        let shown = bench.send(request).await.content.unwrap().to_string();
        assert!(
            shown.contains("\"shown\"") && !shown.contains("hidden"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn result_content_that_the_operation_does_not_have_is_refused() {
    let bench = Bench::with_two().await;
    bench.container(rule(63)).await;
    let request = Request {
        result_content: Some(2),
        ..Request::retrieve("cse-in/cntT").from(AE2)
    };
    assert_eq!(bench.status(request).await, ResponseStatusCode::BAD_REQUEST);
    let discovery = Request::retrieve("cse-in")
        .from(AE2)
        .filtered(FilterCriteria {
            filter_usage: Some(1),
            ..FilterCriteria::default()
        });
    let request = Request {
        result_content: Some(1),
        ..discovery
    };
    assert_eq!(bench.status(request).await, ResponseStatusCode::BAD_REQUEST);
}
