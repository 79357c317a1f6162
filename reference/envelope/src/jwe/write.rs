use serde_json::{Map, Value};

use super::{Jwe, Recipient};
use crate::Serialization;
use crate::base64url;
use crate::serialization::put;

impl Jwe {
    /// Writes it in the serialization in which it was read: a compact one as the same text, a JSON one without the members
    /// that nobody knows.
    pub fn write(&self) -> String {
        match self.serialization() {
            Serialization::Compact => self.compact(),
            Serialization::Flattened => {
                let own = self.recipients.first().map(element).unwrap_or_default();
                self.json(own)
            }
            Serialization::General => {
                let recipients = self.recipients.iter().map(|one| Value::from(element(one)));
                let recipients = recipients.collect::<Vec<_>>();
                self.json(Map::from_iter([("recipients".into(), recipients.into())]))
            }
        }
    }

    fn compact(&self) -> String {
        let encrypted_key = self.recipients.first().map(Recipient::encrypted_key);
        let parts = [
            encrypted_key.unwrap_or_default(),
            &self.iv,
            &self.ciphertext,
            &self.tag,
        ];
        let parts = parts.map(base64url::encode).join(".");
        format!("{}.{parts}", self.protected_text)
    }

    fn json(&self, mut object: Map<String, Value>) -> String {
        put(&mut object, "protected", &self.protected_text);
        if !self.shared.is_empty() {
            object.insert("unprotected".into(), self.shared.clone().into());
        }
        if let Some(additional) = &self.additional_text {
            put(&mut object, "aad", additional);
        }
        put(&mut object, "iv", &base64url::encode(&self.iv));
        // Alone of all members it has to be there even if it is empty.
        let ciphertext = base64url::encode(&self.ciphertext);
        object.insert("ciphertext".into(), ciphertext.into());
        put(&mut object, "tag", &base64url::encode(&self.tag));
        Value::from(object).to_string()
    }
}

fn element(recipient: &Recipient) -> Map<String, Value> {
    let mut element = Map::new();
    if !recipient.own.is_empty() {
        element.insert("header".into(), recipient.own.clone().into());
    }
    let encrypted_key = base64url::encode(&recipient.encrypted_key);
    put(&mut element, "encrypted_key", &encrypted_key);
    element
}
