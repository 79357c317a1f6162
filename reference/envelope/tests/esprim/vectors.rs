//! Every vector is answered as it says.

use onem2m_envelope::esprim::{Clauses, RandOctets};
use serde_json::Value;

use crate::case::Vectors;

#[test]
fn every_vector_is_answered_as_it_says() {
    let vectors = Vectors::read();
    let cases = vectors.cases();
    assert!(cases.len() > 150, "{} vectors", cases.len());
    for case in cases {
        let outcome = case.outcome(&Clauses::SPECIFICATION);
        assert_eq!(outcome, case.expected(), "{}", case.about());
    }
}

#[test]
fn what_the_reference_answers_is_lawful() {
    for case in Vectors::read().cases() {
        let expected = &case.vector["expected"];
        let lawful = expected.get("lawful").and_then(Value::as_array);
        let contained = lawful.is_none_or(|lawful| lawful.contains(&expected["status"]));
        assert!(contained, "{}", case.about());
    }
}

#[test]
fn identifiers_are_unique() {
    let vectors = Vectors::read();
    let cases = vectors.cases();
    let mut identifiers: Vec<_> = cases
        .iter()
        .map(|case| case.vector["id"].as_str())
        .collect();
    identifiers.sort_unstable();
    identifiers.dedup();
    assert_eq!(identifiers.len(), cases.len());
}

#[test]
fn every_reading_of_the_octets_has_a_session_and_a_request() {
    let vectors = Vectors::read();
    for reading in RandOctets::ALL {
        let of = |does: &str| {
            let cases = vectors.cases();
            let mut those = cases.iter().filter(|case| case.does(does));
            those.any(|case| case.text("reading") == reading.name())
        };
        assert!(of("session") && of("receive"), "{reading:?}");
    }
}
