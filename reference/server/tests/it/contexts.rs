//! What the CSE knows about a request besides the primitive: where it comes from, and where its originator is.

use http_body_util::Full;
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{Bench, DENIED, OK};

/// At 52 degrees north, just west of the antimeridian.
const LOCATED: &str = "127.0.0.1:40000";
const NOWHERE: &str = "[::1]:40000";

/// What CtpA2 is answered when it retrieves a container under one rule with this context.
async fn status(context: Value, source: &str, header: Option<(&str, &str)>) -> ResponseStatusCode {
    let bench = Bench::with_two().await;
    let rule = json!([{ "acor": ["CtpA2"], "acop": 2, "acco": [context] }]);
    bench.container(rule).await;
    let request = Request::retrieve("cse-in/cntT")
        .from("CtpA2")
        .identified("1");
    let request = Request {
        release_version: Some("3".into()),
        ..request
    };
    let mut message = encode_request(&request).unwrap().map(Full::new);
    if let Some((name, value)) = header {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        message.headers_mut().insert(name, value.parse().unwrap());
    }
    let (parts, body) = bench.exchange_from(source, message).await;
    decode_response(&parts, &body).unwrap().status
}

fn circle(latitude: f64, longitude: f64, radius: f64) -> Value {
    json!({ "aclr": { "accr": [latitude, longitude, radius] } })
}

#[tokio::test]
async fn circle_holds_whom_it_surrounds() {
    for (there, expected) in [
        (circle(52.0, 179.9995, 1.0), OK),
        (circle(52.0, -179.9995, 1000.0), OK),
        (circle(52.0, 179.9, 1000.0), DENIED),
    ] {
        assert_eq!(
            status(there.clone(), LOCATED, None).await,
            expected,
            "{there}"
        );
    }
}

#[tokio::test]
async fn country_is_that_of_the_source() {
    let countries = json!({ "aclr": { "accc": ["KR", "US"] } });
    assert_eq!(status(countries.clone(), LOCATED, None).await, OK);
    assert_eq!(status(countries, NOWHERE, None).await, DENIED);
    let others = json!({ "aclr": { "accc": ["KR"] } });
    assert_eq!(status(others, LOCATED, None).await, DENIED);
}

#[tokio::test]
async fn unknown_location_is_in_no_region() {
    assert_eq!(status(circle(0.0, 0.0, 4e7), NOWHERE, None).await, DENIED);
}

#[tokio::test]
async fn no_header_field_moves_the_source() {
    let there = json!({ "acip": { "ipv4": ["198.51.100.7"] } });
    for name in ["X-Forwarded-For", "Forwarded", "X-Real-IP", "remoteaddress"] {
        let header = Some((name, "198.51.100.7"));
        assert_eq!(
            status(there.clone(), LOCATED, header).await,
            DENIED,
            "{name}"
        );
    }
    assert_eq!(status(there, "198.51.100.7:40000", None).await, OK);
}
