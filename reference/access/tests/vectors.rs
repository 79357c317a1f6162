//! Every vector of `vectors/authorization.json` is decided as it says.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, wherever it does"
)]

use onem2m_vectors::{Kind, VectorFile};

#[test]
fn every_vector_is_decided_as_it_says() {
    let file = VectorFile::embedded(Kind::Authorization).unwrap();
    assert!(file.vectors.len() > 150, "{} vectors", file.vectors.len());
    let wrong = file.wrong();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
