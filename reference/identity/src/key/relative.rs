use std::fmt;

use super::hex;
use crate::IdentityError;
use crate::text::parsed_from_str;

/// The relative part of the identifier of a symmetric key: letters, digits, `.`, `_` and `-` in any order
/// (sec:relKeyID, TS-0003 V3.18.0, Table 12.2-1).
///
/// Two of them are equal if they are written alike; whether case matters is said where they are used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelativeKeyId(String);

impl RelativeKeyId {
    /// Reads the part before the `@`.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        if text.is_empty() {
            return Err(IdentityError::Empty {
                expected: "the relative part of a key identifier",
            });
        }
        match text.chars().find(|character| !is_allowed(*character)) {
            None => Ok(Self(text.to_owned())),
            Some(got) => Err(IdentityError::Character {
                expected: "a letter, a digit, '.', '_' or '-' in the relative part of a key identifier",
                got,
            }),
        }
    }

    /// The hexBinary form of 16 exported octets, in lower-case digits (TS-0003 V3.18.0, 10.3.4 and 10.3.5).
    pub fn of_octets(octets: [u8; 16]) -> Self {
        Self(hex::digits(octets))
    }

    /// The octets whose hexBinary form this is, if it has that form; the case of the digits does not matter.
    pub fn octets(&self) -> Option<[u8; 16]> {
        hex::sixteen_octets(&self.0).ok()
    }

    /// The part as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelativeKeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

parsed_from_str!(RelativeKeyId);

fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::RelativeKeyId;

    #[test]
    fn examples_and_edges_of_the_alphabet_are_accepted() {
        for text in [
            "1he83he",
            "my-key_name",
            "firstname.lastname",
            "-",
            ".",
            "_",
            "A.B_c-9",
        ] {
            assert_eq!(RelativeKeyId::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn nothing_and_other_characters_are_refused() {
        for text in [
            "", "a@b", "a b", "a/b", "a+b", "a=", "ä", "a~b", "a\0", "a:b",
        ] {
            assert!(RelativeKeyId::parse(text).is_err(), "{text:?}");
        }
    }
}
