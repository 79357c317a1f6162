use bytes::Bytes;
use http::{Request as HttpRequest, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use onem2m_primitive::Request;
use tokio::net::{TcpListener, TcpStream};

use crate::bench::{ADMIN, Bench, DENIED, OK, SOURCE};

fn post(body: impl Into<Bytes>) -> HttpRequest<Full<Bytes>> {
    HttpRequest::post("/cse-in")
        .header("X-M2M-Origin", ADMIN)
        .header("X-M2M-RI", "rqi9")
        .header("X-M2M-RVI", "3")
        .header("Content-Type", "application/json;ty=1")
        .body(Full::new(body.into()))
        .unwrap()
}

#[tokio::test]
async fn denial_is_forbidden_with_its_code_and_the_identifier_of_its_request() {
    let bench = Bench::with_two().await;
    let request = HttpRequest::get("/cse-in/CtpA1")
        .header("X-M2M-Origin", "CtpA2")
        .header("X-M2M-RI", "rqi9")
        .header("X-M2M-RVI", "3")
        .body(Full::default())
        .unwrap();
    let (parts, _) = bench.exchange(request).await;
    assert_eq!(parts.status, StatusCode::FORBIDDEN);
    for (name, expected) in [
        ("X-M2M-RSC", "4103"),
        ("X-M2M-RI", "rqi9"),
        ("X-M2M-RVI", "3"),
    ] {
        assert_eq!(parts.headers[name], expected, "{name}");
    }
    assert!(parts.headers.contains_key("content-length"));
}

#[tokio::test]
async fn connection_is_kept_for_the_next_request() {
    let bench = Bench::with_two().await;
    let mut sender = bench.connect(SOURCE).await;
    for _ in 0..2 {
        let response = sender.send_request(post("{}")).await.unwrap();
        assert_eq!(response.headers()["X-M2M-RSC"], "4000");
        response.into_body().collect().await.unwrap();
        sender.ready().await.unwrap();
    }
}

#[tokio::test]
async fn body_beyond_the_limit_is_refused_with_the_identifier() {
    let bench = Bench::new();
    let (parts, _) = bench.exchange(post(vec![b' '; 5 * 1024 * 1024])).await;
    assert_eq!(parts.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(parts.headers["X-M2M-RI"], "rqi9");
    assert_eq!(
        bench.status(Request::retrieve("cse-in").from(ADMIN)).await,
        OK
    );
}

#[tokio::test]
async fn deep_and_ambiguous_json_is_refused() {
    let bench = Bench::new();
    let deep = format!(
        "{{\"m2m:acp\":{{\"pv\":{}{}}}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let twice = r#"{"m2m:acp":{"pv":{"acr":[]},"pv":{"acr":[]},"pvs":{"acr":[{"acor":["CAdmin"],"acop":63}]}}}"#.to_owned();
    for body in [deep, twice, "{".to_owned(), String::new()] {
        let (parts, _) = bench.exchange(post(body)).await;
        assert_eq!(parts.headers["X-M2M-RSC"], "4000");
    }
    assert_eq!(
        bench.status(Request::retrieve("cse-in").from(ADMIN)).await,
        OK
    );
}

#[tokio::test]
async fn release_is_checked_and_absent_stands_for_the_first() {
    let bench = Bench::new();
    for (release, expected) in [
        (Some("3"), "2000"),
        (Some("2a"), "2000"),
        (Some("99"), "4001"),
        (None, "2000"),
    ] {
        let mut request = HttpRequest::get("/cse-in")
            .header("X-M2M-Origin", ADMIN)
            .header("X-M2M-RI", "rqi9");
        if let Some(release) = release {
            request = request.header("X-M2M-RVI", release);
        }
        let (parts, _) = bench.exchange(request.body(Full::default()).unwrap()).await;
        assert_eq!(parts.headers["X-M2M-RSC"], expected, "{release:?}");
        assert_eq!(parts.headers.contains_key("X-M2M-RVI"), release.is_some());
    }
}

#[tokio::test]
async fn requests_side_by_side_are_judged_each_for_itself() {
    let bench = Bench::with_two().await;
    let mut tasks = Vec::new();
    for from in ["CtpA1", "CtpA2"] {
        for to in ["CtpA1", "CtpA2"] {
            let mut sender = bench.connect(SOURCE).await;
            tasks.push(tokio::spawn(async move {
                for _ in 0..50 {
                    let request = HttpRequest::get(format!("/{to}"))
                        .header("X-M2M-Origin", from)
                        .header("X-M2M-RI", "rqi9")
                        .header("X-M2M-RVI", "3")
                        .body(Full::<Bytes>::default())
                        .unwrap();
                    let response = sender.send_request(request).await.unwrap();
                    let expected = if from == to { OK } else { DENIED };
                    assert_eq!(
                        response.headers()["X-M2M-RSC"],
                        expected.number().to_string().as_str()
                    );
                    response.into_body().collect().await.unwrap();
                    sender.ready().await.unwrap();
                }
            }));
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn socket_is_answered_like_a_pipe() {
    let bench = Bench::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(bench.cse.clone().listen(listener));
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let response = sender.send_request(post("{}")).await.unwrap();
    assert_eq!(response.headers()["X-M2M-RSC"], "4000");
}
