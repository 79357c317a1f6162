//! Files of others: whatever is wrong is said, and said of the vector.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, wherever it does"
)]

use onem2m_vectors::{Difference, FileError, Unreadable, VectorFile};
use serde_json::{Value, json};

#[test]
fn an_answer_that_differs_is_told_with_both() {
    let file = keys(|vector| vector["expected"]["value"] = "00".into()).unwrap();
    let difference = file.vectors[0].check().unwrap_err();
    assert!(matches!(difference, Difference::Answer { .. }));
    assert_eq!(
        difference.to_string(),
        "expected value \"00\", got value \"a0a1\""
    );
}

#[test]
fn the_answer_of_a_mistake_is_told() {
    let file = keys(|vector| vector["mistakes"] = json!({"none at all": "a0a1"})).unwrap();
    let difference = file.vectors[0].check().unwrap_err();
    assert_eq!(
        difference.to_string(),
        "the answer is that of a mistake: none at all"
    );
}

#[test]
fn what_cannot_be_read_is_no_answer() {
    for spoil in [
        |vector: &mut Value| vector["from"] = 1.into(),
        |vector: &mut Value| vector["from"] = json!({}),
        |vector: &mut Value| vector["derives"] = "nothing".into(),
        |vector: &mut Value| vector["from"]["session_key"] = "a0b".into(),
        |vector: &mut Value| vector["from"]["session_key"] = "gg".into(),
        |vector: &mut Value| vector["from"]["session_key"] = "é0".into(),
        |vector: &mut Value| vector["from"]["session_key"] = "00".into(),
        |vector: &mut Value| vector["from"]["length"] = 33.into(),
        |vector: &mut Value| vector["from"]["length"] = (-1).into(),
        |vector: &mut Value| vector["from"]["octets"] = "middle".into(),
    ] {
        let file = keys(spoil).unwrap();
        let difference = file.vectors[0].check().unwrap_err();
        assert!(
            matches!(difference, Difference::Unreadable(_)),
            "{difference}"
        );
    }
}

#[test]
fn what_all_vectors_have_is_asked_of_each() {
    for (spoil, name) in [
        (
            (|vector: &mut Value| vector["reason"] = Value::Null) as fn(&mut Value),
            "reason",
        ),
        (|vector| vector["source"] = 1.into(), "source"),
        (|vector| vector["expected"] = "00".into(), "expected"),
        (|vector| vector["expected"]["result"] = 1.into(), "result"),
    ] {
        let FileError::Vector { id, error } = keys(spoil).unwrap_err() else {
            panic!("another error");
        };
        assert_eq!(id, "CEK/001");
        let Unreadable::Member { name: got, .. } = error else {
            panic!("another error: {error}");
        };
        assert_eq!(got, name);
    }
}

#[test]
fn what_is_valid_has_no_error_and_what_is_not_has_one() {
    assert!(keys(|vector| vector["expected"]["error"] = "Tag".into()).is_err());
    assert!(keys(|vector| vector["expected"]["result"] = "invalid".into()).is_err());
}

#[test]
fn an_identifier_stands_once() {
    let twice = json!({"$schema": "schema/keys.schema.json", "vectors": [vector(), vector()]});
    let id = "own/CEK/001".to_owned();
    assert_eq!(
        VectorFile::read("own", &twice.to_string()).unwrap_err(),
        FileError::Twice { id }
    );
}

#[test]
fn other_files_are_refused() {
    for text in [
        "",
        "[]",
        "{\"$schema\": \"schema/keys.schema.json\"}",
        "{\"$schema\": \"schema/others.schema.json\", \"vectors\": []}",
        "{\"vectors\": []}",
        &"[".repeat(100_000),
    ] {
        assert!(VectorFile::read("own", text).is_err(), "{text:.40}");
    }
}

/// A file with one vector, after a change.
fn keys(change: impl FnOnce(&mut Value)) -> Result<VectorFile, FileError> {
    let mut vector = vector();
    change(&mut vector);
    let file = json!({"$schema": "schema/keys.schema.json", "vectors": [vector]});
    VectorFile::read("own", &file.to_string())
}

fn vector() -> Value {
    let session_key: String = (0xa0..0xc0)
        .map(|octet: u8| format!("{octet:02x}"))
        .collect();
    json!({
        "id": "CEK/001",
        "reason": "The leftmost octets.",
        "source": "TS-0003 V3.18.0, 8.4.3.2",
        "derives": "content_key",
        "from": {"session_key": session_key, "length": 2, "octets": "leftmost"},
        "expected": {"result": "valid", "value": "a0a1"},
    })
}
