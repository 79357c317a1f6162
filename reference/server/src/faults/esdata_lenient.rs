//! Envelopes as they come, for Targets that look at less than they have to.

use onem2m_envelope::SymmetricKey;
use onem2m_envelope::bare::{self, Compact};
use serde_json::{Map, Value};

use crate::application::esdata::{Clauses, Failure, Found, Key, Material, Situation, opening};

/// The parts of an encrypted object.
pub(super) struct Encrypted {
    pub(super) header: Map<String, Value>,
    pub(super) protected: String,
    pub(super) encrypted_key: Vec<u8>,
    pub(super) iv: Vec<u8>,
    pub(super) ciphertext: Vec<u8>,
    pub(super) tag: Vec<u8>,
    pub(super) additional: Option<String>,
}

impl Encrypted {
    /// Of several recipients the first one that is known.
    pub(super) fn read(situation: &Situation<'_>, content: &str) -> Option<Self> {
        let Some(object) = bare::object(content.as_bytes()) else {
            let compact = Compact::read(content);
            return (compact.parts.len() == 5).then(|| Self {
                header: compact.header().unwrap_or_default(),
                protected: compact.parts.first().cloned().unwrap_or_default(),
                encrypted_key: compact.octets(1),
                iv: compact.octets(2),
                ciphertext: compact.octets(3),
                tag: compact.octets(4),
                additional: None,
            });
        };
        let recipients = object.get("recipients").and_then(Value::as_array);
        let known = recipients.into_iter().flatten().find(|one| {
            let kid = one.get("header").and_then(|header| header.get("kid"));
            situation
                .keys
                .iter()
                .any(|key| kid == Some(&Value::from(key.kid.as_str())))
        });
        let own = known.and_then(Value::as_object).unwrap_or(&object);
        let text = |from: &Map<String, Value>, name| {
            let text = from.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let protected = text(&object, "protected");
        let mut header = bare::object(&bare::octets(&protected)).unwrap_or_default();
        for place in [object.get("unprotected"), own.get("header")] {
            header.extend(
                place
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        Some(Self {
            header,
            protected,
            encrypted_key: bare::octets(&text(own, "encrypted_key")),
            iv: bare::octets(&text(&object, "iv")),
            ciphertext: bare::octets(&text(&object, "ciphertext")),
            tag: bare::octets(&text(&object, "tag")),
            additional: object.get("aad").and_then(Value::as_str).map(str::to_owned),
        })
    }

    /// The key that its header names.
    pub(super) fn key<'k>(&self, situation: &Situation<'k>) -> Option<&'k Key> {
        let kid = self.header.get("kid")?.as_str()?;
        situation.keys.iter().find(|key| key.kid == kid)
    }

    /// The key of its content, by a key that is used directly or wraps.
    pub(super) fn content_key(&self, situation: &Situation<'_>) -> Option<SymmetricKey> {
        let Material::Symmetric(own) = &self.key(situation)?.material else {
            return None;
        };
        match self.header.get("alg")?.as_str()? {
            "dir" => Some(own.clone()),
            _ => bare::unwrap(own.octets(), &self.encrypted_key),
        }
    }

    /// What the tag covers beside the plaintext.
    pub(super) fn covered(&self) -> Vec<u8> {
        match &self.additional {
            None => self.protected.clone().into_bytes(),
            Some(text) => [self.protected.as_str(), text].join(".").into_bytes(),
        }
    }

    /// The plaintext, whatever the tag is.
    pub(super) fn decrypted(&self, situation: &Situation<'_>) -> Option<Found> {
        let key = self.content_key(situation)?;
        let plaintext = bare::gcm_crypt(&key, &self.iv, &self.ciphertext).ok()?;
        let kid = self.header.get("kid").and_then(Value::as_str);
        Some(Found {
            recipient: kid.map(str::to_owned),
            ..Found::plain(&plaintext)
        })
    }

    /// The tag that it should have.
    pub(super) fn right_tag(&self, situation: &Situation<'_>) -> Option<[u8; 16]> {
        let key = self.content_key(situation)?;
        bare::gcm_tag(&key, &self.iv, &self.covered(), &self.ciphertext).ok()
    }
}

/// The parts of an object with one signature.
pub(super) struct Signed {
    pub(super) header: Map<String, Value>,
    /// What the signature is over.
    pub(super) input: String,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

impl Signed {
    pub(super) fn read(content: &str) -> Option<Self> {
        let compact = Compact::read(content);
        let [protected, payload, _] = compact.parts.as_slice() else {
            return None;
        };
        Some(Self {
            header: compact.header()?,
            input: [protected.as_str(), payload].join("."),
            payload: compact.octets(1),
            signature: compact.octets(2),
        })
    }

    /// The key that its header names.
    pub(super) fn key<'k>(&self, situation: &Situation<'k>) -> Option<&'k Key> {
        let kid = self.kid()?;
        situation.keys.iter().find(|key| key.kid == kid)
    }

    pub(super) fn kid(&self) -> Option<&str> {
        self.header.get("kid")?.as_str()
    }

    /// Its payload, as if it were verified.
    pub(super) fn taken(&self) -> Found {
        Found {
            signers: self.kid().map(str::to_owned).into_iter().collect(),
            ..Found::plain(&self.payload)
        }
    }
}

/// What opens as specified, and otherwise what a lenient Target takes.
pub(super) fn or_else(
    clauses: &Clauses,
    situation: &Situation<'_>,
    content_info: Option<&str>,
    content: &str,
    lenient: impl FnOnce(&Failure) -> Option<Found>,
) -> Result<Found, Failure> {
    let opened = opening::opened(clauses, situation, content_info, content);
    opened.or_else(|failure| lenient(&failure).ok_or(failure))
}
