//! An AE that secures content and one that opens it, with a CSE between them that knows nothing of it.

use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{ClientCredential, Transport, Trust};
use onem2m_identity::AeStem;
use onem2m_primitive::Request;
use onem2m_server::{
    Application, Clauses, Connecting, Connector, Cse, Duplex, Peer, Registration, Undone, faults,
};
use serde_json::{Value, json};
use tokio::io::duplex;

use crate::bench::{Bench, CREATED, OK, SOURCE};

/// Leads to a CSE outside any association.
struct ToCse(Cse);

impl Connector for ToCse {
    fn connect<'a>(&'a self, _: &'a str) -> Connecting<'a> {
        let cse = self.0.clone();
        Box::pin(async move {
            let (near, far) = duplex(64 * 1024);
            let peer = Peer::plain(SOURCE.parse().unwrap());
            tokio::spawn(async move { cse.serve_connection(far, peer).await });
            Ok(Box::new(near) as Box<dyn Duplex>)
        })
    }
}

/// A bench with `cse-in/cntT`, and `cse-in/cntT/seen` in it.
async fn bench() -> Bench {
    let bench = Bench::with_two().await;
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
        .await;
    let seen = json!({ "m2m:cnt": { "rn": "seen" } });
    let create = Request::create("cse-in/cntT", 3, seen).from("CtpA1");
    assert_eq!(bench.status(create).await, CREATED);
    bench
}

fn application(bench: &Bench, clauses: Clauses) -> Application {
    let registration = Registration {
        authority: "cse.example:80".to_owned(),
        name: None,
        transport: Transport::Tls,
        credential: ClientCredential::Nothing,
        trust: Trust::default(),
        stem: AeStem::parse("CtpA1").unwrap(),
        base: "cse-in".to_owned(),
    };
    Application::new(
        vec![registration],
        bench.clock.clone(),
        clauses,
        Arc::new(ToCse(bench.cse.clone())),
        Duration::from_secs(20),
    )
}

/// 32 octets, in base64url.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fn key(kid: &str, number: u64, alg: &str) -> Value {
    let jwk = json!({"kty": "oct", "k": KEY});
    json!({"kid": kid, "type": number, "alg": alg, "enc": "A256GCM", "jwk": jwk})
}

fn statement(class: &str, form: &str, targets: &[&str], keys: &[Value]) -> Value {
    let signers: &[&str] = match class {
        "encryption" => &[],
        _ => &["mac"],
    };
    json!({
        "cse": "http://cse.example",
        "container": "cse-in/cntT",
        "observe": "cse-in/cntT/seen",
        "class": class,
        "form": form,
        "count": 1,
        "media-type": "application/json",
        "payload": "e30",
        "targets": targets,
        "signers": signers,
        "keys": keys,
    })
}

/// What an AE shows of what a right one secured.
async fn shown(source: &Value, target: &Value, clauses: Clauses) -> Value {
    let bench = bench().await;
    let right = application(&bench, Clauses::SPECIFICATION);
    right.protect_data(source).await.unwrap();
    let answer = application(&bench, clauses).open_data(target).await;
    assert_eq!(answer.unwrap().status, CREATED);
    let seen = Request::retrieve("cse-in/cntT/seen/la").from("CtpA1");
    let seen = bench.send(seen).await;
    assert_eq!(seen.status, OK);
    let content = seen.content.unwrap();
    serde_json::from_str(content["m2m:cin"]["con"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn target_opens_what_a_source_encrypts() {
    let keys = [key("direct", 14, "dir"), key("wrap", 15, "A256KW")];
    for (form, targets) in [
        ("compact", &["direct"][..]),
        ("json", &["wrap"]),
        ("json-base64", &["wrap", "wrap"]),
    ] {
        let statement = statement("encryption", form, targets, &keys);
        let shown = shown(&statement, &statement, Clauses::SPECIFICATION).await;
        assert_eq!(shown["payload"], "e30", "{shown}");
        assert_eq!(shown["opened-by"], targets[0]);
        assert_eq!(shown["verified-by"], json!([]));
    }
}

#[tokio::test]
async fn target_records_who_signed() {
    let statement = statement("signature", "compact", &[], &[key("mac", 16, "HS256")]);
    let shown = shown(&statement, &statement, Clauses::SPECIFICATION).await;
    assert_eq!(shown["payload"], "e30", "{shown}");
    assert_eq!(shown["verified-by"], json!(["mac"]));
}

#[tokio::test]
async fn key_serves_its_purpose_and_its_time() {
    let right = [key("direct", 14, "dir"), key("mac", 16, "HS256")];
    let source = statement("encryption", "compact", &["direct"], &right);
    let mut ended = key("direct", 14, "dir");
    ended["expires"] = "20250101T000000".into();
    for (own, fault) in [
        (key("direct", 16, "HS256"), "EsDataUsageIgnored"),
        (ended, "EsDataLifetimeIgnored"),
    ] {
        let target = statement("encryption", "compact", &[], &[own]);
        let refused = shown(&source, &target, Clauses::SPECIFICATION).await;
        assert!(refused["failure"].is_string(), "{refused}");
        assert_eq!(refused.get("payload"), None);
        let mut faulty = Clauses::SPECIFICATION;
        (faults::find(fault).unwrap().apply)(&mut faulty);
        let taken = shown(&source, &target, faulty).await;
        assert_eq!(taken["payload"], "e30", "{fault}: {taken}");
    }
}

#[tokio::test]
async fn other_class_and_plain_content_are_refused() {
    let keys = [key("direct", 14, "dir"), key("mac", 16, "HS256")];
    let source = statement("signature", "compact", &[], &keys);
    let target = statement("encryption", "compact", &[], &keys);
    let refused = shown(&source, &target, Clauses::SPECIFICATION).await;
    assert!(refused["failure"].is_string(), "{refused}");
}

#[tokio::test]
async fn several_targets_never_share_a_key_directly() {
    let bench = bench().await;
    let keys = [key("direct", 14, "dir"), key("other", 14, "dir")];
    let statement = statement("encryption", "json", &["direct", "other"], &keys);
    let application = application(&bench, Clauses::SPECIFICATION);
    let protected = application.protect_data(&statement).await;
    assert!(matches!(protected, Err(Undone::Unprotected(_))));
}

#[tokio::test]
async fn code_does_not_sign_what_is_encrypted() {
    let bench = bench().await;
    let keys = [key("direct", 14, "dir"), key("mac", 16, "HS256")];
    let statement = statement("nested", "compact", &["direct"], &keys);
    let application = application(&bench, Clauses::SPECIFICATION);
    let protected = application.protect_data(&statement).await;
    assert!(matches!(protected, Err(Undone::Unprotected(_))));
}

#[tokio::test]
async fn statement_that_says_nothing_is_refused() {
    let bench = bench().await;
    let application = application(&bench, Clauses::SPECIFICATION);
    let mut wrong = statement("encryption", "compact", &["nobody"], &[]);
    let refused = application.protect_data(&wrong).await;
    assert!(matches!(refused, Err(Undone::Statement(_))));
    wrong["keys"] = json!([key("direct", 13, "dir")]);
    let refused = application.open_data(&wrong).await;
    assert!(matches!(refused, Err(Undone::Statement(_))));
}
