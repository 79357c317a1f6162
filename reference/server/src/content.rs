//! Content and what is said of it. The CSE keeps both octet by octet: an envelope that secures content from end to end is
//! the business of its source and its targets (TS-0001 V3.36.0, 11.4.1).

use onem2m_envelope::esdata::ContentSecurity;
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::resource::Kind;

/// The decisions of the CSE about content, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// Whether a text is a contentInfo (TS-0004 V3.32.0, Table 6.3.3-1).
    pub(crate) information: fn(&str) -> bool,
    /// The part of contentInfo that a contentType compares with (TS-0004 V3.32.0, 7.3.3.17.8).
    pub(crate) media_type: fn(&str) -> Option<&str>,
    /// What is kept of the attributes of an instance that was written (TS-0001 V3.36.0, 11.4.1).
    pub(crate) kept: fn(&mut Map<String, Value>),
    /// contentSize (TS-0001 V3.36.0, 9.6.7).
    pub(crate) size: fn(&Value) -> u64,
    /// What a notification shows of the attributes of an instance (TS-0001 V3.36.0, 11.4.1).
    pub(crate) notified: fn(&mut Map<String, Value>),
}

impl Clauses {
    /// Every clause as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        information,
        media_type,
        kept: as_it_is,
        size,
        notified: as_it_is,
    };
}

/// Checks what an instance says of its content and keeps it.
pub(crate) fn written(
    clauses: &Clauses,
    kind: Kind,
    attributes: &mut Map<String, Value>,
) -> Result<(), Refusal> {
    let information = attributes.get("cnf").and_then(Value::as_str);
    if information.is_some_and(|text| !(clauses.information)(text)) {
        return Err(Refusal::bad_request(
            "cnf: expected a media type, an encoding type and perhaps a content security, got another text",
        ));
    }
    if kind.is_instance() {
        (clauses.kept)(attributes);
    }
    Ok(())
}

/// A media type, m2m:encodingType and perhaps m2m:contentSecurity, with a colon between them (TS-0004 V3.32.0, 6.3.3,
/// 6.3.4.2.28 and 6.3.4.2.38).
fn information(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        [media_type, encoding] => is_media_type(media_type) && is_encoding(encoding),
        [media_type, encoding, security] => {
            is_media_type(media_type) && is_encoding(encoding) && is_security(security)
        }
        _ => false,
    }
}

fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    text.split_once('/')
        .is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype))
}

fn is_encoding(text: &str) -> bool {
    matches!(text, "0" | "1" | "2")
}

fn is_security(text: &str) -> bool {
    ContentSecurity::ALL
        .iter()
        .any(|form| form.number().to_string() == text)
}

fn media_type(information: &str) -> Option<&str> {
    information.split(':').next()
}

fn as_it_is(_attributes: &mut Map<String, Value>) {}

/// The octets of a text, or of the serialization of anything else.
fn size(content: &Value) -> u64 {
    let octets = match content {
        Value::String(text) => text.len(),
        other => other.to_string().len(),
    };
    u64::try_from(octets).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::information;

    #[test]
    fn two_or_three_parts_are_read() {
        for text in [
            "text/plain:0",
            "application/json:1:0",
            "application/xml:2:5",
        ] {
            assert!(information(text), "{text}");
        }
        for text in [
            "",
            "text/plain",
            ":0",
            "text:0",
            "/:0",
            "text/plain:",
            "text/plain:3",
            "text/plain:0:",
            "text/plain:0:6",
            "text/plain:0:-1",
            "text/plain:0:01",
            "text/plain:0:1:1",
            "text/plain:0: 1",
        ] {
            assert!(!information(text), "{text}");
        }
    }
}
