//! Numbers and truth values.

use std::str::FromStr;

use super::error::FieldError;

/// A number in decimal digits, without sign.
pub(crate) fn number<N: FromStr>(name: &str, text: &str) -> Result<N, FieldError> {
    let digits = !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    digits
        .then(|| text.parse().ok())
        .flatten()
        .ok_or_else(|| wrong(name, "a number", text))
}

/// A truth value: `true`, `false`, `1` or `0` (TS-0009 V3.9.1, Table 6.2.2.2-1).
pub(crate) fn boolean(name: &str, text: &str) -> Result<bool, FieldError> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(wrong(name, "true, false, 1 or 0", text)),
    }
}

/// The error for a value that is not of its type.
pub(crate) fn wrong(name: &str, expected: &'static str, got: &str) -> FieldError {
    FieldError::Value {
        name: name.to_owned(),
        expected,
        got: got.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_numbers() {
        assert_eq!(number::<u32>("x", "4294967295"), Ok(u32::MAX));
        assert_eq!(number::<u16>("x", "0007"), Ok(7));
    }

    #[test]
    fn signs_blanks_and_overflow_are_refused() {
        for text in ["", "+1", "-1", " 1", "1.0", "0x1", "4294967296", "１"] {
            assert!(number::<u32>("x", text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn truth_values_have_four_spellings() {
        assert_eq!(
            ["true", "1", "false", "0"].map(|text| boolean("x", text).unwrap()),
            [true, true, false, false]
        );
        assert!(boolean("x", "True").is_err());
    }
}
