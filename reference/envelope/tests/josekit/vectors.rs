//! The vectors, read on both sides.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::agreement::{Kind, compared};
use crate::lenient::{ENCRYPTED, SIGNED};

const VECTORS: &str = include_str!("../../../../vectors/jose.json");

/// What josekit refuses although it is right: it wants a protected header in every signature, which RFC 7515, 7.2.1 does
/// not, and it reads the members of a key agreement for algorithms that have none.
const REFUSED_THERE: [&str; 3] = ["JWS/323", "JWS/324", "JWE/031"];

#[test]
fn both_read_every_vector_alike_but_for_the_reasons() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let mut wrong = Vec::new();
    let mut lenient = [BTreeSet::new(), BTreeSet::new()];
    for vector in file["vectors"].as_array().unwrap() {
        let (kind, seen) = match vector["reads"].as_str().unwrap() {
            "jwe" => (Kind::Encrypted, 0),
            "jws" => (Kind::Signed, 1),
            _ => continue,
        };
        let names = vector["keys"].as_array().unwrap();
        let keys: Vec<_> = names
            .iter()
            .map(|name| &file["keys"][name.as_str().unwrap()])
            .collect();
        match compared(kind, vector["object"].as_str().unwrap(), &keys) {
            Ok(outcome) if outcome.accepted_there => lenient[seen].extend(outcome.refused),
            Ok(_) => {}
            Err(_) if REFUSED_THERE.iter().any(|id| vector["id"] == *id) => {}
            Err(difference) => wrong.push(format!(
                "{} {}: {difference}",
                vector["id"], vector["reason"]
            )),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (list, seen) in [ENCRYPTED, SIGNED].into_iter().zip(lenient) {
        let listed: BTreeSet<_> = list.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(
            listed, seen,
            "each reason has a vector, and each such vector a reason"
        );
    }
}
