//! The options of a message.

use super::error::OptionError;
use super::number::OptionNumber;
use crate::field::{FieldError, value};

/// Options in the order of their numbers; those with the same number in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Options(Vec<(OptionNumber, Vec<u8>)>);

impl Options {
    /// Adds an option behind those with the same number.
    pub fn add(&mut self, number: OptionNumber, value: impl Into<Vec<u8>>) {
        let place = self.0.partition_point(|(other, _)| *other <= number);
        self.0.insert(place, (number, value.into()));
    }

    /// Adds a number, without zeros in front (RFC 7252, 3.2).
    pub fn add_uint(&mut self, number: OptionNumber, value: u32) {
        self.add(number, uint(value));
    }

    /// Puts one option in the place of all with its number.
    pub fn set(&mut self, number: OptionNumber, value: impl Into<Vec<u8>>) {
        self.remove(number);
        self.add(number, value);
    }

    /// Removes all options with a number.
    pub fn remove(&mut self, number: OptionNumber) {
        self.0.retain(|(other, _)| *other != number);
    }

    /// Keeps the options whose number is wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(OptionNumber) -> bool) {
        self.0.retain(|(number, _)| wanted(*number));
    }

    /// Every option.
    pub fn iter(&self) -> impl Iterator<Item = (OptionNumber, &[u8])> {
        self.0
            .iter()
            .map(|(number, value)| (*number, value.as_slice()))
    }

    /// The values of the options with a number.
    pub fn all(&self, number: OptionNumber) -> impl Iterator<Item = &[u8]> {
        self.iter()
            .filter(move |(other, _)| *other == number)
            .map(|(_, value)| value)
    }

    /// The first value of a number whose length is as defined. Others count as if they were not there (RFC 7252, 5.4.3 and
    /// 5.4.5).
    pub fn first(&self, number: OptionNumber) -> Option<&[u8]> {
        self.all(number).find(|value| is_of_length(number, value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The critical options that have no definition at all.
    pub fn unknown_critical(&self) -> impl Iterator<Item = OptionNumber> {
        self.iter()
            .map(|(number, _)| number)
            .filter(|number| number.is_critical() && number.definition().is_none())
    }

    /// Refuses a critical option that is not among `recognized`, or is not as it is defined.
    pub(super) fn check(&self, recognized: &[OptionNumber]) -> Result<(), OptionError> {
        let mut before = None;
        for (number, value) in self.iter().filter(|(number, _)| number.is_critical()) {
            let definition = number
                .definition()
                .filter(|_| recognized.contains(&number))
                .ok_or(OptionError::Unrecognized { number })?;
            if !definition.lengths.contains(&value.len()) {
                return Err(OptionError::Length {
                    number,
                    expected: definition.lengths,
                    got: value.len(),
                });
            }
            if before == Some(number) && !definition.is_repeatable {
                return Err(OptionError::Repeated { number });
            }
            before = Some(number);
        }
        Ok(())
    }

    /// The text of an option that occurs once.
    pub(super) fn text(&self, number: OptionNumber) -> Result<Option<String>, FieldError> {
        self.first(number)
            .map(|value| utf8(number, value))
            .transpose()
    }

    /// The texts of an option that may be repeated.
    pub(super) fn texts(&self, number: OptionNumber) -> Result<Vec<String>, FieldError> {
        self.all(number).map(|value| utf8(number, value)).collect()
    }

    /// The Event Category.
    pub(super) fn category(&self) -> Option<String> {
        self.uint(OptionNumber::EC).map(|number| number.to_string())
    }

    /// The number in an option that occurs once.
    pub fn uint(&self, number: OptionNumber) -> Option<u32> {
        self.first(number).and_then(read_uint)
    }
}

impl FromIterator<(OptionNumber, Vec<u8>)> for Options {
    fn from_iter<I: IntoIterator<Item = (OptionNumber, Vec<u8>)>>(options: I) -> Self {
        let mut options: Vec<_> = options.into_iter().collect();
        options.sort_by_key(|(number, _)| *number);
        Self(options)
    }
}

/// A number as an option value.
pub(super) fn uint(value: u32) -> Vec<u8> {
    value
        .to_be_bytes()
        .into_iter()
        .skip_while(|octet| *octet == 0)
        .collect()
}

/// The number that an option value of up to four octets is.
pub(super) fn read_uint(value: &[u8]) -> Option<u32> {
    (value.len() <= 4).then(|| {
        value
            .iter()
            .fold(0, |number, octet| number << 8 | u32::from(*octet))
    })
}

/// Whether a value is as long as an option of its number may be.
pub(super) fn is_of_length(number: OptionNumber, value: &[u8]) -> bool {
    number
        .definition()
        .is_none_or(|definition| definition.lengths.contains(&value.len()))
}

fn utf8(number: OptionNumber, value: &[u8]) -> Result<String, FieldError> {
    match std::str::from_utf8(value) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(value::wrong(
            &number.to_string(),
            "UTF-8",
            &value.escape_ascii().to_string(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_kept_in_order() {
        let mut options = Options::default();
        options.add(OptionNumber::FR, "C1");
        options.add(OptionNumber::URI_PATH, "b");
        options.add(OptionNumber::URI_HOST, "h");
        options.add(OptionNumber::URI_PATH, "a");
        let order: Vec<_> = options.iter().map(|(_, value)| value).collect();
        assert_eq!(order, [&b"h"[..], b"b", b"a", b"C1"]);
    }

    #[test]
    fn numbers_have_no_zeros_in_front_and_are_read_with_them() {
        assert_eq!(uint(0), b"");
        assert_eq!(uint(50), [50]);
        assert_eq!(uint(10_001), [0x27, 0x11]);
        assert_eq!(read_uint(&[0, 0, 0x27, 0x11]), Some(10_001));
        assert_eq!(read_uint(&[0; 5]), None);
    }

    #[test]
    fn critical_options_are_checked_and_elective_ones_are_not() {
        let mut options = Options::default();
        options.add(OptionNumber::from(2048), "elective");
        options.add(OptionNumber::CONTENT_FORMAT, "too long");
        assert_eq!(options.check(&[]), Ok(()));
        assert_eq!(options.uint(OptionNumber::CONTENT_FORMAT), None);
        options.add(OptionNumber::from(2049), "critical");
        let number = OptionNumber::from(2049);
        assert_eq!(
            options.check(&[number]),
            Err(OptionError::Unrecognized { number })
        );
        assert_eq!(options.unknown_critical().collect::<Vec<_>>(), [number]);
    }

    #[test]
    fn repeated_and_overlong_options_are_refused() {
        let mut options = Options::default();
        options.add(OptionNumber::FR, "C1");
        assert_eq!(options.check(&[OptionNumber::FR]), Ok(()));
        options.add(OptionNumber::FR, "C1");
        assert_eq!(
            options.check(&[OptionNumber::FR]),
            Err(OptionError::Repeated {
                number: OptionNumber::FR
            })
        );
        options.set(OptionNumber::FR, [b'C'; 256]);
        assert!(matches!(
            options.check(&[OptionNumber::FR]),
            Err(OptionError::Length { got: 256, .. })
        ));
    }
}
