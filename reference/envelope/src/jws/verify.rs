use super::Jws;
use crate::{EnvelopeError, Header, VerificationKey};

/// A payload for which at least one signature vouches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'a> {
    /// The payload.
    pub payload: &'a [u8],
    /// The signatures that were verified, counted from zero, and no others (TS-0003 V3.18.0, 8.5.2.3.1, C.3).
    pub signatures: Vec<usize>,
}

impl Jws {
    /// Verifies every signature for which `key` knows a key; one that fits is enough. If none fits, the error is that of
    /// the first that was tried, or [`EnvelopeError::NoKey`].
    pub fn verify(
        &self,
        mut key: impl FnMut(Header<'_>) -> Option<VerificationKey>,
    ) -> Result<Verified<'_>, EnvelopeError> {
        let mut signatures = Vec::new();
        let mut refused = None;
        for (index, signature) in self.signatures.iter().enumerate() {
            let Some(key) = key(signature.header()) else {
                continue;
            };
            let input = signed(&signature.protected_text, &self.payload_text);
            match key.verify(signature.algorithm, input.as_bytes(), &signature.octets) {
                Ok(()) => signatures.push(index),
                Err(error) => {
                    refused.get_or_insert(error);
                }
            }
        }
        if signatures.is_empty() {
            return Err(refused.unwrap_or(EnvelopeError::NoKey));
        }
        Ok(Verified {
            payload: &self.payload,
            signatures,
        })
    }
}

/// What a signature covers (RFC 7515, 5.1, step 5).
pub(crate) fn signed(protected: &str, payload: &str) -> String {
    [protected, payload].join(".")
}
