use serde_json::{Map, Value};

use super::agreement_members::AgreementMembers;
use crate::header::refuse_none;
use crate::{ContentEncryption, EnvelopeError, Header, KeyManagement, Part};

/// One of those who can open a JWE.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The header that is its own.
    pub(crate) own: Map<String, Value>,
    pub(crate) agreement: AgreementMembers,
    pub(crate) key_management: KeyManagement,
    pub(crate) encrypted_key: Vec<u8>,
}

impl Recipient {
    /// How the content encryption key reaches it.
    pub fn key_management(&self) -> KeyManagement {
        self.key_management
    }

    /// The encrypted key, empty with `dir`.
    pub fn encrypted_key(&self) -> &[u8] {
        &self.encrypted_key
    }
}

/// The content encryption and the recipient's key management of a header, with all that holds for one recipient alone.
pub(crate) fn check(
    header: Header<'_>,
    encrypted_key: &[u8],
) -> Result<(KeyManagement, ContentEncryption), EnvelopeError> {
    header.check()?;
    if let Some(zip) = header.get("zip") {
        return Err(EnvelopeError::Compression {
            got: zip.to_string(),
        });
    }
    let algorithm = header.required_text("alg")?;
    refuse_none(algorithm)?;
    let key_management = KeyManagement::from_name(algorithm);
    let key_management = key_management.ok_or_else(|| EnvelopeError::AlgorithmUnknown {
        got: algorithm.into(),
    })?;
    let name = header.required_text("enc")?;
    let content_encryption = ContentEncryption::from_name(name);
    let content_encryption = content_encryption
        .ok_or_else(|| EnvelopeError::ContentEncryptionUnknown { got: name.into() })?;
    check_key(key_management, content_encryption, encrypted_key.len())?;
    Ok((key_management, content_encryption))
}

fn check_key(
    key_management: KeyManagement,
    content_encryption: ContentEncryption,
    got: usize,
) -> Result<(), EnvelopeError> {
    match key_management.encrypted_length(content_encryption) {
        Some(0) if got > 0 => Err(EnvelopeError::EncryptedKeyWithDirect { got }),
        Some(expected) if got != expected => Err(EnvelopeError::PartLength {
            part: Part::EncryptedKey,
            expected,
            got,
        }),
        _ => Ok(()),
    }
}
