use std::fmt;

use super::lenient::{object, octets};
use crate::base64url;
use serde_json::{Map, Value};

/// Any texts with points between them: of how many parts, and of what, is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compact {
    /// The texts, as they are sent.
    pub parts: Vec<String>,
}

impl Compact {
    /// Of any octets, each part encoded as it should be.
    pub fn of(parts: &[&[u8]]) -> Self {
        Self {
            parts: parts.iter().map(|part| base64url::encode(part)).collect(),
        }
    }

    /// Cuts a text at its points.
    pub fn read(text: &str) -> Self {
        Self {
            parts: text.split('.').map(Into::into).collect(),
        }
    }

    /// What a part may stand for; nothing where there is no such part.
    pub fn octets(&self, part: usize) -> Vec<u8> {
        self.parts
            .get(part)
            .map(|text| octets(text))
            .unwrap_or_default()
    }

    /// The members of the first part, as far as they are JSON.
    pub fn header(&self) -> Option<Map<String, Value>> {
        object(&self.octets(0))
    }

    /// The same with one part replaced by the encoding of octets; a part that is not there is added behind the others.
    pub fn with(mut self, part: usize, octets: &[u8]) -> Self {
        let text = base64url::encode(octets);
        match self.parts.get_mut(part) {
            Some(slot) => *slot = text,
            None => self.parts.push(text),
        }
        self
    }

    /// The same with one part replaced by a text.
    pub fn with_text(mut self, part: usize, text: &str) -> Self {
        match self.parts.get_mut(part) {
            Some(slot) => *slot = text.into(),
            None => self.parts.push(text.into()),
        }
        self
    }
}

impl fmt::Display for Compact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.parts.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::Compact;

    #[test]
    fn any_text_comes_back() {
        for text in ["", ".", "a.b", "eyJ9.=.\u{e9}..", "......."] {
            assert_eq!(Compact::read(text).to_string(), text);
        }
    }

    #[test]
    fn a_part_is_replaced_or_added() {
        let two = Compact::of(&[b"{}", b"x"]);
        assert_eq!(two.clone().with(1, b"y").to_string(), "e30.eQ");
        assert_eq!(two.clone().with_text(0, "?").to_string(), "?.eA");
        assert_eq!(two.with(2, b"z").to_string(), "e30.eA.eg");
    }
}
