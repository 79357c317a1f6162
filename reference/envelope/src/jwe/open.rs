use std::borrow::Cow;

use zeroize::Zeroizing;

use super::{Jwe, Recipient};
use crate::agreement::PartyInfo;
use crate::decryption_key::Encrypted;
use crate::{DecryptionKey, EnvelopeError, Header};

/// What was in a JWE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The content.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// Which recipient opened it, counted from zero.
    pub recipient: usize,
}

impl Jwe {
    /// Opens it as the first recipient for which `key` knows a key that fits. If none fits, the error is that of the first
    /// key that was tried, or [`EnvelopeError::NoKey`].
    pub fn open(
        &self,
        mut key: impl FnMut(Header<'_>) -> Option<DecryptionKey>,
    ) -> Result<Opened, EnvelopeError> {
        let mut refused = None;
        for (index, recipient) in self.recipients.iter().enumerate() {
            let Some(key) = key(self.header(recipient)) else {
                continue;
            };
            match self.open_as(recipient, &key) {
                Ok(plaintext) => {
                    return Ok(Opened {
                        plaintext,
                        recipient: index,
                    });
                }
                Err(error) => {
                    refused.get_or_insert(error);
                }
            }
        }
        Err(refused.unwrap_or(EnvelopeError::NoKey))
    }

    fn open_as(
        &self,
        recipient: &Recipient,
        key: &DecryptionKey,
    ) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
        let (own, common) = (&recipient.agreement, &self.agreement);
        let content_key = key.content_key(&Encrypted {
            key_management: recipient.key_management,
            content_encryption: self.content_encryption,
            encrypted_key: &recipient.encrypted_key,
            ephemeral: own.ephemeral.as_ref().or(common.ephemeral.as_ref()),
            parties: PartyInfo {
                producer: either(&own.producer, &common.producer),
                recipient: either(&own.recipient, &common.recipient),
            },
        })?;
        self.content_encryption.open(
            &content_key,
            &self.iv,
            &authenticated(&self.protected_text, self.additional_text.as_deref()),
            &self.ciphertext,
            &self.tag,
        )
    }
}

fn either<'a>(own: &'a Option<Vec<u8>>, common: &'a Option<Vec<u8>>) -> &'a [u8] {
    own.as_deref().or(common.as_deref()).unwrap_or_default()
}

/// What a tag covers beside the plaintext (RFC 7516, 5.1, step 14).
pub(crate) fn authenticated<'a>(protected: &'a str, additional: Option<&str>) -> Cow<'a, [u8]> {
    match additional {
        None => Cow::Borrowed(protected.as_bytes()),
        Some(additional) => Cow::Owned([protected, additional].join(".").into_bytes()),
    }
}
