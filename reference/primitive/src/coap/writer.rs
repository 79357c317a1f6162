//! Parameters to options.

use super::error::EncodeError;
use super::number::OptionNumber;
use super::options::{Options, is_of_length, uint};

/// Writes parameters as options of the lengths that they are defined with.
pub(super) struct Writer<'a>(&'a mut Options);

impl<'a> Writer<'a> {
    pub(super) fn of(options: &'a mut Options) -> Self {
        Self(options)
    }

    /// Adds a text, if there is one.
    pub(super) fn text(
        &mut self,
        number: OptionNumber,
        text: Option<&str>,
    ) -> Result<(), EncodeError> {
        match text {
            None => Ok(()),
            Some(text) => self.add(number, text.as_bytes().to_vec()),
        }
    }

    /// Adds a number, if there is one.
    pub(super) fn number(
        &mut self,
        number: OptionNumber,
        value: Option<impl Into<u64>>,
    ) -> Result<(), EncodeError> {
        let Some(value) = value.map(Into::into) else {
            return Ok(());
        };
        let octets = u32::try_from(value).map(uint);
        let octets = octets.ok().filter(|octets| is_of_length(number, octets));
        match octets {
            Some(octets) => self.add(number, octets),
            None => Err(EncodeError::Number {
                number,
                got: value.to_string(),
            }),
        }
    }

    /// Adds the Event Category, if there is one: a number, and so written in one way only.
    pub(super) fn category(&mut self, text: Option<&str>) -> Result<(), EncodeError> {
        let Some(text) = text else {
            return Ok(());
        };
        match text.parse::<u32>() {
            Ok(number) if number.to_string() == text => self.number(OptionNumber::EC, Some(number)),
            _ => Err(EncodeError::Number {
                number: OptionNumber::EC,
                got: text.to_owned(),
            }),
        }
    }

    fn add(&mut self, number: OptionNumber, value: Vec<u8>) -> Result<(), EncodeError> {
        match number.definition() {
            Some(definition) if !definition.lengths.contains(&value.len()) => {
                Err(EncodeError::Length {
                    number,
                    expected: definition.lengths,
                    got: value.len(),
                })
            }
            _ => {
                self.0.add(number, value);
                Ok(())
            }
        }
    }
}
