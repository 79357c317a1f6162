use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, DENIED, OK, UPDATED};

const AE2: &str = "CtpA2";

fn update(attributes: Value) -> Request {
    Request::update("cse-in/cntT", json!({ "m2m:cnt": attributes })).from(AE2)
}

/// A bench with `cse-in/cntT` governed by `cse-in/acpT`, in which AE2 has these operations in pv and pvs, and with
/// `cse-in/acpN`, which gives AE2 everything.
async fn linked(privileges: u32, self_privileges: u32) -> Bench {
    let bench = Bench::with_two().await;
    let rules = |acop: u32| json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }, { "acor": [AE2], "acop": acop }] });
    for (name, privileges, self_privileges) in
        [("acpT", privileges, self_privileges), ("acpN", 63, 63)]
    {
        let content = json!({ "m2m:acp": { "rn": name, "pv": rules(privileges), "pvs": rules(self_privileges) } });
        assert_eq!(
            bench
                .status(Request::create("cse-in", 1, content).from(ADMIN))
                .await,
            CREATED
        );
    }
    let content = json!({ "m2m:cnt": { "rn": "cntT", "acpi": ["cse-in/acpT"], "lbl": ["old"] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in", 3, content).from(ADMIN))
            .await,
        CREATED
    );
    bench
}

#[tokio::test]
async fn links_are_guarded_by_update_in_self_privileges() {
    for (privileges, self_privileges, expected) in [(2, 4, UPDATED), (63, 59, DENIED)] {
        let bench = linked(privileges, self_privileges).await;
        assert_eq!(
            bench
                .status(update(json!({ "acpi": ["cse-in/acpN"] })))
                .await,
            expected
        );
        assert_eq!(
            bench.status(update(json!({ "acpi": null }))).await,
            match expected {
                UPDATED => UPDATED,
                _ => DENIED,
            }
        );
    }
}

#[tokio::test]
async fn other_attributes_are_guarded_by_privileges() {
    let bench = linked(2, 63).await;
    assert_eq!(
        bench.status(update(json!({ "lbl": ["new"] }))).await,
        DENIED
    );
    assert_eq!(bench.attribute("cse-in/cntT", "lbl").await, json!(["old"]));
}

#[tokio::test]
async fn links_come_alone() {
    let bench = linked(63, 63).await;
    assert_eq!(
        bench
            .status(update(json!({ "acpi": ["cse-in/acpN"], "lbl": ["new"] })))
            .await,
        BAD_REQUEST
    );
    assert_eq!(
        bench.attribute("cse-in/cntT", "acpi").await,
        json!(["cse-in/acpT"])
    );
}

#[tokio::test]
async fn links_that_say_nothing_are_refused() {
    let bench = linked(63, 63).await;
    for links in [
        json!([]),
        json!(["cse-in/none"]),
        json!(["cse-in/cntT"]),
        json!("cse-in/acpN"),
    ] {
        assert_eq!(
            bench.status(update(json!({ "acpi": links }))).await,
            BAD_REQUEST,
            "{links}"
        );
        let content = json!({ "m2m:cnt": { "acpi": links } });
        assert_eq!(
            bench
                .status(Request::create("cse-in", 3, content).from(ADMIN))
                .await,
            BAD_REQUEST,
            "{links}"
        );
    }
}

#[tokio::test]
async fn without_links_the_creator_alone_has_access() {
    let bench = linked(63, 4).await;
    assert_eq!(bench.status(update(json!({ "acpi": null }))).await, UPDATED);
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/cntT").from(AE2))
            .await,
        DENIED
    );
    assert_eq!(bench.attribute("cse-in/cntT", "acpi").await, Value::Null);
}

#[tokio::test]
async fn policy_is_found_in_every_form_of_its_identifier() {
    let bench = linked(2, 2).await;
    for link in [
        "acp0000001",
        "cse-in/acpT",
        "/id-in/cse-in/acpT",
        "//onem2m.example/id-in/cse-in/acpT",
        "-/acpT",
    ] {
        let content = json!({ "m2m:cnt": { "acpi": [link] } });
        let created = bench
            .send(Request::create("cse-in", 3, content).from(ADMIN))
            .await;
        assert_eq!(created.status, CREATED, "{link}");
        let id = crate::bench::representation(&created)["ri"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(
            bench.status(Request::retrieve(id).from(AE2)).await,
            OK,
            "{link}"
        );
    }
}

#[tokio::test]
async fn deleted_policy_closes_and_hides_no_other() {
    let bench = linked(63, 63).await;
    let both = json!({ "m2m:cnt": { "rn": "both", "acpi": ["cse-in/acpT", "cse-in/acpN"] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in", 3, both).from(ADMIN))
            .await,
        CREATED
    );
    assert_eq!(
        bench
            .status(Request::delete("cse-in/acpT").from(ADMIN))
            .await,
        DELETED
    );
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/both").from(AE2))
            .await,
        OK
    );
    for from in [AE2, ADMIN] {
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
async fn creating_with_links_needs_no_right_on_the_policy() {
    let bench = linked(2, 2).await;
    let content = json!({ "m2m:cnt": { "acpi": ["cse-in/acpT"] } });
    assert_eq!(
        bench
            .status(Request::create("CtpA1", 3, content).from("CtpA1"))
            .await,
        CREATED
    );
}

#[tokio::test]
async fn instance_takes_no_links_and_no_update() {
    let bench = linked(63, 63).await;
    let content = json!({ "m2m:cin": { "con": "x", "acpi": ["cse-in/acpT"] } });
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 4, content).from(AE2))
            .await,
        BAD_REQUEST
    );
    let content = json!({ "m2m:cin": { "rn": "cin1", "con": "x" } });
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 4, content.clone()).from(AE2))
            .await,
        CREATED
    );
    let update = Request::update("cse-in/cntT/cin1", content).from(AE2);
    assert_eq!(
        bench.status(update).await,
        ResponseStatusCode::OPERATION_NOT_ALLOWED
    );
}
