//! A key that an AE and the CSE establish with their certificates (TS-0003 V3.18.0, 8.7.2).

use onem2m_association::{ClientCredential, Session, Version};
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Clauses, EndToEnd, FailureStyle};
use serde_json::{Value, json};

use crate::authority::{Name, Order};
use crate::bench::{ADMIN, OK, representation};
use crate::escertke_side::{Ends, Initiator, message};
use crate::esprim_side::{bench, create};

const REFUSED: Result<(), ResponseStatusCode> = Err(ResponseStatusCode::BAD_REQUEST);

/// Lets an initiator take the answer to its first message, and gives its second.
async fn half(ends: &Ends, stem: &str, initiator: &mut Initiator) -> Vec<u8> {
    let first = initiator.flight();
    let answer = ends.answered(stem, &first).await.unwrap();
    initiator.0.receive(&answer);
    initiator.flight()
}

async fn created(ends: &Ends, stem: &'static str, initiator: &Initiator) -> Value {
    let side = ends.side(stem, &initiator.established()).await;
    side.exchange(&ends.bench, &side.header(), &create(stem))
        .await
}

#[tokio::test]
async fn exchange_gives_a_key_that_protects_primitives() {
    let ends = Ends::new().await;
    let mut initiator = ends.certified("CtpA1");
    ends.exchange("CtpA1", &mut initiator).await.unwrap();
    assert_eq!(
        created(&ends, "CtpA1", &initiator).await["rsc"],
        json!(2001)
    );
}

#[tokio::test]
async fn messages_are_those_of_the_table() {
    let ends = Ends::new().await;
    let mut initiator = ends.certified("CtpA1");
    let first = initiator.flight();
    let second = ends.answered("CtpA1", &first).await.unwrap();
    assert_eq!(types(&second), [2, 11, 12, 13, 14]);
    initiator.0.receive(&second);
    let third = initiator.flight();
    let fourth = ends.answered("CtpA1", &third).await.unwrap();
    assert_eq!(contents(&fourth), [20, 22]);
}

#[tokio::test]
async fn raw_public_key_is_that_of_the_configured_entity() {
    let ends = Ends::new().await;
    let mut initiator = ends.raw();
    ends.exchange("CtpA2", &mut initiator).await.unwrap();
    let denied = created(&ends, "CtpA2", &initiator).await;
    assert_eq!(denied["rsc"], json!(4103), "carried out for AE2");
    let mut nobody = ends.unbound();
    assert_eq!(ends.exchange("CtpA2", &mut nobody).await, REFUSED);
}

#[tokio::test]
async fn whoever_is_not_configured_is_refused() {
    let ends = Ends::new().await;
    let mut other = ends.certified("CtpA2");
    assert_eq!(ends.exchange("CtpA2", &mut other).await, REFUSED);
    let mut nobody = ends.client(ClientCredential::Nothing, |_| {});
    assert_eq!(ends.exchange("CtpA1", &mut nobody).await, REFUSED);
    let stranger = Order::authority("stranger").self_signed();
    let order = Order::leaf(&[Name::Uri("//onem2m.example/id-in/CtpA1")]);
    let mut untrusted = ends.showing(order.issued_by(&stranger).with(&[]));
    assert_eq!(ends.exchange("CtpA1", &mut untrusted).await, REFUSED);
}

#[tokio::test]
async fn certificate_has_to_be_that_of_the_originator() {
    let ends = Ends::new().await;
    let mut initiator = ends.certified("CtpA1");
    assert_eq!(ends.exchange("CtpA2", &mut initiator).await, REFUSED);
}

#[tokio::test]
async fn exchange_is_that_of_its_originator() {
    let ends = Ends::new().await;
    let mut initiator = ends.certified("CtpA1");
    let third = half(&ends, "CtpA1", &mut initiator).await;
    let refused = ends.answered("CtpA2", &third).await;
    assert_eq!(refused, Err(ResponseStatusCode::BAD_REQUEST));
    assert!(ends.answered("CtpA1", &third).await.is_ok());
    let again = ends.answered("CtpA1", &third).await;
    assert_eq!(again, Err(ResponseStatusCode::BAD_REQUEST));
}

#[tokio::test]
async fn new_first_message_takes_the_place_of_the_last() {
    let ends = Ends::new().await;
    let mut first = ends.certified("CtpA1");
    let third = half(&ends, "CtpA1", &mut first).await;
    let mut second = ends.certified("CtpA1");
    half(&ends, "CtpA1", &mut second).await;
    assert!(ends.answered("CtpA1", &third).await.is_err());
}

#[tokio::test]
async fn exchange_is_over_when_its_time_is() {
    let ends = Ends::new().await;
    for (waited, is_taken) in [(29, true), (30, false)] {
        let mut initiator = ends.certified("CtpA1");
        let third = half(&ends, "CtpA1", &mut initiator).await;
        ends.bench.advance(waited);
        let answer = ends.answered("CtpA1", &third).await;
        assert_eq!(answer.is_ok(), is_taken, "{waited}");
    }
}

#[tokio::test]
async fn octets_are_whole_records_in_base64() {
    let ends = Ends::new().await;
    let hello = ends.certified("CtpA1").flight();
    let mut more = hello.clone();
    more.push(0);
    for octets in [
        &hello[..hello.len() - 1],
        &more,
        &hello[5..],
        &[],
        &[22, 3, 3, 0, 0],
    ] {
        let answer = ends.answered("CtpA1", octets).await;
        assert_eq!(answer, Err(ResponseStatusCode::BAD_REQUEST));
    }
    let twice = ends.answered("CtpA1", &[&hello[..], &hello].concat()).await;
    assert_eq!(twice, Err(ResponseStatusCode::BAD_REQUEST));
    for content in [
        json!({ "sit": 6 }),
        json!({ "sit": 6, "eckm": "***" }),
        json!({ "sit": 6, "epo": "FgMB" }),
    ] {
        let request = Request::notify("cse-in", json!({ "m2m:seci": content }));
        let status = ends.bench.status(request.from("CtpA1")).await;
        assert_eq!(status, ResponseStatusCode::BAD_REQUEST);
    }
    let mut initiator = ends.certified("CtpA1");
    ends.exchange("CtpA1", &mut initiator).await.unwrap();
}

#[tokio::test]
async fn records_may_be_split_anywhere() {
    let ends = Ends::new().await;
    let mut initiator = ends.certified("CtpA1");
    let hello = initiator.flight();
    let single = hello[5..].iter().flat_map(|octet| [22, 3, 1, 0, 1, *octet]);
    let answer = ends.answered("CtpA1", &single.collect::<Vec<_>>()).await;
    initiator.0.receive(&answer.unwrap());
    let third = initiator.flight();
    assert!(ends.answered("CtpA1", &third).await.is_ok());
}

#[tokio::test]
async fn other_versions_are_refused() {
    let ends = Ends::new().await;
    for version in [Version::Tls10, Version::Tls11, Version::Tls13] {
        let order = Order::leaf(&[Name::Uri("//onem2m.example/id-in/CtpA1")]);
        let own = order.issued_by(&ends.root).with(&[]);
        let credential = ClientCredential::Certificate(own);
        let mut initiator = ends.client(credential, |configuration| {
            let (lowest, highest): (fn(_) -> _, fn(_) -> _) = match version {
                Version::Tls10 => (|_| Version::Tls10, |_| Version::Tls10),
                Version::Tls11 => (|_| Version::Tls11, |_| Version::Tls11),
                _ => (|_| Version::Tls13, |_| Version::Tls13),
            };
            configuration.clauses.minimum_version = lowest;
            configuration.clauses.maximum_version = highest;
        });
        let hello = initiator.flight();
        let answer = ends.answered("CtpA1", &hello).await;
        assert_eq!(answer, Err(ResponseStatusCode::BAD_REQUEST), "{version:?}");
    }
}

#[tokio::test]
async fn failure_is_told_by_alert_where_that_is_the_style() {
    let ends = Ends::judging_by(Clauses::SPECIFICATION, FailureStyle::Alert).await;
    let mut initiator = ends.certified("CtpA2");
    let third = half(&ends, "CtpA2", &mut initiator).await;
    let response = ends.send("CtpA2", &third).await;
    assert_eq!(response.status, OK);
    assert_eq!(contents(&message(&response)), [21]);
}

#[tokio::test]
async fn later_key_takes_the_place_of_the_earlier_one() {
    let ends = Ends::new().await;
    let mut first = ends.certified("CtpA1");
    ends.exchange("CtpA1", &mut first).await.unwrap();
    let mut second = ends.certified("CtpA1");
    ends.exchange("CtpA1", &mut second).await.unwrap();
    assert_ne!(first.established(), second.established());
    let side = ends.side("CtpA1", &first.established()).await;
    let object = side.object(&side.header(), &create("CtpA1"));
    let status = side.send(&ends.bench, &object).await.status;
    assert_eq!(status, ResponseStatusCode::ESPRIM_UNKNOWN_KEY_ID);
    assert_eq!(created(&ends, "CtpA1", &second).await["rsc"], json!(2001));
}

#[tokio::test]
async fn many_half_exchanges_keep_nobody_out() {
    let ends = Ends::new().await;
    for _ in 0..100 {
        half(&ends, "CtpA2", &mut ends.certified("CtpA2")).await;
    }
    let mut initiator = ends.certified("CtpA1");
    ends.exchange("CtpA1", &mut initiator).await.unwrap();
}

#[tokio::test]
async fn support_is_announced() {
    let ends = Ends::new().await;
    let response = ends
        .bench
        .send(Request::retrieve("cse-in").from(ADMIN))
        .await;
    assert_eq!(representation(&response)["esi"]["esf"], json!([43]));
}

#[tokio::test]
async fn cse_without_certificates_implements_none_of_it() {
    let bench = bench(EndToEnd::default()).await;
    let content = json!({ "m2m:seci": { "sit": 6, "eckm": "FgMB" } });
    let request = Request::notify("cse-in", content).from("CtpA1");
    let status = bench.status(request).await;
    assert_eq!(status, ResponseStatusCode::NOT_IMPLEMENTED);
}

/// The content types of records.
fn contents(octets: &[u8]) -> Vec<u8> {
    records(octets).map(|(kind, _)| kind).collect()
}

/// The types of handshake messages in records without protection.
fn types(octets: &[u8]) -> Vec<u8> {
    let stream: Vec<u8> = records(octets)
        .flat_map(|(_, body)| body.to_vec())
        .collect();
    let mut types = Vec::new();
    let mut rest = &stream[..];
    while let [kind, high, middle, low, behind @ ..] = rest {
        types.push(*kind);
        let length = u32::from_be_bytes([0, *high, *middle, *low]);
        rest = &behind[usize::try_from(length).unwrap()..];
    }
    types
}

fn records(mut octets: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    std::iter::from_fn(move || {
        let [kind, _, _, high, low, behind @ ..] = octets else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (body, rest) = behind.split_at(length);
        octets = rest;
        Some((*kind, body))
    })
}
