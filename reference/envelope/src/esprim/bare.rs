//! ESPrim Objects that no rule restrains. What they are made of, [`crate::bare`] has.

use crate::bare::{Compact, gcm_crypt, gcm_tag};
use crate::{EnvelopeError, SymmetricKey, base64url};

/// What an object is composed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The first part, which is authenticated as it is.
    pub first: String,
    /// The content encryption key, whose length decides the algorithm, whatever the header says.
    pub key: SymmetricKey,
    /// The initialization vector, of any length.
    pub iv: Vec<u8>,
    /// What is encrypted.
    pub plaintext: Vec<u8>,
}

impl Draft {
    /// A draft with any text as header.
    pub fn with_header(header: &str, key: SymmetricKey, iv: &[u8], plaintext: &[u8]) -> Self {
        Self {
            first: base64url::encode(header.as_bytes()),
            key,
            iv: iv.to_vec(),
            plaintext: plaintext.to_vec(),
        }
    }

    /// Encrypts, and lays out the five parts, with the whole tag. A key that is none of AES is the one error.
    pub fn compose(&self) -> Result<Compact, EnvelopeError> {
        let ciphertext = gcm_crypt(&self.key, &self.iv, &self.plaintext)?;
        let tag = gcm_tag(&self.key, &self.iv, self.first.as_bytes(), &ciphertext)?;
        let parts = Compact::of(&[&[], &[], &self.iv, &ciphertext, &tag]);
        Ok(parts.with_text(0, &self.first))
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::{EnvelopeError, SymmetricKey};

    #[test]
    fn key_that_is_none_of_aes_is_refused() {
        let draft = Draft::with_header("{}", SymmetricKey::new(&[1; 20]), &[], &[]);
        let refused = draft.compose();
        assert!(matches!(
            refused,
            Err(EnvelopeError::KeyLength { got: 20, .. })
        ));
    }

    #[test]
    fn a_vector_of_no_octets_composes() {
        let draft = Draft::with_header("{}", SymmetricKey::new(&[1; 16]), &[], b"text");
        let composed = draft.compose().unwrap().to_string();
        assert_eq!(
            composed.split('.').map(str::len).collect::<Vec<_>>(),
            [3, 0, 0, 6, 22]
        );
    }
}
