//! Strict JSON.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Why octets are not one strict JSON text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// A member name occurs twice in one object, where readers differ in which value they take.
    #[error("duplicate member {name:?} near line {line} column {column}")]
    DuplicateMember {
        /// The name.
        name: String,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
    },
    /// The octets are not RFC 8259 JSON, are followed by something else, or nest 128 levels or deeper.
    #[error("expected one JSON text, got {detail}")]
    Invalid {
        /// What the parser met and where.
        detail: String,
    },
}

/// Reads one JSON text that fills `octets`.
///
/// Stricter than RFC 8259 asks: member names are unique in their object, and nesting stays below 128 levels.
pub fn parse(octets: &[u8]) -> Result<Value, JsonError> {
    let duplicate = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(octets);
    Strict {
        duplicate: &duplicate,
    }
    .deserialize(&mut deserializer)
    .and_then(|value| deserializer.end().map(|()| value))
    .map_err(|error| match duplicate.take() {
        Some(name) => JsonError::DuplicateMember {
            name,
            line: error.line(),
            column: error.column(),
        },
        None => JsonError::Invalid {
            detail: error.to_string(),
        },
    })
}

/// Builds a [`Value`] and notes the member name that occurred twice.
#[derive(Clone, Copy)]
struct Strict<'a> {
    duplicate: &'a RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                self.duplicate.replace(Some(name));
                return Err(A::Error::custom("duplicate member"));
            }
            let value = members.next_value_seed(self)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn nested(levels: usize) -> Vec<u8> {
        [vec![b'['; levels], vec![b']'; levels]].concat()
    }

    #[test]
    fn values_keep_their_kinds() {
        let value =
            parse(br#" {"a":[null,true,-1,18446744073709551615,0.5,"\u00e9"],"b":{}} "#).unwrap();
        assert_eq!(
            value,
            json!({"a": [null, true, -1, 18446744073709551615u64, 0.5, "é"], "b": {}})
        );
    }

    #[test]
    fn order_of_members_is_kept() {
        let value = parse(br#"{"z":1,"a":2}"#).unwrap();
        assert_eq!(value.to_string(), r#"{"z":1,"a":2}"#);
    }

    #[test]
    fn duplicate_member_is_refused_at_any_depth() {
        for text in [
            r#"{"pv":1,"pv":2}"#,
            r#"[{"a":{"pv":1,"b":2,"pv":1}}]"#,
            r#"{"pv":1,"\u0070v":2}"#,
        ] {
            assert!(
                matches!(parse(text.as_bytes()), Err(JsonError::DuplicateMember { name, .. }) if name == "pv"),
                "{text}"
            );
        }
    }

    #[test]
    fn same_member_in_different_objects_is_accepted() {
        assert!(parse(br#"[{"a":1},{"a":{"a":2}}]"#).is_ok());
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(parse(&nested(127)).is_ok());
        assert!(parse(&nested(128)).is_err());
        assert!(parse(&nested(1_000_000)).is_err());
        assert!(parse(&vec![b'['; 1_000_000]).is_err());
    }

    #[test]
    fn what_is_not_one_json_text_is_refused() {
        let texts: [&[u8]; 12] = [
            b"",
            b" ",
            b"{",
            b"{} {}",
            b"{}x",
            b"{'a':1}",
            b"{\"a\":01}",
            b"[1,]",
            b"nul",
            b"NaN",
            b"1e999",
            b"\"\xff\"",
        ];
        for text in texts {
            assert!(
                matches!(parse(text), Err(JsonError::Invalid { .. })),
                "{text:?}"
            );
        }
        assert!(parse(b"\xef\xbb\xbf{}").is_err(), "byte order mark");
        assert!(parse(br#""\ud800""#).is_err(), "lone surrogate");
    }
}
