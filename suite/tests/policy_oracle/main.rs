//! The access decision of the reference against a second evaluator, so that shared code cannot hide a shared mistake.
//!
//! The evaluator is `onem2m-oracle`, which uses nothing of `onem2m-access` and `onem2m-identity`. What these decide, the
//! evaluation of vectors says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod generator;

use std::cell::Cell;

use onem2m_oracle::{Readings, Surroundings, permits};
use onem2m_vectors::authorization::answer;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Map, Value, json};

const VECTORS: &str = include_str!("../../../vectors/authorization.json");

/// Generated cases; nightly runs ask for more.
fn cases() -> u32 {
    std::env::var("CONFORM_ORACLE_CASES").map_or(100_000, |cases| cases.parse().unwrap())
}

#[test]
fn evaluator_agrees_with_every_vector() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let world = surroundings(&file);
    for vector in file["vectors"].as_array().unwrap() {
        let request = merged(&file["request"], vector.get("request"));
        let permitted = permits(&world, vector["policies"].as_array().unwrap(), &request);
        let expected = vector["expected"]["decision"] == "permit";
        assert_eq!(
            permitted, expected,
            "{}: {}",
            vector["id"], vector["reason"]
        );
    }
}

#[test]
fn evaluator_agrees_with_the_reference_on_generated_cases() {
    let world_as_json = generator::world();
    let world = surroundings(&world_as_json);
    let head = world_as_json.as_object().unwrap();
    let permits_seen = Cell::new(0);
    let config = ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, b"onem2m policy oracle, fixed seed");
    let mut runner = TestRunner::new_with_rng(config, random);
    let result = runner.run(&generator::case(), |(policies, request)| {
        let permitted = permits(&world, policies.as_array().unwrap(), &request);
        permits_seen.set(permits_seen.get() + u32::from(permitted));
        let expected = if permitted { "permit" } else { "deny" };
        let vector = json!({ "policies": policies, "request": request });
        let got = answer(vector.as_object().unwrap(), head).unwrap();
        if got.get("decision") == Some(&json!(expected)) {
            Ok(())
        } else {
            Err(TestCaseError::fail(format!(
                "expected {expected}, got {got:?}\npolicies {policies}\nrequest {request}"
            )))
        }
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    let permitted = permits_seen.get();
    let cases = cases();
    // Agreement means something only if both decisions are frequent.
    assert!(
        permitted >= cases / 5 && cases - permitted >= cases / 5,
        "{permitted} of {cases} permitted"
    );
}

/// Reads the members `home` and `groups` of a file of vectors.
fn surroundings(file: &Value) -> Surroundings {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().unwrap().iter().map(text).collect();
    Surroundings {
        sp: text(&file["home"]["sp"]),
        cse: text(&file["home"]["cse"]),
        groups: file["groups"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, members)| (name.clone(), list(members)))
            .collect(),
        readings: Readings::SPECIFICATION,
    }
}

fn merged(defaults: &Value, changes: Option<&Value>) -> Value {
    let mut members = defaults.as_object().unwrap().clone();
    members.extend(
        changes
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_else(Map::new),
    );
    Value::Object(members)
}
