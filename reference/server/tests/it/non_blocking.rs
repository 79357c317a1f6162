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

#[tokio::test]
async fn request_for_later_is_performed_then_and_judged_as_of_its_receipt() {
    for (minute, judged) in [("27", true), ("29", false)] {
        let bench = Bench::with_two().await;
        let window = format!("* {minute} 13 * * * *");
        bench
            .container(json!([
                { "acor": ["CtpA2"], "acop": 4, "acco": [{ "actw": [window] }] },
            ]))
            .await;
        let update = Request {
            operation_execution_time: Some("20251120T132930".to_owned()),
            ..Request::update("cse-in/cntT", json!({ "m2m:cnt": { "lbl": ["tpX"] } })).from("CtpA2")
        };
        let to = accepted(&bench, update).await;
        let status = |outcome: Value| outcome["rsc"].clone();
        let before = if judged { json!(1000) } else { json!(4103) };
        assert_eq!(status(result(&bench, &to).await), before);
        assert_eq!(bench.attribute("cse-in/cntT", "lbl").await, json!(["tpT"]));
        bench.advance(130);
        let after = if judged { json!(2004) } else { json!(4103) };
        assert_eq!(status(result(&bench, &to).await), after);
        let labels = if judged {
            json!(["tpX"])
        } else {
            json!(["tpT"])
        };
        assert_eq!(bench.attribute("cse-in/cntT", "lbl").await, labels);
    }
}

#[tokio::test]
async fn request_for_later_is_cancelled_with_its_resource() {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA2"], "acop": 8 }]))
        .await;
    let delete = Request {
        operation_execution_time: Some("20251120T132930".to_owned()),
        ..Request::delete("cse-in/cntT").from("CtpA2")
    };
    let to = accepted(&bench, delete).await;
    assert_eq!(
        bench.status(Request::delete(&to).from("CtpA2")).await,
        DELETED
    );
    bench.advance(130);
    assert_eq!(bench.attribute("cse-in/cntT", "cni").await, json!(0));
}

#[tokio::test]
async fn execution_time_needs_the_non_blocking_mode() {
    let bench = Bench::with_two().await;
    let request = Request {
        operation_execution_time: Some("20251120T132930".to_owned()),
        ..Request::retrieve("CtpA1").from("CtpA1")
    };
    assert_eq!(
        bench.status(request).await,
        ResponseStatusCode::NOT_IMPLEMENTED
    );
}
