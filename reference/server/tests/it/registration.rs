use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::json;

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, DENIED, OK, application, container, representation,
};

const NOT_AUTHENTICATED: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED;

fn register() -> Request {
    Request::create("cse-in", 2, application())
}

#[tokio::test]
async fn stem_in_from_becomes_identifier_of_the_application() {
    let bench = Bench::new();
    for stem in ["CtpA1", "StpA3"] {
        let registered = representation(&bench.send(register().from(stem)).await);
        assert_eq!(registered["aei"], json!(stem));
        assert_eq!(registered["ri"], json!(stem));
        assert_eq!(bench.status(Request::retrieve(stem).from(stem)).await, OK);
    }
}

#[tokio::test]
async fn stem_is_assigned_where_none_is_named() {
    let bench = Bench::new();
    for (from, first) in [(None, 'C'), (Some("C"), 'C'), (Some("S"), 'S')] {
        let request = Request {
            from: from.map(str::to_owned),
            ..register()
        };
        let registered = representation(&bench.send(request).await);
        let stem = registered["aei"].as_str().unwrap();
        assert!(stem.starts_with(first) && stem.len() > 1, "{stem}");
    }
}

#[tokio::test]
async fn same_stem_registers_once() {
    let bench = Bench::with_two().await;
    let again = bench.status(register().from("CtpA1")).await;
    assert_eq!(again, ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED);
    assert_eq!(
        bench.status(Request::delete("CtpA1").from("CtpA1")).await,
        DELETED
    );
    assert_eq!(bench.status(register().from("CtpA1")).await, CREATED);
}

#[tokio::test]
async fn mandatory_attributes_of_an_application_are_demanded() {
    let bench = Bench::new();
    for content in [
        json!({ "rr": true, "srv": ["3"] }),
        json!({ "api": "Ntest", "srv": ["3"] }),
        json!({ "api": "Ntest", "rr": true }),
        json!({ "api": "test", "rr": true, "srv": ["3"] }),
        json!({ "api": "Ntest", "rr": true, "srv": ["3"], "aei": "CtpA1" }),
    ] {
        let request = Request::create("cse-in", 2, json!({ "m2m:ae": content }));
        assert_eq!(bench.status(request.from("CtpA1")).await, BAD_REQUEST);
    }
}

#[tokio::test]
async fn unregistered_originator_is_not_authenticated() {
    let bench = Bench::with_two().await;
    for from in ["CtpA9", "/other/CtpA1", "StpA9"] {
        assert_eq!(
            bench.status(Request::retrieve("cse-in").from(from)).await,
            NOT_AUTHENTICATED,
            "{from}"
        );
    }
}

#[tokio::test]
async fn registree_names_itself_by_its_bare_stem() {
    let bench = Bench::with_two().await;
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in").from("CtpA1"))
            .await,
        OK
    );
    for from in ["/id-in/CtpA1", "//onem2m.example/id-in/CtpA1"] {
        assert_eq!(
            bench.status(Request::retrieve("cse-in").from(from)).await,
            BAD_REQUEST,
            "{from}"
        );
    }
}

#[tokio::test]
async fn cse_needs_a_security_association() {
    let bench = Bench::new();
    for from in ["/id-in", "/tpc2", "//other.example/tpc2"] {
        let status = bench.status(Request::retrieve("cse-in").from(from)).await;
        assert_eq!(
            status,
            ResponseStatusCode::SECURITY_ASSOCIATION_REQUIRED,
            "{from}"
        );
    }
}

#[tokio::test]
async fn from_is_data_and_never_a_pattern() {
    let bench = Bench::with_two().await;
    for from in [
        "C.*",
        "CtpA[12]",
        "*",
        "CtpA*",
        "CtpA1%00",
        "CtpA1\",\"CtpA2",
        "' OR '1'='1",
        "CtpA1|CtpA2",
        "all",
    ] {
        assert_eq!(
            bench.status(Request::retrieve("CtpA1").from(from)).await,
            BAD_REQUEST,
            "{from}"
        );
    }
}

#[tokio::test]
async fn request_without_from_is_refused() {
    let bench = Bench::new();
    assert_eq!(bench.status(Request::retrieve("cse-in")).await, BAD_REQUEST);
}

#[tokio::test]
async fn originator_is_checked_before_existence() {
    let bench = Bench::new();
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in/none").from("CtpA9"))
            .await,
        NOT_AUTHENTICATED
    );
}

#[tokio::test]
async fn ordinary_application_retrieves_the_base_and_creates_nothing_below() {
    let bench = Bench::with_two().await;
    assert_eq!(
        bench
            .status(Request::retrieve("cse-in").from("CtpA1"))
            .await,
        OK
    );
    assert_eq!(
        bench
            .status(Request::create("cse-in", 3, container()).from("CtpA1"))
            .await,
        DENIED
    );
    assert_eq!(
        bench
            .status(Request::create("cse-in", 3, container()).from(ADMIN))
            .await,
        CREATED
    );
}

#[tokio::test]
async fn registration_identifies_until_it_is_given_up() {
    let bench = Bench::with_two().await;
    assert_eq!(
        bench.status(Request::delete("CtpA1").from("CtpA1")).await,
        DELETED
    );
    let request = Request::retrieve("cse-in").from("CtpA1");
    assert_eq!(bench.status(request).await, NOT_AUTHENTICATED);
    let request = Request::retrieve("cse-in").from("CtpA2");
    assert_eq!(bench.status(request).await, OK);
}

#[tokio::test]
async fn registration_identifies_until_it_expires() {
    let bench = Bench::new();
    let content = json!({ "m2m:ae": {
        "api": "Ntest", "rr": true, "srv": ["3"], "et": "20251120T132740",
    } });
    let register = Request::create("cse-in", 2, content).from("CtpA1");
    assert_eq!(bench.status(register).await, CREATED);
    let request = || Request::retrieve("cse-in").from("CtpA1");
    bench.advance(9);
    assert_eq!(bench.status(request()).await, OK);
    bench.advance(1);
    assert_eq!(bench.status(request()).await, NOT_AUTHENTICATED);
}

#[tokio::test]
async fn assigned_stems_are_not_those_of_the_one_before() {
    let bench = Bench::new();
    let mut stems = Vec::new();
    for _ in 0..8 {
        let registered = representation(&bench.send(register().from("C")).await);
        let stem = registered["aei"].as_str().unwrap().to_owned();
        assert_eq!(stem.len(), 17, "{stem}");
        assert!(!stems.contains(&stem), "{stem}");
        stems.push(stem);
    }
}

#[tokio::test]
async fn application_of_release_1_need_not_say_its_releases() {
    let bench = Bench::new();
    let content = || json!({ "m2m:ae": { "api": "Ntest", "rr": true } });
    let of_release = |release: &str| Request {
        release_version: Some(release.to_owned()),
        ..Request::create("cse-in", 2, content()).from("CtpA1")
    };
    assert_eq!(bench.status(of_release("3")).await, BAD_REQUEST);
    let registered = representation(&bench.send(of_release("1")).await);
    assert_eq!(registered["srv"], json!(["1"]));
}

#[tokio::test]
async fn identifier_of_another_resource_is_no_stem_to_register_with() {
    let bench = Bench::with_two().await;
    bench.container(json!([])).await;
    let id = bench.attribute("cse-in/cntT", "ri").await;
    let register = register().from(id.as_str().unwrap());
    assert_eq!(bench.status(register).await, BAD_REQUEST);
}
