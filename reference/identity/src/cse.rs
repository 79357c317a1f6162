use std::fmt;

use crate::text::parsed_from_str;
use crate::{IdentityError, segment};

/// A CSE-ID in its SP-relative form, `/iut` (TS-0001 V3.36.0, Table 7.2-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CseId(String);

impl CseId {
    /// Reads a slash and one segment.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let name = text.strip_prefix('/').ok_or_else(|| IdentityError::Form {
            expected: "an SP-relative CSE-ID, which begins with a slash",
            got: text.to_owned(),
        })?;
        Self::from_name(name)
    }

    /// The part behind the slash.
    pub fn name(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_name(name: &str) -> Result<Self, IdentityError> {
        segment::check(name, "a CSE-ID")?;
        Ok(Self(name.to_owned()))
    }
}

impl fmt::Display for CseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}", self.0)
    }
}

parsed_from_str!(CseId);

#[cfg(test)]
mod tests {
    use super::CseId;

    #[test]
    fn identifier_is_a_slash_and_one_segment() {
        for text in ["/123A38ZZY", "/CSE090112", "/3ace4fd3", "/id-in"] {
            assert_eq!(CseId::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(CseId::parse("/iut").unwrap().name(), "iut");
    }

    #[test]
    fn missing_slash_and_further_segments_are_refused() {
        for text in [
            "",
            "/",
            "iut",
            "//iut",
            "/iut/",
            "/iut/CtpA2",
            "/iu*",
            "/.",
            "/..",
        ] {
            assert!(CseId::parse(text).is_err(), "{text:?}");
        }
    }
}
