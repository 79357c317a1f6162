use std::fmt;

use crate::text::parsed_from_str;
use crate::{Fqdn, IdentityError};

/// An M2M-SP-ID: a domain name behind two slashes, `//sp.example` (TS-0001 V3.36.0, Table 7.2-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpId(Fqdn);

impl SpId {
    /// The provider whose domain name is given.
    pub fn new(domain: Fqdn) -> Self {
        Self(domain)
    }

    /// Reads `//` and a domain name.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let domain = text.strip_prefix("//").ok_or_else(|| IdentityError::Form {
            expected: "an M2M-SP-ID, which begins with two slashes",
            got: text.to_owned(),
        })?;
        Fqdn::parse(domain).map(Self)
    }

    /// The domain name without the slashes.
    pub fn domain(&self) -> &Fqdn {
        &self.0
    }
}

impl fmt::Display for SpId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "//{}", self.0)
    }
}

parsed_from_str!(SpId);

#[cfg(test)]
mod tests {
    use super::SpId;

    #[test]
    fn provider_is_a_domain_behind_two_slashes() {
        assert_eq!(
            SpId::parse("//sp.example").unwrap().to_string(),
            "//sp.example"
        );
        assert_eq!(
            SpId::parse("//sp.example").unwrap().domain().as_str(),
            "sp.example"
        );
    }

    #[test]
    fn other_prefixes_and_trailing_slashes_are_refused() {
        for text in [
            "",
            "/",
            "//",
            "sp.example",
            "/sp.example",
            "///sp.example",
            "//sp.example/",
            "//*",
        ] {
            assert!(SpId::parse(text).is_err(), "{text:?}");
        }
    }
}
