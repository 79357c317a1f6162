//! Every vector of `vectors/jose.json` is read as it says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use onem2m_envelope::EnvelopeError;
use onem2m_envelope::esdata::{ContentSecurity, Envelope, SecurityClass};
use onem2m_envelope::jwe::Jwe;
use onem2m_envelope::jws::Jws;
use onem2m_envelope::token::{Permitted, Token};
use serde_json::{Map, Value};
use support::{Ring, error_name};

const VECTORS: &str = include_str!("../../../vectors/jose.json");

/// What a vector may expect beside the payload.
#[derive(Debug, Default, PartialEq)]
struct Read {
    payload: Vec<u8>,
    additional_data: Option<Vec<u8>>,
    signatures: Vec<usize>,
}

#[test]
fn every_vector_is_read_as_it_says() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let mut wrong = Vec::new();
    for vector in file["vectors"].as_array().unwrap() {
        let names = vector["keys"].as_array().unwrap().iter();
        let keys: Vec<_> = names
            .map(|name| &file["keys"][name.as_str().unwrap()])
            .collect();
        let got = read(vector, &Ring::new(&keys));
        if let Err(difference) = compare(&vector["expected"], got) {
            wrong.push(format!(
                "{} {}\n  {difference}",
                vector["id"], vector["reason"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn identifiers_are_unique() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let mut identifiers: Vec<_> = vectors.iter().map(|one| one["id"].as_str()).collect();
    identifiers.sort_unstable();
    identifiers.dedup();
    assert_eq!(identifiers.len(), vectors.len());
    assert!(vectors.len() > 250, "{}", vectors.len());
}

fn read(vector: &Value, ring: &Ring) -> Result<Read, EnvelopeError> {
    let object = vector["object"].as_str().unwrap();
    let json = object.starts_with('{');
    match vector["reads"].as_str().unwrap() {
        "jwe" => {
            let jwe = match json {
                true => Jwe::read_json(object)?,
                false => Jwe::read_compact(object)?,
            };
            Ok(Read {
                payload: jwe
                    .open(|header| ring.decryption(header))?
                    .plaintext
                    .to_vec(),
                additional_data: jwe.additional_data().map(<[u8]>::to_vec),
                ..Read::default()
            })
        }
        "jws" => {
            let jws = match json {
                true => Jws::read_json(object)?,
                false => Jws::read_compact(object)?,
            };
            let verified = jws.verify(|header| ring.verification(header))?;
            Ok(Read {
                payload: verified.payload.to_vec(),
                signatures: verified.signatures,
                ..Read::default()
            })
        }
        "esdata" => {
            let form = u8::try_from(vector["content_security"].as_u64().unwrap()).unwrap();
            let form = ContentSecurity::from_number(form).unwrap();
            let unwrapped = Envelope::read(form, object)?.open(class(vector), ring)?;
            Ok(Read {
                payload: unwrapped.payload.to_vec(),
                additional_data: unwrapped.additional_data,
                signatures: unwrapped.signatures,
            })
        }
        "token" => {
            let claims = Token::read(object)?.open(&Permitted::everything(), ring)?;
            Ok(Read {
                payload: Value::from(claims).to_string().into_bytes(),
                ..Read::default()
            })
        }
        other => panic!("no reader for {other}"),
    }
}

fn class(vector: &Value) -> SecurityClass {
    let all = [
        SecurityClass::EncryptionOnly,
        SecurityClass::SignatureOnly,
        SecurityClass::NestedSignThenEncrypt,
    ];
    let named = |class: &SecurityClass| vector["class"] == class.name();
    all.into_iter().find(named).unwrap()
}

fn compare(expected: &Value, got: Result<Read, EnvelopeError>) -> Result<(), String> {
    match (expected["result"].as_str().unwrap(), got) {
        ("valid", Ok(read)) => {
            let expected = expected.as_object().unwrap();
            let differs = |what: &str| Err(format!("{what} is {read:?}"));
            if expected["payload"].as_str().unwrap().as_bytes() != read.payload {
                return differs("the payload");
            }
            if octets(expected, "additional_data") != read.additional_data {
                return differs("the additional data");
            }
            match expected.get("signatures") {
                Some(signatures) if *signatures != Value::from(read.signatures.clone()) => {
                    differs("the list of signatures")
                }
                _ => Ok(()),
            }
        }
        ("invalid" | "acceptable", Err(error)) if expected["error"] == error_name(&error) => {
            assert!(!error.to_string().is_empty());
            Ok(())
        }
        (_, got) => Err(format!(
            "{got:?} ({:?})",
            got.as_ref().err().map(error_name)
        )),
    }
}

fn octets(expected: &Map<String, Value>, name: &str) -> Option<Vec<u8>> {
    let text = expected.get(name)?.as_str().unwrap();
    Some(text.as_bytes().to_vec())
}
