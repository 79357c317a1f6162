//! Symmetric keys: where they come from, and that they are never shown.

use serde::{Deserialize, Deserializer, de::Error};
use std::fmt;
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// A symmetric key; it is wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SymmetricKey(Zeroizing<Vec<u8>>);

/// Where a profile takes a key from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// It stands in the profile.
    Inline(SymmetricKey),
    /// In a file, in hexadecimal.
    File(PathBuf),
    /// In an environment variable, in hexadecimal.
    Environment(String),
}

/// Why there is no key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not hexadecimal, or empty.
    #[error("expected a key as an even number of hexadecimal digits")]
    NotHexadecimal,
    /// The file cannot be read.
    #[error("key file {} cannot be read: {reason}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Longer than the keys of associations may be (RFC 4279, 5.3).
    #[error(
        "expected a key of 1 to {limit} octets, got {got}; hint: {limit} octets are what every implementation has to support (RFC 4279, 5.3)"
    )]
    TooLong {
        /// The limit.
        limit: usize,
        /// Its octets.
        got: usize,
    },
    /// The environment variable is not set.
    #[error("environment variable {0} is not set")]
    Environment(String),
}

impl SymmetricKey {
    /// Reads a key from hexadecimal digits; white space around them is ignored.
    pub fn from_hexadecimal(text: &str) -> Result<Self, KeyError> {
        let digits = text.trim().as_bytes();
        let (pairs, rest) = digits.as_chunks::<2>();
        if pairs.is_empty() || !rest.is_empty() {
            return Err(KeyError::NotHexadecimal);
        }
        let mut octets = Zeroizing::new(Vec::with_capacity(pairs.len()));
        for [high, low] in pairs {
            octets.push(nibble(*high)? << 4 | nibble(*low)?);
        }
        Ok(Self(octets))
    }

    /// Its octets.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl From<[u8; 32]> for SymmetricKey {
    fn from(octets: [u8; 32]) -> Self {
        Self(Zeroizing::new(octets.to_vec()))
    }
}

impl<'de> Deserialize<'de> for SymmetricKey {
    /// From hexadecimal digits; no error repeats them.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = Zeroizing::<String>::deserialize(deserializer)?;
        Self::from_hexadecimal(&digits).map_err(Error::custom)
    }
}

fn nibble(digit: u8) -> Result<u8, KeyError> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
        .ok_or(KeyError::NotHexadecimal)
}

impl fmt::Debug for SymmetricKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SymmetricKey(…)")
    }
}

impl KeySource {
    /// The key of the profile that names it.
    pub(super) fn member(&self) -> &'static str {
        match self {
            Self::Inline(_) => "key_hex",
            Self::File(_) => "key_file",
            Self::Environment(_) => "key_env",
        }
    }

    /// The key; a relative file is looked up in `folder`, that of the profile.
    pub fn key(&self, folder: &Path) -> Result<SymmetricKey, KeyError> {
        match self {
            Self::Inline(key) => Ok(key.clone()),
            Self::File(file) => {
                let file = folder.join(file);
                let text = std::fs::read_to_string(&file)
                    .map(Zeroizing::new)
                    .map_err(|error| {
                        let reason = error.to_string();
                        KeyError::File { file, reason }
                    })?;
                SymmetricKey::from_hexadecimal(&text)
            }
            Self::Environment(name) => {
                let text = std::env::var(name)
                    .map(Zeroizing::new)
                    .map_err(|_| KeyError::Environment(name.clone()))?;
                SymmetricKey::from_hexadecimal(&text)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_octets() {
        let key = SymmetricKey::from_hexadecimal(" 00fFa5\n").expect("three octets");
        assert_eq!(key.0.as_slice(), [0x00, 0xff, 0xa5]);
    }

    #[test]
    fn odd_empty_and_foreign_digits_are_refused() {
        for text in ["", "0", "000", "0g", "0x00", "ä0"] {
            assert_eq!(
                SymmetricKey::from_hexadecimal(text),
                Err(KeyError::NotHexadecimal),
                "{text:?}"
            );
        }
    }

    #[test]
    fn key_does_not_print() {
        let key = SymmetricKey::from_hexadecimal("c0ffee").expect("three octets");
        assert!(!format!("{:?}", KeySource::Inline(key)).contains("ff"));
    }
}
