//! The files of this folder, as they are committed. Whether the reference answers as they say, the tests of its crates ask.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, wherever it does"
)]

use std::collections::BTreeSet;
use std::path::Path;

use onem2m_vectors::{Kind, Outcome, VectorFile};
use serde_json::Value;

#[test]
fn every_file_is_embedded() {
    let names: BTreeSet<String> = embedded().into_iter().map(|file| file.name).collect();
    assert_eq!(names, stems(folder(), ".json"));
}

#[test]
fn every_file_follows_its_schema() {
    for file in embedded() {
        let validator = validator(&file.name);
        let vectors = json(&folder().join(format!("{}.json", file.name)));
        let broken: Vec<String> = validator
            .iter_errors(&vectors)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(broken.is_empty(), "{}\n{}", file.name, broken.join("\n"));
    }
}

/// Else a schema that says nothing would pass.
#[test]
fn a_schema_refuses_a_vector_without_reason_source_or_error() {
    for file in embedded() {
        let validator = validator(&file.name);
        let vectors = json(&folder().join(format!("{}.json", file.name)));
        for spoil in [
            |vector: &mut Value| vector["reason"] = "".into(),
            |vector: &mut Value| drop(vector.as_object_mut().unwrap().remove("source")),
            |vector: &mut Value| drop(vector.as_object_mut().unwrap().remove("expected")),
            |vector: &mut Value| vector["expected"]["result"] = "perhaps".into(),
            |vector: &mut Value| vector["expected"]["errors"] = "Tag".into(),
            |vector: &mut Value| {
                vector["expected"] = serde_json::json!({"result": "invalid"});
            },
            |vector: &mut Value| vector["more"] = 1.into(),
        ] {
            let mut spoilt = vectors.clone();
            spoil(&mut spoilt["vectors"][0]);
            assert_ne!(spoilt, vectors);
            assert!(!validator.is_valid(&spoilt), "{}", file.name);
        }
    }
}

#[test]
fn every_schema_is_that_of_a_file_or_of_all() {
    let mut schemas: BTreeSet<String> = embedded().into_iter().map(|file| file.name).collect();
    schemas.insert("vectors".into());
    assert_eq!(schemas, stems(&folder().join("schema"), ".schema.json"));
}

#[test]
fn what_the_reference_answers_is_lawful() {
    for vector in embedded().iter().flat_map(|file| &file.vectors) {
        let answer = vector.expected.of_reference();
        let lawful = vector.expected.lawful();
        let contained = lawful.is_none_or(|lawful| lawful.contains(&answer["status"]));
        assert!(contained, "{}", vector.id);
    }
}

#[test]
fn some_of_all_that_must_happen_does() {
    for outcome in [Outcome::Valid, Outcome::Invalid, Outcome::Acceptable] {
        let files = embedded();
        let mut vectors = files.iter().flat_map(|file| &file.vectors);
        assert!(
            vectors.any(|vector| vector.expected.outcome == outcome),
            "{outcome}"
        );
    }
}

fn embedded() -> Vec<VectorFile> {
    let file = |kind| VectorFile::embedded(kind).unwrap();
    Kind::ALL.into_iter().map(file).collect()
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stems(folder: &Path, ending: &str) -> BTreeSet<String> {
    let files = folder.read_dir().unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect()
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema = |name: &str| json(&folder().join(format!("schema/{name}.schema.json")));
    let registry = jsonschema::Registry::new()
        .add("json-schema:///vectors.schema.json", schema("vectors"))
        .unwrap()
        .prepare()
        .unwrap();
    jsonschema::options()
        .with_registry(&registry)
        .with_base_uri(format!("json-schema:///{name}.schema.json"))
        .build(&schema(name))
        .unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
