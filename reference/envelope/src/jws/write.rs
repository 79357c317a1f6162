use serde_json::{Map, Value};

use super::{Jws, Signature};
use crate::Serialization;
use crate::base64url;
use crate::serialization::put;

impl Jws {
    /// Writes it in the serialization in which it was read: a compact one as the same text, a JSON one without the members
    /// that nobody knows.
    pub fn write(&self) -> String {
        let elements = self.signatures.iter().map(element);
        let payload = Value::from(self.payload_text.as_str());
        match self.serialization() {
            Serialization::Compact => {
                let first = self.signatures.first();
                let protected = first.map(|one| one.protected_text.as_str());
                let signature = first.map(|one| base64url::encode(&one.octets));
                let parts = [
                    protected.unwrap_or_default(),
                    &self.payload_text,
                    &signature.unwrap_or_default(),
                ];
                parts.join(".")
            }
            Serialization::Flattened => {
                let mut object = elements.fold(Map::new(), |mut all, mut element| {
                    all.append(&mut element);
                    all
                });
                object.insert("payload".into(), payload);
                Value::from(object).to_string()
            }
            Serialization::General => {
                let elements = elements.map(Value::from).collect::<Vec<_>>();
                let members = [("payload", payload), ("signatures", elements.into())];
                let members = members.map(|(name, value)| (name.to_owned(), value));
                Value::from(Map::from_iter(members)).to_string()
            }
        }
    }
}

fn element(signature: &Signature) -> Map<String, Value> {
    let mut element = Map::new();
    put(&mut element, "protected", &signature.protected_text);
    if !signature.own.is_empty() {
        element.insert("header".into(), signature.own.clone().into());
    }
    put(
        &mut element,
        "signature",
        &base64url::encode(&signature.octets),
    );
    element
}
