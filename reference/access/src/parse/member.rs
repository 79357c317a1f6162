use std::fmt;

use serde_json::{Map, Value};

use super::PolicyError;

/// How much of a refused value an error shows.
const EXCERPT: usize = 40;

/// A place in a value, as a chain to the root, so that a path is written only when an error needs it.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The value as a whole.
    Root,
    /// A member of the object at another place.
    Member(&'a Place<'a>, &'a str),
    /// An item of the array at another place.
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// The error for a value at this place.
    pub(super) fn invalid(&self, expected: &'static str, got: &Value) -> PolicyError {
        PolicyError::Invalid {
            path: self.to_string(),
            expected,
            got: excerpt(got),
        }
    }

    fn missing(&self, name: &str, expected: &'static str) -> PolicyError {
        PolicyError::Invalid {
            path: Place::Member(self, name).to_string(),
            expected,
            got: "nothing".to_owned(),
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => formatter.write_str("."),
            Self::Member(Place::Root, name) => formatter.write_str(name),
            Self::Member(parent, name) => write!(formatter, "{parent}.{name}"),
            Self::Item(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

/// An object whose member names are all known.
pub(super) struct Object<'a> {
    place: &'a Place<'a>,
    members: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    /// Reads an object and refuses every member that is not among the known ones: a misspelt restriction must not vanish.
    pub(super) fn read(
        place: &'a Place<'a>,
        value: &'a Value,
        known: &[&str],
    ) -> Result<Self, PolicyError> {
        let members = value
            .as_object()
            .ok_or_else(|| place.invalid("an object", value))?;
        match members
            .iter()
            .find(|(name, _)| !known.contains(&name.as_str()))
        {
            None => Ok(Self { place, members }),
            Some((name, value)) => {
                Err(Place::Member(place, &shorten(name)).invalid("no such member", value))
            }
        }
    }

    /// Reads a member that may be absent.
    pub(super) fn optional<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Place<'_>, &Value) -> Result<T, PolicyError>,
    ) -> Result<Option<T>, PolicyError> {
        self.members
            .get(name)
            .map(|value| read(&Place::Member(self.place, name), value))
            .transpose()
    }

    /// Reads a member that has to be there.
    pub(super) fn mandatory<T>(
        &self,
        name: &str,
        expected: &'static str,
        read: impl FnOnce(&Place<'_>, &Value) -> Result<T, PolicyError>,
    ) -> Result<T, PolicyError> {
        self.optional(name, read)?
            .ok_or_else(|| self.place.missing(name, expected))
    }
}

/// Reads an array whose items are all of one kind.
pub(super) fn list<T>(
    place: &Place<'_>,
    value: &Value,
    read: impl Fn(&Place<'_>, &Value) -> Result<T, PolicyError>,
) -> Result<Vec<T>, PolicyError> {
    value
        .as_array()
        .ok_or_else(|| place.invalid("an array", value))?
        .iter()
        .enumerate()
        .map(|(index, item)| read(&Place::Item(place, index), item))
        .collect()
}

/// Reads an array of at least one item: a restriction that lists nothing could be taken for none or for a total one.
pub(super) fn filled_list<T>(
    place: &Place<'_>,
    value: &Value,
    read: impl Fn(&Place<'_>, &Value) -> Result<T, PolicyError>,
) -> Result<Vec<T>, PolicyError> {
    let items = list(place, value, read)?;
    if items.is_empty() {
        return Err(place.invalid("an array of at least one item", value));
    }
    Ok(items)
}

/// Reads a string with a grammar of its own.
pub(super) fn text<T>(
    place: &Place<'_>,
    value: &Value,
    expected: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, PolicyError> {
    value
        .as_str()
        .and_then(parse)
        .ok_or_else(|| place.invalid(expected, value))
}

/// Reads a number without a fraction that fits into 32 bits.
pub(super) fn integer(place: &Place<'_>, value: &Value) -> Result<u32, PolicyError> {
    value
        .as_u64()
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| place.invalid("a non-negative integer", value))
}

fn excerpt(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(members) => format!("an object of {}", members.len()),
        Value::String(text) => format!("{:?}", shorten(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => shorten(&value.to_string()),
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(EXCERPT).collect()
}
