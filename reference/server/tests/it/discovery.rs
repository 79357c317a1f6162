use onem2m_primitive::{AttributeFilter, FilterCriteria, Request};
use serde_json::{Value, json};

use crate::bench::{ADMIN, Bench, CREATED, OK};

fn discovery() -> FilterCriteria {
    FilterCriteria {
        filter_usage: Some(1),
        ..FilterCriteria::default()
    }
}

async fn found(bench: &Bench, from: &str, filter: FilterCriteria) -> Value {
    let response = bench
        .send(Request::retrieve("cse-in").from(from).filtered(filter))
        .await;
    assert_eq!(response.status, OK);
    response.content.unwrap()["m2m:uril"].clone()
}

/// `cse-in/cntT` with `outer` that AE2 may not discover, and `inner` below that it may.
async fn nested() -> Bench {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 32 }]))
        .await;
    let hidden = bench
        .policy("acpHidden", json!([{ "acor": [ADMIN], "acop": 63 }]))
        .await;
    for (to, name, policies) in [
        ("cse-in/cntT", "outer", json!([hidden])),
        (
            "cse-in/cntT/outer",
            "inner",
            json!(["cse-in/acpT", "cse-in/acpCtl"]),
        ),
    ] {
        let content = json!({ "m2m:cnt": { "rn": name, "acpi": policies, "lbl": [name] } });
        assert_eq!(
            bench
                .status(Request::create(to, 3, content).from(ADMIN))
                .await,
            CREATED
        );
    }
    bench
}

#[tokio::test]
async fn forbidden_resource_is_skipped_and_what_is_below_is_not() {
    let bench = nested().await;
    let containers = FilterCriteria {
        resource_types: vec![3],
        ..discovery()
    };
    let listed = found(&bench, "CtpA2", containers).await;
    assert_eq!(listed, json!(["cse-in/cntT", "cse-in/cntT/outer/inner"]));
}

#[tokio::test]
async fn discovery_needs_no_right_on_its_root_and_lists_nothing_forbidden() {
    let bench = nested().await;
    let filter = FilterCriteria {
        resource_types: vec![3],
        ..discovery()
    };
    assert_eq!(found(&bench, "CtpA1", filter).await, json!([]));
}

#[tokio::test]
async fn result_has_the_form_that_is_desired() {
    let bench = nested().await;
    let request = |discovery_result_type| Request {
        discovery_result_type: Some(discovery_result_type),
        ..Request::retrieve("cse-in")
            .from("CtpA2")
            .filtered(FilterCriteria {
                labels: vec!["inner".to_owned()],
                ..discovery()
            })
    };
    for (form, expected) in [(1, "cse-in/cntT/outer/inner"), (2, "cnt0000003")] {
        let response = bench.send(request(form)).await;
        assert_eq!(response.content.unwrap()["m2m:uril"], json!([expected]));
    }
    let response = bench
        .send(Request {
            result_content: Some(6),
            ..request(1)
        })
        .await;
    let reference = json!({ "nm": "inner", "typ": 3, "val": "cse-in/cntT/outer/inner" });
    assert_eq!(
        response.content.unwrap()["m2m:rrl"]["rrf"],
        json!([reference])
    );
}

#[tokio::test]
async fn conditions_of_different_tags_hold_together_or_alternatively() {
    let bench = nested().await;
    let conditions = |filter_operation| FilterCriteria {
        labels: vec!["outer".to_owned()],
        attributes: vec![AttributeFilter {
            name: "rn".to_owned(),
            value: "inn*".to_owned(),
        }],
        filter_operation,
        ..discovery()
    };
    assert_eq!(found(&bench, ADMIN, conditions(None)).await, json!([]));
    let either = json!(["cse-in/cntT/outer", "cse-in/cntT/outer/inner"]);
    assert_eq!(found(&bench, ADMIN, conditions(Some(2))).await, either);
}

#[tokio::test]
async fn limit_level_and_offset_cut_the_result() {
    let bench = nested().await;
    let containers = || FilterCriteria {
        resource_types: vec![3],
        ..discovery()
    };
    let outer = json!(["cse-in/cntT/outer"]);
    let limited = FilterCriteria {
        limit: Some(1),
        offset: Some(2),
        ..containers()
    };
    assert_eq!(found(&bench, ADMIN, limited).await, outer);
    let shallow = FilterCriteria {
        level: Some(1),
        ..containers()
    };
    assert_eq!(found(&bench, ADMIN, shallow).await, json!(["cse-in/cntT"]));
}

#[tokio::test]
async fn conditions_on_times_and_sizes_are_half_open() {
    let bench = nested().await;
    bench.advance(10);
    let content = json!({ "m2m:cin": { "rn": "cin1", "con": "12345", "cnf": "text/plain:0" } });
    assert_eq!(
        bench
            .status(Request::create("cse-in/cntT", 4, content).from(ADMIN))
            .await,
        CREATED
    );
    let instance = json!(["cse-in/cntT/cin1"]);
    let after = FilterCriteria {
        created_after: Some("20251120T132740".to_owned()),
        ..discovery()
    };
    assert_eq!(found(&bench, ADMIN, after).await, instance);
    let sized = FilterCriteria {
        size_above: Some(5),
        size_below: Some(6),
        ..discovery()
    };
    assert_eq!(found(&bench, ADMIN, sized).await, instance);
    let smaller = FilterCriteria {
        size_below: Some(5),
        ..discovery()
    };
    assert_eq!(found(&bench, ADMIN, smaller).await, json!([]));
    let typed = FilterCriteria {
        content_types: vec!["text/plain".to_owned()],
        ..discovery()
    };
    assert_eq!(found(&bench, ADMIN, typed).await, instance);
}

#[tokio::test]
async fn points_of_access_cannot_be_guessed_by_a_filter() {
    let bench = Bench::with_point_of_access(34).await;
    let guess = || FilterCriteria {
        attributes: vec![AttributeFilter {
            name: "poa".to_owned(),
            value: "http://203*".to_owned(),
        }],
        ..discovery()
    };
    assert_eq!(
        found(&bench, "CtpA1", guess()).await,
        json!(["cse-in/CtpA1"])
    );
    assert_eq!(found(&bench, "CtpA2", guess()).await, json!([]));
}
