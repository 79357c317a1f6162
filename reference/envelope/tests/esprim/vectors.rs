//! Every vector is answered as it says.

use onem2m_envelope::esprim::RandOctets;
use onem2m_vectors::{Kind, Vector, VectorFile};

#[test]
fn every_vector_is_answered_as_it_says() {
    let file = VectorFile::embedded(Kind::EsPrim).unwrap();
    assert!(file.vectors.len() > 150, "{} vectors", file.vectors.len());
    let wrong = file.wrong();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_reading_of_the_octets_has_a_session_and_a_request() {
    let file = VectorFile::embedded(Kind::EsPrim).unwrap();
    for reading in RandOctets::ALL {
        let of = |does: &str| {
            let those = |vector: &Vector| {
                vector.member("does").unwrap() == does && read(vector) == reading.name()
            };
            file.vectors.iter().any(those)
        };
        assert!(of("session") && of("receive"), "{reading:?}");
    }
}

/// The reading that a vector states; otherwise that of the fixture.
fn read(vector: &Vector) -> &str {
    let stated = vector.member("from").unwrap().get("reading");
    let reading = stated.unwrap_or_else(|| &vector.member("fixture").unwrap()["reading"]);
    reading.as_str().unwrap()
}
