//! One argument of a query.

use std::str::FromStr;

use crate::field::{FieldError, percent, value};

/// A parameter to write: its name and its value, or the elements of its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    /// The short name.
    pub(crate) name: String,
    /// At least one, each as it is.
    pub(crate) elements: Vec<String>,
}

/// How a binding writes values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// As a component of a URI: percent-encoded, with elements joined by `+`.
    Percent,
    /// As it is, one element an argument. Only numbers may be joined by `+`, which is no part of them.
    Plain,
}

/// An argument as read: its name decoded, its value still as written.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    /// The short name.
    pub(crate) name: &'a str,
    /// The value.
    pub(crate) text: &'a str,
    /// How the value is written.
    pub(crate) notation: Notation,
}

impl Written<'_> {
    pub(super) fn text(self, slot: &mut Option<String>) -> Result<(), FieldError> {
        self.once(slot, |argument| argument.decoded(argument.text))
    }

    pub(super) fn number<N: FromStr>(self, slot: &mut Option<N>) -> Result<(), FieldError> {
        self.once(slot, |argument| {
            value::number(argument.name, &argument.decoded(argument.text)?)
        })
    }

    pub(super) fn boolean(self, slot: &mut Option<bool>) -> Result<(), FieldError> {
        self.once(slot, |argument| {
            value::boolean(argument.name, &argument.decoded(argument.text)?)
        })
    }

    /// Adds the elements, of which none may be empty.
    pub(crate) fn texts(self, list: &mut Vec<String>) -> Result<(), FieldError> {
        let elements: Vec<&str> = match self.notation {
            Notation::Percent => self.text.split('+').collect(),
            Notation::Plain => vec![self.text],
        };
        for element in elements {
            if element.is_empty() {
                return Err(value::wrong(
                    self.name,
                    "a list without empty elements",
                    self.text,
                ));
            }
            list.push(self.decoded(element)?);
        }
        Ok(())
    }

    pub(super) fn numbers(self, list: &mut Vec<u32>) -> Result<(), FieldError> {
        for element in self.text.split('+') {
            list.push(value::number(self.name, &self.decoded(element)?)?);
        }
        Ok(())
    }

    /// The value, whole.
    pub(super) fn whole(self) -> Result<String, FieldError> {
        self.decoded(self.text)
    }

    fn once<T>(
        self,
        slot: &mut Option<T>,
        read: impl FnOnce(Self) -> Result<T, FieldError>,
    ) -> Result<(), FieldError> {
        if slot.is_some() {
            return Err(FieldError::Repeated {
                name: self.name.to_owned(),
            });
        }
        *slot = Some(read(self)?);
        Ok(())
    }

    fn decoded(self, text: &str) -> Result<String, FieldError> {
        match self.notation {
            Notation::Percent => percent::decode(text)
                .ok_or_else(|| value::wrong(self.name, "percent-encoded UTF-8", text)),
            Notation::Plain => Ok(text.to_owned()),
        }
    }
}
