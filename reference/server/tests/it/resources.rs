use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, NOT_FOUND, OK, UPDATED, instance, representation,
};

async fn create(bench: &Bench, to: &str, ty: u32, content: Value) -> onem2m_primitive::Response {
    bench
        .send(Request::create(to, ty, content).from(ADMIN))
        .await
}

async fn container(attributes: Value) -> Bench {
    let bench = Bench::new();
    let content = json!({ "m2m:cnt": attributes });
    assert_eq!(create(&bench, "cse-in", 3, content).await.status, CREATED);
    bench
}

#[tokio::test]
async fn base_says_who_it_is() {
    let bench = Bench::new();
    let base = representation(&bench.send(Request::retrieve("cse-in").from(ADMIN)).await);
    assert_eq!(base["csi"], json!("/id-in"));
    assert_eq!(base["ty"], json!(5));
    assert!(base["srt"].as_array().unwrap().contains(&json!(1)));
}

#[tokio::test]
async fn every_form_of_identifier_reaches_the_resource() {
    let bench = container(json!({ "rn": "c" })).await;
    for to in [
        "cse-in/c",
        "-/c",
        "cnt0000001",
        "/id-in/cse-in/c",
        "/id-in/cnt0000001",
        "//onem2m.example/id-in/cse-in/c",
    ] {
        assert_eq!(
            bench.status(Request::retrieve(to).from(ADMIN)).await,
            OK,
            "{to}"
        );
    }
    for to in [
        "/other/cse-in/c",
        "//other.example/id-in/cse-in/c",
        "cnt0000001/c",
        "cse-in/d",
    ] {
        assert_eq!(
            bench.status(Request::retrieve(to).from(ADMIN)).await,
            NOT_FOUND,
            "{to}"
        );
    }
}

#[tokio::test]
async fn instances_are_counted_and_limited() {
    let bench = container(json!({ "rn": "c", "mni": 2, "mbs": 10 })).await;
    for content in ["one", "two", "three"] {
        let created = create(
            &bench,
            "cse-in/c",
            4,
            json!({ "m2m:cin": { "con": content } }),
        )
        .await;
        assert_eq!(created.status, CREATED);
    }
    let holder = representation(&bench.send(Request::retrieve("cse-in/c").from(ADMIN)).await);
    assert_eq!(
        (&holder["cni"], &holder["cbs"], &holder["st"]),
        (&json!(2), &json!(8), &json!(3))
    );
    assert_eq!(bench.attribute("cse-in/c/la", "con").await, json!("three"));
    assert_eq!(bench.attribute("cse-in/c/la", "st").await, json!(3));
    assert_eq!(bench.attribute("cse-in/c/ol", "con").await, json!("two"));
    let large = create(
        &bench,
        "cse-in/c",
        4,
        json!({ "m2m:cin": { "con": "eleven char" } }),
    )
    .await;
    assert_eq!(large.status, ResponseStatusCode::NOT_ACCEPTABLE);
    assert_eq!(
        bench
            .status(Request::delete("cse-in/c/la").from(ADMIN))
            .await,
        DELETED
    );
    assert_eq!(bench.attribute("cse-in/c", "cni").await, json!(1));
}

#[tokio::test]
async fn instances_live_no_longer_than_their_container_allows() {
    let bench = container(json!({ "rn": "c", "mia": 60 })).await;
    assert_eq!(
        create(&bench, "cse-in/c", 4, instance()).await.status,
        CREATED
    );
    bench.advance(59);
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/c/la").from(ADMIN))
            .await,
        OK
    );
    bench.advance(1);
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/c/la").from(ADMIN))
            .await,
        NOT_FOUND
    );
    assert_eq!(bench.attribute("cse-in/c", "cni").await, json!(0));
}

#[tokio::test]
async fn expired_resource_takes_what_is_below() {
    let bench = container(json!({ "rn": "c", "et": "20251120T132800" })).await;
    let inner = create(
        &bench,
        "cse-in/c",
        3,
        json!({ "m2m:cnt": { "rn": "d", "et": "20301120T132800" } }),
    )
    .await;
    assert_eq!(representation(&inner)["et"], json!("20251120T132800"));
    bench.advance(30);
    for to in ["cse-in/c", "cse-in/c/d", "cnt0000002"] {
        assert_eq!(
            bench.status(Request::retrieve(to).from(ADMIN)).await,
            NOT_FOUND,
            "{to}"
        );
    }
}

#[tokio::test]
async fn expiration_in_the_past_is_refused() {
    let bench = container(json!({ "rn": "c" })).await;
    let past = json!({ "m2m:cnt": { "et": "20251120T132730" } });
    assert_eq!(
        create(&bench, "cse-in", 3, past.clone()).await.status,
        BAD_REQUEST
    );
    assert_eq!(
        bench
            .status(Request::update("cse-in/c", past).from(ADMIN))
            .await,
        BAD_REQUEST
    );
}

#[tokio::test]
async fn name_is_given_once_below_a_parent() {
    let bench = container(json!({ "rn": "c" })).await;
    let again = create(&bench, "cse-in", 3, json!({ "m2m:cnt": { "rn": "c" } })).await;
    assert_eq!(again.status, ResponseStatusCode::CONFLICT);
    for name in ["", "a/b", "a b", "..", "-"] {
        let malformed = create(&bench, "cse-in", 3, json!({ "m2m:cnt": { "rn": name } })).await;
        assert_eq!(malformed.status, BAD_REQUEST, "{name:?}");
    }
}

#[tokio::test]
async fn update_keeps_times_and_deletes_by_null() {
    let bench = container(json!({ "rn": "c", "lbl": ["a"], "mni": 5 })).await;
    bench.advance(5);
    let update = Request::update("cse-in/c", json!({ "m2m:cnt": { "lbl": null, "mni": 6 } }));
    assert_eq!(bench.status(update.from(ADMIN)).await, UPDATED);
    let updated = representation(&bench.send(Request::retrieve("cse-in/c").from(ADMIN)).await);
    assert_eq!(updated.get("lbl"), None);
    assert_eq!((&updated["mni"], &updated["st"]), (&json!(6), &json!(1)));
    assert_eq!(
        (&updated["ct"], &updated["lt"]),
        (&json!("20251120T132730"), &json!("20251120T132735"))
    );
}

#[tokio::test]
async fn result_content_selects_what_a_create_returns() {
    let bench = Bench::new();
    let request = |result_content| Request {
        result_content: Some(result_content),
        ..Request::create("cse-in", 3, json!({ "m2m:cnt": { "lbl": ["x"] } })).from(ADMIN)
    };
    assert_eq!(bench.send(request(0)).await.content, None);
    assert_eq!(
        bench.send(request(2)).await.content.unwrap()["m2m:uri"],
        json!("cse-in/cnt0000002")
    );
    assert_eq!(
        bench.send(request(3)).await.content.unwrap()["m2m:rce"]["uri"],
        json!("cse-in/cnt0000003")
    );
    let modified = representation(&bench.send(request(9)).await);
    assert_eq!(
        (modified.get("lbl"), &modified["ri"]),
        (None, &json!("cnt0000004"))
    );
}

#[tokio::test]
async fn types_that_do_not_exist_or_are_not_implemented_are_told_apart() {
    let bench = Bench::new();
    for (ty, expected) in [
        (28, ResponseStatusCode::NOT_IMPLEMENTED),
        (9999, BAD_REQUEST),
        (17, ResponseStatusCode::OPERATION_NOT_ALLOWED),
        (4, ResponseStatusCode::INVALID_CHILD_RESOURCE_TYPE),
    ] {
        assert_eq!(
            create(&bench, "cse-in", ty, json!({ "m2m:x": {} }))
                .await
                .status,
            expected,
            "{ty}"
        );
    }
}

#[tokio::test]
async fn content_has_one_root_of_its_type() {
    let bench = Bench::new();
    for content in [
        json!({}),
        json!({ "m2m:cin": {} }),
        json!({ "m2m:cnt": {}, "m2m:ae": {} }),
        json!([]),
        json!({ "m2m:cnt": [] }),
    ] {
        assert_eq!(
            create(&bench, "cse-in", 3, content.clone()).await.status,
            BAD_REQUEST,
            "{content}"
        );
    }
}
