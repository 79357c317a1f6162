use serde_json::{Map, Value};

use super::clauses::Clauses;
use super::refusal::Refusal;
use crate::{EnvelopeError, IV_LENGTH, Part, TAG_LENGTH, base64url, json, split};

/// The members of a header.
pub type Members = Map<String, Value>;

/// An ESPrim Object taken apart (TS-0003 V3.18.0, Table 8.4.3.2-1).
#[derive(Clone, Debug, PartialEq)]
pub struct Form<'a> {
    /// The first part as it came.
    pub first: &'a str,
    /// The text of the header.
    pub header: String,
    /// Its members.
    pub members: Members,
    /// The octets of the encrypted key.
    pub encrypted_key: Vec<u8>,
    /// The octets of the initialization vector.
    pub iv: Vec<u8>,
    /// The octets of the ciphertext.
    pub ciphertext: Vec<u8>,
    /// The octets of the tag.
    pub tag: Vec<u8>,
}

impl<'a> Form<'a> {
    /// Takes an object apart, with the clauses of its form.
    pub fn read(clauses: &Clauses, object: &'a str) -> Result<Self, Refusal> {
        let [first, encrypted_key, iv, ciphertext, tag] = (clauses.parts)(object)?;
        let header = (clauses.base64url)(Part::Protected, first)?;
        let encrypted_key = (clauses.base64url)(Part::EncryptedKey, encrypted_key)?;
        let iv = (clauses.base64url)(Part::InitializationVector, iv)?;
        let ciphertext = (clauses.base64url)(Part::Ciphertext, ciphertext)?;
        let tag = (clauses.base64url)(Part::Tag, tag)?;
        let members = (clauses.header_members)(&header)?;
        let header = String::from_utf8(header)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(Self {
            first,
            header,
            members,
            encrypted_key,
            iv,
            ciphertext,
            tag,
        })
    }
}

/// Five parts (RFC 7516, 7.1).
pub(crate) fn parts(object: &str) -> Result<[&str; 5], Refusal> {
    split(object).map_err(Refusal::Form)
}

/// The octets of a part, of their one text (RFC 7515, 2).
pub(crate) fn octets(part: Part, text: &str) -> Result<Vec<u8>, Refusal> {
    base64url::decode(text).map_err(|error| Refusal::Form(EnvelopeError::Base64Url { part, error }))
}

/// A JSON object without a member that stands twice (RFC 7515, 4).
pub(crate) fn header_members(octets: &[u8]) -> Result<Members, Refusal> {
    json::read_object(octets).map_err(|error| {
        Refusal::Form(EnvelopeError::Json {
            part: Part::Protected,
            error,
        })
    })
}

/// No encrypted key (TS-0003 V3.18.0, Table 8.4.3.2-1; RFC 7516, 5.2, step 10).
pub(crate) fn encrypted_key(octets: &[u8]) -> Result<(), Refusal> {
    if octets.is_empty() {
        Ok(())
    } else {
        Err(Refusal::EncryptedKey { got: octets.len() })
    }
}

/// 96 bits (RFC 7518, 5.3).
pub(crate) fn initialization_vector(octets: &[u8]) -> Result<(), Refusal> {
    length(Part::InitializationVector, IV_LENGTH, octets)
}

/// Some octets (TS-0003 V3.18.0, Table 8.4.3.2-1).
pub(crate) fn ciphertext(octets: &[u8]) -> Result<(), Refusal> {
    if octets.is_empty() {
        Err(Refusal::NoCiphertext)
    } else {
        Ok(())
    }
}

/// 128 bits (RFC 7518, 5.3).
pub(crate) fn tag(octets: &[u8]) -> Result<(), Refusal> {
    length(Part::Tag, TAG_LENGTH, octets)
}

fn length(part: Part, expected: usize, octets: &[u8]) -> Result<(), Refusal> {
    if octets.len() == expected {
        Ok(())
    } else {
        Err(Refusal::Form(EnvelopeError::PartLength {
            part,
            expected,
            got: octets.len(),
        }))
    }
}
