//! `vectors`: the embedded ones are as they say, and a wrong one of a file is named.

use super::{assert_usage, call};
use serde_json::{Value, json};
use std::path::PathBuf;

const KEYS: &str = include_str!("../../../vectors/keys.json");
const FILES: [&str; 4] = [
    include_str!("../../../vectors/authorization.json"),
    include_str!("../../../vectors/esprim.json"),
    include_str!("../../../vectors/jose.json"),
    KEYS,
];

/// The vectors of keys after a change, in a file of their own.
fn changed(name: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut file = serde_json::from_str(KEYS).expect("JSON");
    change(&mut file);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path, file.to_string()).expect("a file for the test");
    name.to_owned()
}

#[test]
fn every_vector_is_as_it_says() {
    let checked = call(&["vectors", "check"]);
    assert_eq!((checked.code, checked.data.as_str()), (0, ""));
    let count: usize = FILES
        .map(|file| serde_json::from_str::<Value>(file).expect("JSON"))
        .iter()
        .map(|file| file["vectors"].as_array().expect("a list").len())
        .sum();
    assert!(count > 700, "{count}");
    assert_eq!(
        checked.talk,
        format!("{count} vectors: {count} as they say, 0 not\n")
    );
}

#[test]
fn a_wrong_vector_is_named_with_what_differs() {
    let file = changed("wrong-value.json", |file| {
        file["vectors"][1]["expected"]["value"] = "00ff".into();
    });
    let checked = call(&["vectors", "check", &file]);
    assert_eq!(checked.code, 1, "{}", checked.talk);
    assert!(
        checked.data.starts_with("wrong-value/PRF/002  "),
        "{}",
        checked.data
    );
    assert_eq!(
        checked.data.matches("wrong-value/").count(),
        1,
        "{}",
        checked.data
    );
    for part in ["expected value \"00ff\", got value \"", "source: "] {
        assert!(
            checked.data.contains(part),
            "{part:?} is missing:\n{}",
            checked.data
        );
    }
    assert!(
        checked.talk.ends_with(" as they say, 1 not\n"),
        "{}",
        checked.talk
    );
    let others = call(&["vectors", "check", &file, "PMS/*"]);
    assert_eq!(
        (others.code, others.data.as_str()),
        (0, ""),
        "{}",
        others.talk
    );
}

#[test]
fn a_vector_that_cannot_be_read_is_wrong() {
    let file = changed("unread.json", |file| {
        file["vectors"][0]["from"] = json!({"secret": "0"});
    });
    let checked = call(&["vectors", "check", &file, "PRF/001"]);
    assert_eq!(checked.code, 1, "{}", checked.talk);
    assert!(
        checked.data.starts_with("unread/PRF/001  "),
        "{}",
        checked.data
    );
    let file = changed("no-reason.json", |file| {
        file["vectors"][0]["reason"] = Value::Null;
    });
    let checked = call(&["vectors", "check", &file]);
    assert_eq!(checked.code, 1, "{}", checked.talk);
    assert!(
        checked
            .talk
            .contains("no-reason.json: vector PRF/001: expected text as reason, got null"),
        "{}",
        checked.talk
    );
}

#[test]
fn what_is_no_file_of_vectors_is_a_usage_error() {
    let file = changed("other-schema.json", |file| {
        file["$schema"] = "schema/others.schema.json".into();
    });
    assert_usage(
        &call(&["vectors", "check", &file]),
        "other-schema.json: expected $schema to be that of a file of vectors",
        "vectors/schema/",
    );
    assert_usage(
        &call(&["vectors", "check", "absent.json"]),
        "absent.json cannot be read",
        "name a file of vectors",
    );
}

#[test]
fn unknown_vector_is_named_with_the_nearest() {
    assert_usage(
        &call(&["vectors", "check", "kyes"]),
        "no vector or group matches \"kyes\"",
        "did you mean `keys`?",
    );
    assert_usage(
        &call(&["vectors", "list", "keys/["]),
        "is not a glob",
        "for example 'keys/PRF/*'",
    );
    let called = call(&["vectors"]);
    assert_eq!(called.code, 2, "{}", called.talk);
}

#[test]
fn list_selects_by_group_and_by_glob() {
    let listed = call(&["vectors", "list", "KEYS"]);
    assert_eq!(listed.code, 0, "{}", listed.talk);
    assert!(listed.data.lines().all(|line| line.starts_with("keys/")));
    assert_eq!(
        listed.talk,
        format!("{} vectors\n", listed.data.lines().count())
    );
    let listed = call(&["vectors", "list", "jose/JWS/305"]);
    assert_eq!(listed.talk, "1 vector\n");
    assert_eq!(
        listed.data,
        "jose/JWS/305  invalid     The unsecured JWS. (Unsecured)  [RFC 7515, A.5]\n"
    );
}

#[test]
fn list_as_json_says_why_by_what_source_and_what_must_happen() {
    let listed = call(&["vectors", "list", "--json"]);
    assert_eq!((listed.code, listed.talk.as_str()), (0, ""));
    let listing: Value = serde_json::from_str(&listed.data).expect("JSON");
    let rows = listing["vectors"].as_array().expect("a list");
    for row in rows {
        for member in ["id", "kind", "reason", "source"] {
            assert!(
                row[member].as_str().is_some_and(|text| !text.is_empty()),
                "{row}"
            );
        }
        let error = row["expected"].get("error");
        match row["expected"]["result"].as_str() {
            Some("valid") => assert_eq!(error, None, "{row}"),
            Some("invalid" | "acceptable") => assert!(error.is_some(), "{row}"),
            _ => panic!("another result: {row}"),
        }
    }
    for source in ["RFC 7515, ", "RFC 7516, ", "RFC 7520, "] {
        let is_from = |row: &&Value| {
            row["source"]
                .as_str()
                .is_some_and(|of| of.starts_with(source))
        };
        assert!(rows.iter().filter(is_from).count() > 3, "{source}");
    }
}
