use std::fmt;

use crate::text::parsed_from_str;
use crate::{IdentityError, segment};

/// An AE-ID-Stem: `C…` or `S…` (TS-0001 V3.36.0, Table 7.2-1).
///
/// A lone `C` or `S` asks for an identifier at registration and is none itself (TS-0004 V3.32.0, 6.2.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AeStem(String);

/// Within what an AE-ID-Stem is unique, told by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StemScope {
    /// `C`: assigned by the Registrar CSE and unique there.
    Registrar,
    /// `S`: assigned by the M2M service provider and unique in its domain.
    ServiceProvider,
}

impl AeStem {
    /// Reads a stem without any prefix.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        segment::check(text, "an AE-ID-Stem")?;
        match text.chars().next() {
            Some('C' | 'S') if text.len() > 1 => Ok(Self(text.to_owned())),
            _ => Err(IdentityError::Form {
                expected: "an AE-ID-Stem, which begins with C or S and goes on",
                got: text.to_owned(),
            }),
        }
    }

    /// Within what this stem is unique.
    pub fn scope(&self) -> StemScope {
        if self.0.starts_with('S') {
            StemScope::ServiceProvider
        } else {
            StemScope::Registrar
        }
    }

    /// The stem as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AeStem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

parsed_from_str!(AeStem);

#[cfg(test)]
mod tests {
    use super::{AeStem, StemScope};

    #[test]
    fn first_character_tells_the_scope() {
        assert_eq!(
            AeStem::parse("C190XX7T").unwrap().scope(),
            StemScope::Registrar
        );
        assert_eq!(
            AeStem::parse("Sa3e3f3ab").unwrap().scope(),
            StemScope::ServiceProvider
        );
    }

    #[test]
    fn other_first_characters_and_lone_letters_are_refused() {
        for text in [
            "", "C", "S", "tpA2", "ctpA2", "sx", "/CtpA2", "Ctp*", "C a", "C%00",
        ] {
            assert!(AeStem::parse(text).is_err(), "{text:?}");
        }
    }
}
