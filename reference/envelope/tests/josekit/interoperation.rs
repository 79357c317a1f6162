//! Each algorithm, made here and read there, and made there and read here.

use josekit::jwe::{self as their_jwe, JweHeader, JweHeaderSet};
use josekit::jws::{self as their_jws, JwsHeader, JwsHeaderSet};
use onem2m_envelope::jwe::{self, Addressed, Jwe};
use onem2m_envelope::jws::{self, Jws, Signed};
use onem2m_envelope::{ContentEncryption, KeyManagement};
use onem2m_vectors::jose::Ring;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Map, Value};

use crate::keys::{cases, encryption_keys, key, keys, signing_key};
use crate::other;

fn named(key: &Value) -> Map<String, Value> {
    Map::from_iter([("kid".to_owned(), key["kid"].clone())])
}

/// The values of `enc` for a key.
fn encryptions(key: &Value) -> Vec<ContentEncryption> {
    match key["enc"].as_str() {
        Some(name) => vec![ContentEncryption::from_name(name).unwrap()],
        None => ContentEncryption::ALL.to_vec(),
    }
}

#[test]
fn what_is_encrypted_here_opens_there() {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let mut seen = Vec::new();
    for description in keys() {
        for key in encryption_keys(&description) {
            for encryption in encryptions(&description) {
                let header = named(&description);
                let to = Addressed {
                    key: &key,
                    header: &header,
                };
                let compact = jwe::seal_compact(to, encryption, b"text", &mut rng).unwrap();
                let flat = jwe::seal_flattened(to, encryption, Some(b"aad"), b"text", &mut rng);
                let common = Map::new();
                let general =
                    jwe::seal_general(&common, &[to], encryption, Some(b"aad"), b"text", &mut rng);
                for made in [compact, flat.unwrap(), general.unwrap()] {
                    let opened = other::open(&made, &[&description]);
                    assert_eq!(opened.as_deref(), Some(b"text".as_slice()), "{made}");
                }
                seen.push(key.algorithm());
            }
        }
    }
    assert!(
        KeyManagement::ALL
            .iter()
            .all(|algorithm| seen.contains(algorithm))
    );
}

#[test]
fn what_is_encrypted_there_opens_here() {
    for description in keys() {
        for encrypter in other::encrypters(&description) {
            for encryption in encryptions(&description) {
                let ring = Ring::read([&description]).unwrap();
                let mut header = JweHeader::new();
                header.set_content_encryption(encryption.name());
                header.set_key_id(description["kid"].as_str().unwrap());
                let compact = their_jwe::serialize_compact(b"text", &header, &*encrypter).unwrap();
                let opened = Jwe::read_compact(&compact)
                    .unwrap()
                    .open(|header| ring.decryption(header));
                assert_eq!(opened.unwrap().plaintext.as_slice(), b"text", "{compact}");

                let mut set = JweHeaderSet::new();
                set.set_content_encryption(encryption.name(), true);
                let mut own = JweHeader::new();
                own.set_key_id(description["kid"].as_str().unwrap());
                let general = their_jwe::serialize_general_json(
                    b"text",
                    Some(&set),
                    &[(Some(&own), &*encrypter)],
                    Some(b"aad"),
                );
                let jwe = Jwe::read_json(&general.unwrap()).unwrap();
                assert_eq!(jwe.additional_data(), Some(b"aad".as_slice()));
                let opened = jwe.open(|header| ring.decryption(header)).unwrap();
                assert_eq!(opened.plaintext.as_slice(), b"text");
            }
        }
    }
}

#[test]
fn what_is_signed_here_verifies_there_and_the_other_way_round() {
    let mut count = 0;
    for description in keys() {
        let (Some(key), Some(signer)) = (signing_key(&description), other::signer(&description))
        else {
            continue;
        };
        let header = named(&description);
        let by = Signed {
            key: &key,
            header: &header,
        };
        for made in [
            jws::sign_compact(by, b"text").unwrap(),
            jws::sign_flattened(by, b"text").unwrap(),
            jws::sign_general(&[by], b"text").unwrap(),
        ] {
            let verified = other::verify(&made, &[&description]);
            assert_eq!(verified.as_deref(), Some(b"text".as_slice()), "{made}");
        }

        let ring = Ring::read([&description]).unwrap();
        let mut their_header = JwsHeader::new();
        their_header.set_key_id(description["kid"].as_str().unwrap());
        let compact = their_jws::serialize_compact(b"text", &their_header, &*signer).unwrap();
        let jws = Jws::read_compact(&compact).unwrap();
        let verified = jws.verify(|header| ring.verification(header));
        assert_eq!(verified.unwrap().payload, b"text");
        let mut set = JwsHeaderSet::new();
        set.set_key_id(description["kid"].as_str().unwrap(), true);
        let general = their_jws::serialize_general_json(b"text", &[(&set, &*signer)]).unwrap();
        let jws = Jws::read_json(&general).unwrap();
        assert!(jws.verify(|header| ring.verification(header)).is_ok());
        count += 1;
    }
    assert_eq!(count, 9, "each signature algorithm has a key");
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_made_here_comes_back_here_and_there(
        seed in any::<[u8; 32]>(),
        plaintext in proptest::collection::vec(any::<u8>(), 1..200),
        additional in proptest::option::of(proptest::collection::vec(any::<u8>(), 1..40)),
        name in proptest::sample::select(vec!["direct-128", "direct-192", "direct-256", "wrap-128", "wrap-192", "wrap-256", "target-256"]),
    ) {
        let mut rng = ChaCha20Rng::from_seed(seed);
        let description = key(name);
        let ring = Ring::read([&description]).unwrap();
        for key in encryption_keys(&description) {
            let encryption = encryptions(&description)[0];
            let header = named(&description);
            let to = Addressed { key: &key, header: &header };
            let made = match &additional {
                Some(additional) => jwe::seal_flattened(to, encryption, Some(additional), &plaintext, &mut rng),
                None => jwe::seal_compact(to, encryption, &plaintext, &mut rng),
            }.unwrap();
            let jwe = match additional {
                Some(_) => Jwe::read_json(&made).unwrap(),
                None => Jwe::read_compact(&made).unwrap(),
            };
            prop_assert_eq!(jwe.additional_data(), additional.as_deref());
            let opened = jwe.open(|header| ring.decryption(header)).unwrap();
            prop_assert_eq!(opened.plaintext.as_slice(), &plaintext);
            prop_assert_eq!(other::open(&made, &[&description]), Some(plaintext.clone()));
        }
    }
}
