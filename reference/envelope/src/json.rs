//! JSON objects as JOSE wants them (RFC 7515, 4 and 10.12): no member twice at any depth, and nothing behind the object.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};
use thiserror::Error;

/// The most objects and arrays that may stand in each other, the outermost among them.
pub const DEPTH_LIMIT: usize = 32;

/// Why octets are not a JSON object that JOSE accepts.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonError {
    /// The octets are no UTF-8.
    #[error("octet {at} is no utf-8")]
    Utf8 {
        /// The octets before it.
        at: usize,
    },
    /// They do not follow the grammar, or state a number beyond what is kept.
    #[error("no json: {reason}")]
    Syntax {
        /// What the grammar misses, and where.
        reason: String,
    },
    /// A member stands twice in one object.
    #[error("member `{name}` stands twice")]
    Duplicate {
        /// The name of the member.
        name: String,
    },
    /// Too many objects and arrays in each other.
    #[error("expected at most {limit} levels")]
    Depth {
        /// [`DEPTH_LIMIT`].
        limit: usize,
    },
    /// Octets other than white space behind the value.
    #[error("octets behind the value")]
    Trailing,
    /// A value that is no object.
    #[error("expected an object, got {got}")]
    NotAnObject {
        /// What it is.
        got: &'static str,
    },
}

/// Reads exactly one object; its members keep their order.
pub fn read_object(octets: &[u8]) -> Result<Map<String, Value>, JsonError> {
    match read_value(octets)? {
        Value::Object(members) => Ok(members),
        other => Err(JsonError::NotAnObject { got: kind(&other) }),
    }
}

/// Reads exactly one value of any kind.
pub fn read_value(octets: &[u8]) -> Result<Value, JsonError> {
    let text = str::from_utf8(octets).map_err(|error| JsonError::Utf8 {
        at: error.valid_up_to(),
    })?;
    let refusal = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let strict = Strict {
        levels: DEPTH_LIMIT,
        refusal: &refusal,
    };
    let value = strict.deserialize(&mut reader).map_err(|error| {
        refusal.take().unwrap_or_else(|| JsonError::Syntax {
            reason: error.to_string(),
        })
    })?;
    reader.end().map_err(|_| JsonError::Trailing)?;
    Ok(value)
}

/// Appends a text in quotation marks, with what has to be escaped.
pub(crate) fn write_text(json: &mut String, text: &str) {
    let plain = |octet: u8| octet >= 0x20 && octet != b'"' && octet != b'\\';
    if text.bytes().all(plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
    } else {
        json.push_str(&Value::from(text).to_string());
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A reading of one value, which leaves in `refusal` what serde_json has no words for.
#[derive(Clone, Copy)]
struct Strict<'refusal> {
    /// How many more levels may be entered.
    levels: usize,
    refusal: &'refusal Cell<Option<JsonError>>,
}

impl Strict<'_> {
    fn refuse<E: serde::de::Error>(&self, refusal: JsonError) -> E {
        let message = E::custom(&refusal);
        self.refusal.set(Some(refusal));
        message
    }

    fn entered<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(Self { levels, ..self }),
            None => Err(self.refuse(JsonError::Depth { limit: DEPTH_LIMIT })),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a json value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let inside = self.entered()?;
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(inside)? {
            array.push(element);
        }
        Ok(array.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inside = self.entered()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            match object.entry(name) {
                Entry::Occupied(twice) => {
                    let name = twice.key().clone();
                    return Err(self.refuse(JsonError::Duplicate { name }));
                }
                Entry::Vacant(entry) => {
                    entry.insert(members.next_value_seed(inside)?);
                }
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_LIMIT, JsonError, read_object};

    fn duplicate(name: &str) -> JsonError {
        JsonError::Duplicate { name: name.into() }
    }

    #[test]
    fn members_keep_their_order() {
        let object = read_object(br#"{"b":1,"a":{"d":[],"c":null}}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&object).unwrap(),
            r#"{"b":1,"a":{"d":[],"c":null}}"#
        );
    }

    #[test]
    fn member_twice_is_refused_at_any_depth() {
        assert_eq!(read_object(br#"{"a":1,"a":1}"#), Err(duplicate("a")));
        assert_eq!(
            read_object(br#"{"x":[{"a":1,"b":2,"a":3}]}"#),
            Err(duplicate("a"))
        );
    }

    #[test]
    fn member_twice_is_found_behind_its_escapes() {
        assert_eq!(
            read_object(br#"{"alg":"dir","\u0061lg":"none"}"#),
            Err(duplicate("alg"))
        );
    }

    #[test]
    fn one_level_more_than_the_limit_is_refused() {
        let nested = |levels: usize| {
            let arrays = levels - 1;
            format!(r#"{{"a":{}{}}}"#, "[".repeat(arrays), "]".repeat(arrays))
        };
        assert!(read_object(nested(DEPTH_LIMIT).as_bytes()).is_ok());
        for levels in [DEPTH_LIMIT + 1, 100_000] {
            let refused = read_object(nested(levels).as_bytes());
            assert_eq!(refused, Err(JsonError::Depth { limit: DEPTH_LIMIT }));
        }
    }

    #[test]
    fn octets_behind_the_object_are_refused() {
        assert!(read_object(b" {} \n").is_ok());
        for text in ["{}{}", "{}\0", "{},", "{} x"] {
            assert_eq!(
                read_object(text.as_bytes()),
                Err(JsonError::Trailing),
                "{text}"
            );
        }
    }

    #[test]
    fn octets_that_are_no_utf_8_are_refused() {
        assert_eq!(
            read_object(b"{\"a\":\"\xff\"}"),
            Err(JsonError::Utf8 { at: 6 })
        );
    }

    #[test]
    fn other_values_are_no_object() {
        let got = |text: &str| read_object(text.as_bytes());
        assert_eq!(got("[]"), Err(JsonError::NotAnObject { got: "an array" }));
        assert_eq!(got("null"), Err(JsonError::NotAnObject { got: "null" }));
    }

    #[test]
    fn what_the_grammar_lacks_is_refused() {
        for text in [
            "",
            "{",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\":NaN}",
            "{\"a\":1e999}",
            "{\"a\":\"\\ud800\"}",
        ] {
            assert!(
                matches!(read_object(text.as_bytes()), Err(JsonError::Syntax { .. })),
                "{text}"
            );
        }
    }
}
