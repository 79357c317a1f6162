//! Tokens that requests bring: what they grant, and what becomes of a request with one that does not hold.

use std::sync::Arc;

use onem2m_envelope::jws::{Signed, sign_compact};
use onem2m_envelope::token::Permitted;
use onem2m_envelope::{Hash, MacKey, SigningKey, SymmetricKey};
use onem2m_keys::Suid;
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Configuration, Issuer, IssuerKey, Material, Tokens};
use serde_json::{Map, Value, json};

use crate::bench::{ADMIN, BAD_REQUEST, Bench, DENIED, OK};

const TARGET: &str = "cse-in/cntT";
const ISSUER: &str = "//onem2m.example/Sdas";
/// 2025-11-20 13:27:30, when the clock of a bench stands still.
const NOW: i64 = 1_763_645_250;

fn key() -> SymmetricKey {
    SymmetricKey::new(&[7; 32])
}

async fn bench() -> Bench {
    let tokens = Tokens {
        issuers: vec![Issuer {
            identity: ISSUER.to_owned(),
            permitted: Permitted::everything(),
            keys: vec![IssuerKey {
                kid: "kid".to_owned(),
                usage: Suid(15),
                material: Material::Symmetric(key()),
            }],
            certified: None,
        }],
    };
    let bench = Bench::configured(Configuration {
        tokens: Some(Arc::new(tokens)),
        ..Configuration::default()
    });
    let bench = bench.register_two().await;
    bench.container(json!([])).await;
    bench
}

fn claims(changes: Value) -> Value {
    let holder = "//onem2m.example/id-in/CtpA1";
    let mut claims = json!({
        "tkvr": "1", "jti": "1@das.example.com", "iss": ISSUER, "azp": holder,
        "nbf": NOW - 10, "exp": NOW + 10, "aud": ["//onem2m.example/*"],
        "tkps": { "pm": [{ "ris": [TARGET], "pv": { "acr": [{ "acor": ["CtpA1"], "acop": 2 }] } }] },
    });
    for (claim, value) in changes.as_object().unwrap() {
        claims[claim] = value.clone();
    }
    claims
}

fn token(claims: &Value) -> String {
    let mut header = Map::new();
    header.insert("typ".into(), "JWT".into());
    header.insert("kid".into(), "kid".into());
    let key = SigningKey::Mac(MacKey::new(Hash::Sha256, key()).unwrap());
    let by = Signed {
        key: &key,
        header: &header,
    };
    sign_compact(by, claims.to_string().as_bytes()).unwrap()
}

async fn retrieved(bench: &Bench, from: &str, tokens: &[String]) -> ResponseStatusCode {
    let mut request = Request::retrieve(TARGET).from(from);
    request.tokens = tokens.to_vec();
    bench.status(request).await
}

#[tokio::test]
async fn token_grants_what_its_permissions_say_to_its_holder() {
    let bench = bench().await;
    let right = [token(&claims(json!({})))];
    assert_eq!(retrieved(&bench, "CtpA1", &[]).await, DENIED);
    assert_eq!(retrieved(&bench, "CtpA1", &right).await, OK);
    assert_eq!(retrieved(&bench, "CtpA2", &right).await, DENIED);
    let mut update = Request::update(TARGET, json!({ "m2m:cnt": { "lbl": ["a"] } }));
    update.tokens = right.to_vec();
    assert_eq!(bench.status(update.from("CtpA1")).await, DENIED);
    bench.advance(9);
    assert_eq!(retrieved(&bench, "CtpA1", &right).await, OK);
    bench.advance(1);
    assert_eq!(retrieved(&bench, "CtpA1", &right).await, DENIED);
}

#[tokio::test]
async fn claims_that_do_not_fit_are_refused() {
    let bench = bench().await;
    for changes in [
        json!({ "iss": "//onem2m.example/Sother" }),
        json!({ "azp": "CtpA1" }),
        json!({ "azp": "//onem2m.example/id-in/CtpA" }),
        json!({ "nbf": NOW + 1 }),
        json!({ "exp": NOW }),
        json!({ "exp": "later" }),
        json!({ "aud": ["//onem2m.example/id-other"] }),
        json!({ "aud": "//onem2m.example/id-in" }),
        json!({ "tkvr": null }),
        json!({ "tkps": { "pm": [{ "pv": { "acr": [] } }] } }),
    ] {
        let wrong = [token(&claims(changes.clone()))];
        assert_eq!(
            retrieved(&bench, "CtpA1", &wrong).await,
            DENIED,
            "{changes}"
        );
    }
}

#[tokio::test]
async fn one_bad_token_stops_a_request_that_would_be_permitted() {
    let bench = bench().await;
    let right = token(&claims(json!({})));
    let wrong = token(&claims(json!({ "exp": NOW - 1 })));
    let both = [right.clone(), wrong.clone()];
    assert_eq!(retrieved(&bench, "CtpA1", &both).await, DENIED);
    let of_admin = retrieved(&bench, ADMIN, &[wrong]).await;
    assert_eq!(of_admin, DENIED);
    assert_eq!(retrieved(&bench, ADMIN, &[]).await, OK);
    let many = vec![right; 9];
    assert_eq!(retrieved(&bench, "CtpA1", &many).await, BAD_REQUEST);
    let none = ["a.b.".to_owned()];
    assert_eq!(retrieved(&bench, "CtpA1", &none).await, BAD_REQUEST);
}
