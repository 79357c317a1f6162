use serde_json::{Map, Value};

use crate::header::octets;
use crate::{EnvelopeError, Part};

/// How an object is written (RFC 7516, 7; RFC 7515, 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Serialization {
    /// Parts with points between them.
    Compact,
    /// A JSON object for one recipient or signature.
    Flattened,
    /// A JSON object for any number of recipients or signatures.
    General,
}

/// The text of a member, if there is one.
pub(crate) fn text<'a>(
    members: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a str>, EnvelopeError> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(EnvelopeError::Kind {
            name,
            expected: "a text",
        }),
    }
}

/// The text of a member that has to be there.
pub(crate) fn required<'a>(
    members: &'a Map<String, Value>,
    name: &'static str,
) -> Result<&'a str, EnvelopeError> {
    text(members, name)?.ok_or(EnvelopeError::Missing { name })
}

/// The text of a member that is left out rather than empty.
pub(crate) fn nonempty<'a>(
    members: &'a Map<String, Value>,
    name: &'static str,
    part: Part,
) -> Result<Option<&'a str>, EnvelopeError> {
    match text(members, name)? {
        Some("") => Err(EnvelopeError::Empty { part }),
        other => Ok(other),
    }
}

/// The octets of a member, none if there is no such member.
pub(crate) fn encoded(
    members: &Map<String, Value>,
    name: &'static str,
    part: Part,
) -> Result<Vec<u8>, EnvelopeError> {
    octets(part, text(members, name)?.unwrap_or_default())
}

/// The members of a header that no tag or signature covers, which is left out rather than empty.
pub(crate) fn object(
    members: &Map<String, Value>,
    name: &'static str,
    part: Part,
) -> Result<Map<String, Value>, EnvelopeError> {
    match members.get(name) {
        None => Ok(Map::new()),
        Some(Value::Object(object)) if object.is_empty() => Err(EnvelopeError::Empty { part }),
        Some(Value::Object(object)) => Ok(object.clone()),
        Some(_) => Err(EnvelopeError::Kind {
            name,
            expected: "an object",
        }),
    }
}

/// The objects of an array, if there is one; an array of none is refused.
pub(crate) fn elements<'a>(
    members: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<Vec<&'a Map<String, Value>>>, EnvelopeError> {
    let kind = || EnvelopeError::Kind {
        name,
        expected: "an array of objects",
    };
    let Some(value) = members.get(name) else {
        return Ok(None);
    };
    let array = value.as_array().ok_or_else(kind)?;
    if array.is_empty() {
        return Err(EnvelopeError::NoElement { name });
    }
    array
        .iter()
        .map(|element| element.as_object().ok_or_else(kind))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// Adds the text of a member that is left out rather than empty.
pub(crate) fn put(members: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        members.insert(name.into(), text.into());
    }
}

/// Refuses members of the other JSON serialization.
pub(crate) fn refuse(
    members: &Map<String, Value>,
    names: &[&'static str],
) -> Result<(), EnvelopeError> {
    match names.iter().find(|name| members.contains_key(**name)) {
        Some(name) => Err(EnvelopeError::MixedSerialization { name }),
        None => Ok(()),
    }
}
