use serde_json::{Map, Value};

use crate::Unreadable;

/// The members of an object, and those that stand in for what it does not state.
#[derive(Clone, Copy)]
pub(crate) struct Members<'v> {
    stated: &'v Map<String, Value>,
    otherwise: Option<&'v Map<String, Value>>,
}

impl<'v> Members<'v> {
    pub(crate) fn of(stated: &'v Map<String, Value>) -> Self {
        Self {
            stated,
            otherwise: None,
        }
    }

    pub(crate) fn or(self, otherwise: &'v Map<String, Value>) -> Self {
        Self {
            otherwise: Some(otherwise),
            ..self
        }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&'v Value> {
        let otherwise = || self.otherwise.and_then(|members| members.get(name));
        self.stated.get(name).or_else(otherwise)
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'v str, Unreadable> {
        self.read(name, "text", Value::as_str)
    }

    pub(crate) fn truth(&self, name: &str) -> Result<bool, Unreadable> {
        self.read(name, "true or false", Value::as_bool)
    }

    pub(crate) fn number<N: TryFrom<u64>>(&self, name: &str) -> Result<N, Unreadable> {
        let number = |value: &Value| N::try_from(value.as_u64()?).ok();
        self.read(name, "a number of that size", number)
    }

    pub(crate) fn list(&self, name: &str) -> Result<&'v [Value], Unreadable> {
        self.read(name, "a list", |value| value.as_array().map(Vec::as_slice))
    }

    pub(crate) fn texts(&self, name: &str) -> Result<Vec<&'v str>, Unreadable> {
        let texts = |value: &'v Value| value.as_array()?.iter().map(Value::as_str).collect();
        self.read(name, "a list of texts", texts)
    }

    pub(crate) fn object(&self, name: &str) -> Result<&'v Map<String, Value>, Unreadable> {
        self.read(name, "an object", Value::as_object)
    }

    /// The octets that hexadecimal digits stand for.
    pub(crate) fn octets(&self, name: &str) -> Result<Vec<u8>, Unreadable> {
        self.read(name, "pairs of hexadecimal digits", |value| {
            octets(value.as_str()?)
        })
    }

    pub(crate) fn array<const LENGTH: usize>(
        &self,
        name: &str,
    ) -> Result<[u8; LENGTH], Unreadable> {
        let octets = self.octets(name)?;
        let length = octets.len();
        let other = |_| Unreadable::value(name, format!("expected {LENGTH} octets, got {length}"));
        octets.try_into().map_err(other)
    }

    /// The choice that a word stands for.
    pub(crate) fn choice<T: Copy>(
        &self,
        name: &str,
        choices: &[(&str, T)],
    ) -> Result<T, Unreadable> {
        let word = self.text(name)?;
        let chosen = choices.iter().find(|(known, _)| *known == word);
        chosen
            .map(|(_, choice)| *choice)
            .ok_or_else(|| Unreadable::value(name, format!("{word:?} is no choice")))
    }

    pub(crate) fn read<T>(
        &self,
        name: &str,
        expected: &'static str,
        read: impl FnOnce(&'v Value) -> Option<T>,
    ) -> Result<T, Unreadable> {
        let value = self.find(name);
        value
            .and_then(read)
            .ok_or_else(|| Unreadable::member(name, expected, value))
    }
}

pub(crate) fn hex(octets: &[u8]) -> Value {
    let digits: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    digits.into()
}

fn octets(digits: &str) -> Option<Vec<u8>> {
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    match rest {
        [] => pairs.iter().map(|digits| pair(digits)).collect(),
        _ => None,
    }
}
