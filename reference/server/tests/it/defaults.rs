use onem2m_primitive::Request;
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, DENIED, NOT_FOUND, OK, UPDATED, container,
    instance, representation,
};

async fn create(bench: &Bench, to: &str, from: &str, attributes: Value) -> Value {
    let response = bench
        .send(Request::create(to, 3, json!({ "m2m:cnt": attributes })).from(from))
        .await;
    assert_eq!(response.status, CREATED, "{response:?}");
    representation(&response)
}

#[tokio::test]
async fn creator_alone_has_full_access_without_policies() {
    let bench = Bench::with_two().await;
    create(&bench, "CtpA1", "CtpA1", json!({ "rn": "c" })).await;
    for (from, expected) in [
        ("CtpA2", [DENIED; 4]),
        (ADMIN, [DENIED; 4]),
        ("CtpA1", [OK, CREATED, UPDATED, DELETED]),
    ] {
        let to = "cse-in/CtpA1/c";
        let requests = [
            Request::retrieve(to),
            Request::create(to, 4, instance()),
            Request::update(to, json!({ "m2m:cnt": { "lbl": ["x"] } })),
            Request::delete(to),
        ];
        for (request, expected) in requests.into_iter().zip(expected) {
            assert_eq!(bench.status(request.from(from)).await, expected, "{from}");
        }
    }
}

#[tokio::test]
async fn parent_and_its_owner_play_no_part() {
    let bench = Bench::with_two().await;
    let policy = bench
        .policy(
            "acpAE",
            json!([{ "acor": ["CtpA2"], "acop": 63 }, { "acor": ["CtpA1"], "acop": 1 }]),
        )
        .await;
    let update = Request::update("CtpA1", json!({ "m2m:ae": { "acpi": [policy] } }));
    assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
    for (creator, other) in [("CtpA1", "CtpA2"), ("CtpA2", "CtpA1")] {
        let id = create(&bench, "CtpA1", creator, json!({})).await["ri"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(bench.status(Request::retrieve(&id).from(creator)).await, OK);
        assert_eq!(
            bench.status(Request::retrieve(&id).from(other)).await,
            DENIED
        );
    }
}

#[tokio::test]
async fn creator_attribute_is_filled_in_and_cannot_be_supplied() {
    let bench = Bench::with_two().await;
    assert_eq!(
        create(&bench, "CtpA1", "CtpA1", json!({ "cr": null })).await["cr"],
        json!("CtpA1")
    );
    assert_eq!(
        create(&bench, "CtpA1", "CtpA1", json!({})).await.get("cr"),
        None
    );
    let supplied = Request::create("CtpA1", 3, json!({ "m2m:cnt": { "cr": "CtpA2" } }));
    assert_eq!(bench.status(supplied.from("CtpA1")).await, BAD_REQUEST);
}

#[tokio::test]
async fn creator_has_no_right_beyond_the_policies_that_are_set() {
    let bench = Bench::with_two().await;
    let policy = bench
        .policy("acpT", json!([{ "acor": [ADMIN], "acop": 63 }]))
        .await;
    create(&bench, "CtpA1", "CtpA1", json!({ "rn": "c" })).await;
    let update = Request::update("cse-in/CtpA1/c", json!({ "m2m:cnt": { "acpi": [policy] } }));
    assert_eq!(bench.status(update.from("CtpA1")).await, UPDATED);
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/CtpA1/c").from("CtpA1"))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn instance_is_governed_by_its_container() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 3 }]))
        .await;
    for (name, from) in [("cin1", ADMIN), ("cin2", "CtpA2")] {
        let content = json!({ "m2m:cin": { "rn": name, "con": "x" } });
        assert_eq!(
            bench
                .status(Request::create("cse-in/cntT", 4, content).from(from))
                .await,
            CREATED
        );
    }
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT/cin1").from("CtpA2"))
            .await,
        OK
    );
    assert_eq!(
        bench
            .status(Request::delete("cse-in/cntT/cin2").from("CtpA2"))
            .await,
        DENIED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT/cin1").from("CtpA1"))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn latest_and_oldest_are_governed_by_the_container() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 2 }]))
        .await;
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 4, instance()).from(ADMIN))
            .await,
        CREATED
    );
    for to in ["cse-in/cntT/la", "cse-in/cntT/ol"] {
        assert_eq!(bench.status(Request::retrieve(to).from("CtpA2")).await, OK);
        assert_eq!(
            bench.status(Request::delete(to).from("CtpA2")).await,
            DENIED
        );
        assert_eq!(
            bench.status(Request::retrieve(to).from("CtpA1")).await,
            DENIED
        );
    }
}

#[tokio::test]
async fn time_series_instance_is_governed_by_its_series() {
    let bench = Bench::with_two().await;
    let policy = bench
        .policy(
            "acpT",
            json!([{ "acor": ["CtpA2"], "acop": 2 }, { "acor": [ADMIN], "acop": 63 }]),
        )
        .await;
    let series = json!({ "m2m:ts": { "rn": "tsT", "acpi": [policy] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in", 29, series).from(ADMIN))
            .await,
        CREATED
    );
    let instance = json!({ "m2m:tsi": { "rn": "tsi1", "dgt": "20251120T132730", "con": "1" } });
    assert_eq!(
        bench
            .status(Request::create("cse-in/tsT", 30, instance).from(ADMIN))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/tsT/tsi1").from("CtpA2"))
            .await,
        OK
    );
    assert_eq!(
        bench
            .status(Request::delete("cse-in/tsT/tsi1").from("CtpA2"))
            .await,
        DENIED
    );
}

#[tokio::test]
async fn create_is_judged_by_the_parent_and_not_by_what_the_child_brings() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 62 }]))
        .await;
    let all = bench
        .policy("acpAll", json!([{ "acor": ["CtpA2"], "acop": 63 }]))
        .await;
    let content = json!({ "m2m:cnt": { "rn": "tpKid", "acpi": [all] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 3, content).from("CtpA2"))
            .await,
        DENIED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT/tpKid").from(ADMIN))
            .await,
        NOT_FOUND
    );
}

#[tokio::test]
async fn delete_takes_children_that_would_refuse() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 8 }]))
        .await;
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 3, container()).from(ADMIN))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::delete("cse-in/cntT").from("CtpA2"))
            .await,
        DELETED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cnt0000002").from(ADMIN))
            .await,
        NOT_FOUND
    );
}

#[tokio::test]
async fn points_of_access_are_shown_to_their_application_only() {
    let bench = Bench::with_point_of_access(2).await;
    for (from, is_shown) in [("CtpA1", true), ("CtpA2", false)] {
        for attribute_list in [vec![], vec!["poa".to_owned()]] {
            let request = Request {
                attribute_list,
                ..Request::retrieve("CtpA1").from(from)
            };
            let shown = bench.send(request).await.content.unwrap().to_string();
            assert_eq!(shown.contains("203.0.113.5"), is_shown, "{from}");
        }
    }
}
