//! Every vector of `vectors/keys.json` is derived as it says.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, wherever it does"
)]

use onem2m_keys::ExporterLabel;
use onem2m_vectors::{Kind, Vector, VectorFile};

#[test]
fn every_vector_is_derived_as_it_says() {
    let file = VectorFile::embedded(Kind::Keys).unwrap();
    assert!(file.vectors.len() > 95, "{} vectors", file.vectors.len());
    let wrong = file.wrong();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_exporter_label_has_a_vector() {
    let file = VectorFile::embedded(Kind::Keys).unwrap();
    for label in [
        ExporterLabel::Bootstrap,
        ExporterLabel::Connection,
        ExporterLabel::EsCertKe,
    ] {
        let exports = |vector: &Vector| {
            let from = vector.member("from").and_then(|from| from.get("label"));
            from.is_some_and(|named| named == label.as_str())
        };
        assert!(file.vectors.iter().any(exports), "{label:?}");
    }
}
