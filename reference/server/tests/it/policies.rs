use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, DENIED, NOT_FOUND, OK, UPDATED, container,
    representation,
};

fn acp(attributes: Value) -> Request {
    Request::create("cse-in", 1, json!({ "m2m:acp": attributes })).from(ADMIN)
}

fn rules(originator: &str, acop: u32) -> Value {
    json!({ "acr": [{ "acor": [originator], "acop": acop }] })
}

#[tokio::test]
async fn policy_is_returned_as_it_was_written() {
    let bench = Bench::new();
    let privileges = json!({ "acr": [
        { "acor": ["CtpA1"], "acop": 63 },
        { "acor": ["CtpA2", "//x.example"], "acop": 35, "acco": [{ "actw": ["* * 8-17 * * 1-5 *"] }], "acod": [{ "chty": [3] }] },
    ] });
    let created = bench
        .send(acp(
            json!({ "rn": "acpT", "pv": privileges, "pvs": rules(ADMIN, 63) }),
        ))
        .await;
    assert_eq!(created.status, CREATED);
    let retrieved = representation(
        &bench
            .send(Request::retrieve("cse-in/acpT").from(ADMIN))
            .await,
    );
    assert_eq!(retrieved["pv"], privileges);
    assert_eq!(retrieved["ct"], retrieved["lt"]);
    assert_eq!(retrieved["pi"], json!("cb0000001"));
    assert_eq!(retrieved.get("acpi"), None);
}

#[tokio::test]
async fn policy_is_judged_by_its_self_privileges_only() {
    let bench = Bench::with_two().await;
    let shielded = json!({ "rn": "shielded", "pv": rules("all", 63), "pvs": rules(ADMIN, 63) });
    let managed = json!({ "rn": "managed", "pv": { "acr": [] }, "pvs": rules("CtpA2", 15) });
    for attributes in [shielded, managed] {
        assert_eq!(bench.status(acp(attributes)).await, CREATED);
    }
    let relabel = json!({ "m2m:acp": { "lbl": ["n"] } });
    for (name, expected) in [
        ("cse-in/shielded", [DENIED; 3]),
        ("cse-in/managed", [OK, UPDATED, DELETED]),
    ] {
        let requests = [
            Request::retrieve(name),
            Request::update(name, relabel.clone()),
            Request::delete(name),
        ];
        for (request, expected) in requests.into_iter().zip(expected) {
            assert_eq!(
                bench.status(request.from("CtpA2")).await,
                expected,
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn partial_retrieval_of_a_policy_needs_self_privileges_too() {
    let bench = Bench::with_two().await;
    bench
        .status(acp(
            json!({ "rn": "acpT", "pv": rules("CtpA2", 63), "pvs": rules(ADMIN, 63) }),
        ))
        .await;
    let request = Request {
        attribute_list: vec!["pv".to_owned()],
        ..Request::retrieve("cse-in/acpT")
    };
    assert_eq!(bench.status(request.clone().from("CtpA2")).await, DENIED);
    let shown = representation(&bench.send(request.from(ADMIN)).await);
    assert_eq!(shown, json!({ "pv": rules("CtpA2", 63) }));
}

#[tokio::test]
async fn self_privileges_hold_at_least_one_rule() {
    let bench = Bench::new();
    for value in [json!({ "acr": [] }), json!({}), Value::Null] {
        assert_eq!(
            bench.status(acp(json!({ "pv": {}, "pvs": value }))).await,
            BAD_REQUEST
        );
    }
    assert_eq!(bench.status(acp(json!({ "pv": {} }))).await, BAD_REQUEST);
    assert_eq!(
        bench
            .status(acp(
                json!({ "rn": "acpT", "pv": {}, "pvs": rules(ADMIN, 63) })
            ))
            .await,
        CREATED
    );
    for value in [json!({ "acr": [] }), Value::Null] {
        let update = Request::update("cse-in/acpT", json!({ "m2m:acp": { "pvs": value } }));
        assert_eq!(bench.status(update.from(ADMIN)).await, BAD_REQUEST);
    }
    assert_eq!(
        bench.attribute("cse-in/acpT", "pvs").await,
        rules(ADMIN, 63)
    );
}

#[tokio::test]
async fn empty_self_privileges_are_refused_before_rights() {
    let bench = Bench::with_two().await;
    let content = json!({ "m2m:acp": { "pv": {}, "pvs": { "acr": [] } } });
    assert_eq!(
        bench
            .status(Request::create("cse-in", 1, content).from("CtpA2"))
            .await,
        BAD_REQUEST
    );
}

#[tokio::test]
async fn privileges_can_be_empty_and_cannot_be_deleted() {
    let bench = Bench::new();
    assert_eq!(
        bench
            .status(acp(
                json!({ "rn": "acpT", "pv": { "acr": [] }, "pvs": rules(ADMIN, 63) })
            ))
            .await,
        CREATED
    );
    let update = Request::update("cse-in/acpT", json!({ "m2m:acp": { "pv": null } }));
    assert_eq!(bench.status(update.from(ADMIN)).await, BAD_REQUEST);
}

#[tokio::test]
async fn attributes_that_are_not_in_the_table_are_refused() {
    let bench = Bench::new();
    for (name, value) in [
        ("acpi", json!(["cse-in/acpX"])),
        ("cr", Value::Null),
        ("cstn", json!("CtpA1")),
        ("ri", json!("acp4711")),
        ("ct", json!("20251120T132730")),
        ("lt", json!("20251120T132730")),
        ("pi", json!("cb")),
        ("ty", json!(1)),
        ("PV", json!({})),
        ("privileges", json!({})),
    ] {
        let mut attributes = json!({ "pv": {}, "pvs": rules(ADMIN, 63) });
        attributes[name] = value;
        assert_eq!(bench.status(acp(attributes)).await, BAD_REQUEST, "{name}");
    }
}

#[tokio::test]
async fn distributed_authorization_is_not_implemented() {
    let bench = Bench::new();
    for name in ["adri", "apri", "airi"] {
        let mut attributes = json!({ "pv": {}, "pvs": rules(ADMIN, 63) });
        attributes[name] = json!(["/tpc2/pdp"]);
        assert_eq!(
            bench.status(acp(attributes)).await,
            ResponseStatusCode::NOT_IMPLEMENTED,
            "{name}"
        );
    }
}

#[tokio::test]
async fn malformed_rules_are_refused() {
    let bench = Bench::new();
    for rule in [
        json!({ "acor": ["CtpA2"], "acop": 0 }),
        json!({ "acor": ["CtpA2"], "acop": 64 }),
        json!({ "acor": ["CtpA2"], "acop": "63" }),
        json!({ "acor": ["CtpA2"] }),
        json!({ "acop": 63 }),
        json!({ "acor": ["CtpA2"], "acop": 63, "acco": [{ "actw": ["* * * * * *"] }] }),
        json!({ "acor": ["CtpA2"], "acop": 63, "accp": 1 }),
        json!({ "acor": ["CtpA2"], "acop": 63, "acco": [{ "aclr": { "accr": [91.0, 0.0, 1.0] } }] }),
    ] {
        let attributes = json!({ "pv": { "acr": [rule] }, "pvs": rules(ADMIN, 63) });
        assert_eq!(bench.status(acp(attributes)).await, BAD_REQUEST, "{rule}");
    }
}

#[tokio::test]
async fn update_of_privileges_counts_from_the_next_request_on() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 2 }]))
        .await;
    let retrieve = |from: &str| Request::retrieve("cse-in/cntT").from(from);
    assert_eq!(bench.status(retrieve("CtpA2")).await, OK);
    let update = Request::update(
        "cse-in/acpT",
        json!({ "m2m:acp": { "pv": rules("CtpA1", 2) } }),
    );
    assert_eq!(bench.status(update.from(ADMIN)).await, UPDATED);
    assert_eq!(bench.status(retrieve("CtpA2")).await, DENIED);
    assert_eq!(bench.status(retrieve("CtpA1")).await, OK);
}

#[tokio::test]
async fn policies_have_their_places_and_their_children() {
    let bench = Bench::with_two().await;
    let attributes = json!({ "m2m:acp": { "rn": "acpA", "pv": {}, "pvs": rules("CtpA1", 63) } });
    assert_eq!(
        bench
            .status(Request::create("CtpA1", 1, attributes.clone()).from("CtpA1"))
            .await,
        CREATED
    );
    let misplaced = ResponseStatusCode::INVALID_CHILD_RESOURCE_TYPE;
    let below_policy = Request::create("cse-in/CtpA1/acpA", 3, container());
    assert_eq!(bench.status(below_policy.from("CtpA1")).await, misplaced);
    assert_eq!(
        bench
            .status(Request::create("CtpA1", 3, json!({ "m2m:cnt": { "rn": "c" } })).from("CtpA1"))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::create("cse-in/CtpA1/c", 1, attributes).from("CtpA1"))
            .await,
        misplaced
    );
}

#[tokio::test]
async fn expired_policy_is_gone_and_opens_nothing() {
    let bench = Bench::with_two().await;
    let attributes = json!({ "rn": "acpT", "pv": rules("CtpA2", 2), "pvs": rules(ADMIN, 63), "et": "20251120T132750" });
    let created = representation(&bench.send(acp(attributes)).await);
    assert_eq!(created["et"], json!("20251120T132750"));
    let content = json!({ "m2m:cnt": { "rn": "cntT", "acpi": ["cse-in/acpT"] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in", 3, content).from(ADMIN))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT").from("CtpA2"))
            .await,
        OK
    );
    bench.advance(20);
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/acpT").from(ADMIN))
            .await,
        NOT_FOUND
    );
    for from in ["CtpA2", ADMIN] {
        assert_eq!(
            bench
                .status(Request::retrieve("cse-in/cntT").from(from))
                .await,
            DENIED,
            "{from}"
        );
    }
}

#[tokio::test]
async fn very_large_policy_is_taken_and_judged() {
    let bench = Bench::with_two().await;
    let originators: Vec<String> = (0..20).map(|number| format!("/tpz/C{number:04}")).collect();
    let mut many = vec![json!({ "acor": originators, "acop": 2 }); 5000];
    many.push(json!({ "acor": ["CtpA2"], "acop": 2 }));
    bench.container(json!(many)).await;
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT").from("CtpA2"))
            .await,
        OK
    );
}
