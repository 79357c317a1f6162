use serde_json::{Map, Value};

use super::error::SerializationError;

/// The members of an object, each of which is asked for by its name once; the rest is unknown.
pub(super) struct Members<'a> {
    object: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

/// What a member may be.
type Reading<'a, T> = (&'static str, fn(&'a Value) -> Option<T>);

impl<'a> Members<'a> {
    pub(super) fn of(value: &'a Value, place: &'static str) -> Result<Self, SerializationError> {
        let object = value
            .as_object()
            .ok_or(SerializationError::NotAnObject { place })?;
        Ok(Self {
            object,
            known: Vec::new(),
        })
    }

    /// The value of a member as it is.
    pub(super) fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.object.get(name)
    }

    pub(super) fn text(
        &mut self,
        name: &'static str,
    ) -> Result<Option<String>, SerializationError> {
        self.read(name, ("a text", |value| value.as_str().map(str::to_owned)))
    }

    /// A text, or a number in its place: the types that are a union of both.
    pub(super) fn scalar(
        &mut self,
        name: &'static str,
    ) -> Result<Option<String>, SerializationError> {
        self.read(
            name,
            ("a text or a number", |value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }),
        )
    }

    pub(super) fn number<N: TryFrom<u64>>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<N>, SerializationError> {
        self.read(
            name,
            ("a number", |value| N::try_from(value.as_u64()?).ok()),
        )
    }

    pub(super) fn boolean(
        &mut self,
        name: &'static str,
    ) -> Result<Option<bool>, SerializationError> {
        self.read(name, ("true or false", Value::as_bool))
    }

    pub(super) fn texts(&mut self, name: &'static str) -> Result<Vec<String>, SerializationError> {
        let texts = self.read(
            name,
            ("a list of texts", |value| {
                let list = value.as_array()?;
                list.iter()
                    .map(|element| element.as_str().map(str::to_owned))
                    .collect()
            }),
        )?;
        Ok(texts.unwrap_or_default())
    }

    pub(super) fn numbers(&mut self, name: &'static str) -> Result<Vec<u32>, SerializationError> {
        let numbers = self.read(
            name,
            ("a list of numbers", |value| {
                let list = value.as_array()?;
                list.iter()
                    .map(|element| u32::try_from(element.as_u64()?).ok())
                    .collect()
            }),
        )?;
        Ok(numbers.unwrap_or_default())
    }

    /// No member is left that was not asked for.
    pub(super) fn end(self) -> Result<(), SerializationError> {
        let unknown = self
            .object
            .keys()
            .find(|name| !self.known.contains(&name.as_str()));
        match unknown {
            None => Ok(()),
            Some(name) => Err(SerializationError::Unknown {
                member: name.chars().take(40).collect(),
            }),
        }
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        (expected, read): Reading<'a, T>,
    ) -> Result<Option<T>, SerializationError> {
        self.value(name)
            .map(|value| {
                read(value).ok_or(SerializationError::Type {
                    member: name,
                    expected,
                })
            })
            .transpose()
    }
}

/// An object that is written member by member; what is absent is left out.
#[derive(Default)]
pub(super) struct Written(Map<String, Value>);

impl Written {
    pub(super) fn put(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    pub(super) fn put_list<T: Clone + Into<Value>>(&mut self, name: &str, list: &[T]) {
        self.put(name, (!list.is_empty()).then(|| list.to_vec()));
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}
