use onem2m_primitive::{Request, Response, ResponseStatusCode, ResponseType};
use serde_json::{Value, json};

use crate::bench::{Bench, DELETED, DENIED, OK, representation};

fn non_blocking(request: Request) -> Request {
    let response_type = ResponseType {
        value: 1,
        notification_uris: None,
    };
    Request {
        response_type: Some(response_type),
        ..request
    }
}

async fn accepted(bench: &Bench, request: Request) -> String {
    let response: Response = bench.send(non_blocking(request)).await;
    assert_eq!(response.status, ResponseStatusCode::ACCEPTED_SYNCH);
    response.content.unwrap()["m2m:uri"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn result(bench: &Bench, to: &str) -> Value {
    representation(&bench.send(Request::retrieve(to).from("CtpA2")).await)["ors"].clone()
}

#[tokio::test]
async fn request_resource_is_its_originators() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 2 }]))
        .await;
    let to = accepted(&bench, Request::retrieve("cse-in/cntT").from("CtpA2")).await;
    for request in [Request::retrieve(&to), Request::delete(&to)] {
        assert_eq!(bench.status(request.from("CtpA1")).await, DENIED);
    }
    let outcome = result(&bench, &to).await;
    assert_eq!(
        (&outcome["rsc"], &outcome["pc"]["m2m:cnt"]["lbl"]),
        (&json!(2000), &json!(["tpT"]))
    );
    let update = Request::update(&to, json!({ "m2m:req": { "lbl": ["x"] } }));
    assert_eq!(bench.status(update.from("CtpA2")).await, DENIED);
    assert_eq!(
        bench.status(Request::delete(&to).from("CtpA2")).await,
        DELETED
    );
}

#[tokio::test]
async fn non_blocking_request_is_judged_like_any_other() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
        .await;
    let to = accepted(&bench, Request::retrieve("cse-in/cntT").from("CtpA2")).await;
    let outcome = result(&bench, &to).await;
    assert_eq!(outcome["rsc"], json!(4103));
    assert!(!outcome.to_string().contains("tpT"));
}

#[tokio::test]
async fn blocking_response_types_are_answered_at_once() {
    let bench = Bench::with_two().await;
    for value in [3, 4] {
        let response_type = ResponseType {
            value,
            notification_uris: None,
        };
        let request = Request {
            response_type: Some(response_type),
            ..Request::retrieve("CtpA1").from("CtpA1")
        };
        assert_eq!(bench.status(request).await, OK);
    }
}
