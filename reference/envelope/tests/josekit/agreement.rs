//! What both make of an object, side by side. What is read here is written, and read again, as well.

use onem2m_envelope::EnvelopeError;
use onem2m_envelope::jwe::Jwe;
use onem2m_envelope::jws::Jws;
use onem2m_vectors::jose::{Ring, error_name};
use serde_json::Value;

use crate::lenient::accepted_by_josekit;
use crate::other;

/// As what an object is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Encrypted,
    Signed,
}

/// What came out: the name of the error here, and whether josekit accepts.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) refused: Option<String>,
    pub(crate) accepted_there: bool,
}

/// Reads an object with the keys on both sides; an `Err` says how they differ without a reason.
pub(crate) fn compared(kind: Kind, object: &str, keys: &[&Value]) -> Result<Outcome, String> {
    let here = read(kind, object, &Ring::read(keys.iter().copied()).unwrap());
    let there = match kind {
        Kind::Encrypted => other::open(object, keys),
        Kind::Signed => other::verify(object, keys),
    };
    match (&here, &there) {
        (Ok(here), Some(there)) if here != there => Err("two payloads".into()),
        (Ok(_), None) => Err("accepted here alone".into()),
        (Err(error), Some(_)) if !accepted_by_josekit(kind, &error_name(error)) => {
            Err(format!("accepted by josekit alone, and here: {error:?}"))
        }
        _ => Ok(Outcome {
            refused: here.as_ref().err().map(error_name),
            accepted_there: there.is_some(),
        }),
    }
}

fn read(kind: Kind, object: &str, ring: &Ring) -> Result<Vec<u8>, EnvelopeError> {
    let json = object.starts_with('{');
    match kind {
        Kind::Encrypted => {
            let jwe = match json {
                true => Jwe::read_json(object)?,
                false => Jwe::read_compact(object)?,
            };
            let written = jwe.write();
            match json {
                true => assert_eq!(Jwe::read_json(&written)?.write(), written),
                false => assert_eq!(object, written),
            }
            Ok(jwe
                .open(|header| ring.decryption(header))?
                .plaintext
                .to_vec())
        }
        Kind::Signed => {
            let jws = match json {
                true => Jws::read_json(object)?,
                false => Jws::read_compact(object)?,
            };
            let written = jws.write();
            match json {
                true => assert_eq!(Jws::read_json(&written)?.write(), written),
                false => assert_eq!(object, written),
            }
            Ok(jws
                .verify(|header| ring.verification(header))?
                .payload
                .to_vec())
        }
    }
}
