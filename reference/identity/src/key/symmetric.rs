use std::fmt;

use crate::text::parsed_from_str;
use crate::{DomainName, IdentityError, RelativeKeyId};

/// The identifier of a symmetric key: a relative part, `@`, and the domain name of who gave it
/// (TS-0003 V3.18.0, 10.3.4, 10.3.5, 10.5, 10.6 and Table 12.2-1).
///
/// KpsaID, KmID, KeID and Key Identifier have this form, and nothing in the text tells which of them it is. A KpmID has
/// it in the example of Table 12.2-1; no clause gives it a form of its own. Two of these are equal if they are written
/// alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymmetricKeyId {
    relative: RelativeKeyId,
    domain: DomainName,
}

impl SymmetricKeyId {
    /// The identifier with the given parts.
    pub fn new(relative: RelativeKeyId, domain: DomainName) -> Self {
        Self { relative, domain }
    }

    /// Reads `relative@domain.example`.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let (relative, domain) = text.split_once('@').ok_or_else(|| IdentityError::Form {
            expected: "a key identifier, a relative part and a domain name around an @",
            got: text.to_owned(),
        })?;
        Ok(Self {
            relative: RelativeKeyId::parse(relative)?,
            domain: DomainName::parse(domain)?,
        })
    }

    /// The part that is unique at who gave it.
    pub fn relative(&self) -> &RelativeKeyId {
        &self.relative
    }

    /// The domain name of who gave it.
    pub fn domain(&self) -> &DomainName {
        &self.domain
    }
}

impl fmt::Display for SymmetricKeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}@{}", self.relative, self.domain)
    }
}

parsed_from_str!(SymmetricKeyId);

/// Gives the parts and the text of an identifier that is a [`SymmetricKeyId`] with a meaning.
macro_rules! symmetric_key_id {
    ($type:ident, $domain:ident, $domain_is:literal) => {
        impl $type {
            /// The identifier with the given parts.
            pub fn new(relative: $crate::RelativeKeyId, $domain: $crate::DomainName) -> Self {
                Self($crate::SymmetricKeyId::new(relative, $domain))
            }

            /// Reads `relative@domain.example`.
            pub fn parse(text: &str) -> Result<Self, $crate::IdentityError> {
                $crate::SymmetricKeyId::parse(text).map(Self)
            }

            /// The part before the `@`.
            pub fn relative(&self) -> &$crate::RelativeKeyId {
                self.0.relative()
            }

            #[doc = $domain_is]
            pub fn $domain(&self) -> &$crate::DomainName {
                self.0.domain()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        $crate::text::parsed_from_str!($type);

        impl From<$crate::SymmetricKeyId> for $type {
            fn from(id: $crate::SymmetricKeyId) -> Self {
                Self(id)
            }
        }

        impl From<$type> for $crate::SymmetricKeyId {
            fn from(id: $type) -> Self {
                id.0
            }
        }
    };
}

pub(crate) use symmetric_key_id;

#[cfg(test)]
mod tests {
    use super::SymmetricKeyId;

    #[test]
    fn parts_stand_around_the_at_sign() {
        let id = SymmetricKeyId::parse("thiskey@mymef.com").unwrap();
        assert_eq!(
            (id.relative().as_str(), id.domain().as_str()),
            ("thiskey", "mymef.com")
        );
    }

    #[test]
    fn missing_parts_second_signs_and_bad_domains_are_refused() {
        for text in [
            "",
            "@",
            "no-at.example.com",
            "a@",
            "@in.example.com",
            "a@b@in.example.com",
            "a b@in.example.com",
            "a/b@in.example.com",
            "ä@in.example.com",
            "a@-bad-.example",
            "a@*.example",
            "a@in.example.com.",
            "a@in.example.com ",
            "a@in.example.com\0evil",
        ] {
            assert!(SymmetricKeyId::parse(text).is_err(), "{text:?}");
        }
    }
}
