use serde_json::{Map, Value};

use super::Recipient;
use super::agreement_members::AgreementMembers;
use super::recipient::check;
use crate::header::{octets, read_protected};
use crate::serialization::{elements, encoded, nonempty, object, refuse, required};
use crate::{
    ContentEncryption, EnvelopeError, Header, IV_LENGTH, KeyManagement, Part, Serialization,
    TAG_LENGTH, json, split,
};

/// An object that holds encrypted content, read and not yet opened: its parts are all there and have the right lengths,
/// and nothing in its headers is unknown that has to be known.
#[derive(Clone, Debug)]
pub struct Jwe {
    serialization: Serialization,
    pub(crate) protected_text: String,
    pub(crate) protected: Map<String, Value>,
    pub(crate) shared: Map<String, Value>,
    pub(crate) agreement: AgreementMembers,
    pub(crate) recipients: Vec<Recipient>,
    pub(crate) content_encryption: ContentEncryption,
    pub(crate) additional_text: Option<String>,
    additional: Option<Vec<u8>>,
    pub(crate) iv: Vec<u8>,
    pub(crate) ciphertext: Vec<u8>,
    pub(crate) tag: Vec<u8>,
}

impl Jwe {
    /// Reads the compact serialization, m2m:e2eCompactJWE (TS-0004 V3.32.0, Table 6.3.3-1): unlike in RFC 7516 its
    /// ciphertext is not empty.
    pub fn read_compact(text: &str) -> Result<Self, EnvelopeError> {
        let [protected, encrypted_key, iv, ciphertext, tag] = split(text)?;
        for (part, text) in [(Part::Protected, protected), (Part::Ciphertext, ciphertext)] {
            if text.is_empty() {
                return Err(EnvelopeError::Empty { part });
            }
        }
        Parts {
            serialization: Serialization::Compact,
            protected,
            shared: Map::new(),
            recipients: vec![(Map::new(), octets(Part::EncryptedKey, encrypted_key)?)],
            additional: None,
            iv: octets(Part::InitializationVector, iv)?,
            ciphertext: octets(Part::Ciphertext, ciphertext)?,
            tag: octets(Part::Tag, tag)?,
        }
        .check()
    }

    /// Reads either of the JSON serializations (RFC 7516, 7.2).
    pub fn read_json(text: &str) -> Result<Self, EnvelopeError> {
        let members = json::read_object(text.as_bytes()).map_err(|error| EnvelopeError::Json {
            part: Part::Serialization,
            error,
        })?;
        Self::from_members(&members)
    }

    pub(crate) fn from_members(members: &Map<String, Value>) -> Result<Self, EnvelopeError> {
        refuse(members, &["payload", "signatures", "signature"])?;
        let (serialization, elements) = match elements(members, "recipients")? {
            Some(elements) => {
                refuse(members, &["header", "encrypted_key"])?;
                (Serialization::General, elements)
            }
            None => (Serialization::Flattened, vec![members]),
        };
        let recipients = elements.into_iter().map(|element| {
            let own = object(element, "header", Part::Header)?;
            // Absent and empty are the same to some writers, so that only what is there is read.
            let key = nonempty(element, "encrypted_key", Part::EncryptedKey)?;
            Ok((own, octets(Part::EncryptedKey, key.unwrap_or_default())?))
        });
        let protected = nonempty(members, "protected", Part::Protected)?;
        Parts {
            serialization,
            protected: protected.unwrap_or_default(),
            shared: object(members, "unprotected", Part::Unprotected)?,
            recipients: recipients.collect::<Result<_, EnvelopeError>>()?,
            additional: nonempty(members, "aad", Part::AdditionalData)?,
            iv: encoded(members, "iv", Part::InitializationVector)?,
            ciphertext: octets(Part::Ciphertext, required(members, "ciphertext")?)?,
            tag: encoded(members, "tag", Part::Tag)?,
        }
        .check()
    }

    /// How it is written.
    pub fn serialization(&self) -> Serialization {
        self.serialization
    }

    /// How its content is encrypted.
    pub fn content_encryption(&self) -> ContentEncryption {
        self.content_encryption
    }

    /// Those who can open it, in their order.
    pub fn recipients(&self) -> &[Recipient] {
        &self.recipients
    }

    /// The header of one recipient.
    pub fn header<'a>(&'a self, recipient: &'a Recipient) -> Header<'a> {
        Header {
            protected: &self.protected,
            shared: &self.shared,
            own: &recipient.own,
        }
    }

    /// The headers of all recipients, in their order.
    pub fn headers(&self) -> impl Iterator<Item = Header<'_>> {
        self.recipients
            .iter()
            .map(|recipient| self.header(recipient))
    }

    /// The data that is authenticated and not encrypted, other than the header.
    pub fn additional_data(&self) -> Option<&[u8]> {
        self.additional.as_deref()
    }
}

/// The parts of an object before they are checked.
struct Parts<'a> {
    serialization: Serialization,
    protected: &'a str,
    shared: Map<String, Value>,
    recipients: Vec<(Map<String, Value>, Vec<u8>)>,
    additional: Option<&'a str>,
    iv: Vec<u8>,
    ciphertext: Vec<u8>,
    tag: Vec<u8>,
}

impl Parts<'_> {
    fn check(self) -> Result<Jwe, EnvelopeError> {
        let protected = match self.protected {
            "" => Map::new(),
            text => read_protected(text)?,
        };
        let shared = self.shared;
        let several = self.recipients.len();
        let mut content_encryption = None;
        let mut recipients = Vec::with_capacity(several);
        for (own, encrypted_key) in self.recipients {
            let header = Header {
                protected: &protected,
                shared: &shared,
                own: &own,
            };
            let (key_management, got) = check(header, &encrypted_key)?;
            let expected = *content_encryption.get_or_insert(got);
            if got != expected {
                return Err(EnvelopeError::ContentEncryptionDiffers {
                    expected: expected.name(),
                    got: got.name(),
                });
            }
            if key_management == KeyManagement::Direct && several > 1 {
                return Err(EnvelopeError::DirectWithSeveral { got: several });
            }
            let agreement = match key_management {
                KeyManagement::EcdhEs(_) => AgreementMembers::read(&own)?,
                _ => AgreementMembers::default(),
            };
            recipients.push(Recipient {
                own,
                agreement,
                key_management,
                encrypted_key,
            });
        }
        let agreement = if recipients.iter().any(agrees) {
            AgreementMembers::read(&protected)?.merge(AgreementMembers::read(&shared)?)
        } else {
            AgreementMembers::default()
        };
        let without = |recipient: &Recipient| {
            agrees(recipient)
                && recipient.agreement.ephemeral.is_none()
                && agreement.ephemeral.is_none()
        };
        if recipients.iter().any(without) {
            return Err(EnvelopeError::Missing { name: "epk" });
        }
        length(Part::InitializationVector, &self.iv, IV_LENGTH)?;
        length(Part::Tag, &self.tag, TAG_LENGTH)?;
        let additional = self.additional;
        Ok(Jwe {
            serialization: self.serialization,
            protected_text: self.protected.into(),
            protected,
            shared,
            agreement,
            recipients,
            content_encryption: content_encryption
                .ok_or(EnvelopeError::NoElement { name: "recipients" })?,
            additional: additional
                .map(|text| octets(Part::AdditionalData, text))
                .transpose()?,
            additional_text: additional.map(Into::into),
            iv: self.iv,
            ciphertext: self.ciphertext,
            tag: self.tag,
        })
    }
}

/// Whether its header has members of a key agreement: to others these mean nothing.
fn agrees(recipient: &Recipient) -> bool {
    matches!(recipient.key_management, KeyManagement::EcdhEs(_))
}

fn length(part: Part, octets: &[u8], expected: usize) -> Result<(), EnvelopeError> {
    if octets.len() == expected {
        Ok(())
    } else {
        Err(EnvelopeError::PartLength {
            part,
            expected,
            got: octets.len(),
        })
    }
}
