//! Every vector of `vectors/jose.json` is read as it says.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, wherever it does"
)]

use onem2m_vectors::{Kind, VectorFile};

#[test]
fn every_vector_is_read_as_it_says() {
    let file = VectorFile::embedded(Kind::Jose).unwrap();
    assert!(file.vectors.len() > 300, "{} vectors", file.vectors.len());
    let wrong = file.wrong();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
