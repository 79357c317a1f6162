use std::fmt;

use crate::text::parsed_from_str;
use crate::{DomainName, IdentityError};

/// A fully qualified domain name as M2M identifiers hold it: lower case, labels that begin with a letter
/// (TS-0004 V3.32.0, 6.2.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fqdn(String);

impl Fqdn {
    /// Reads a domain name without any prefix.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let name = DomainName::parse(text)?;
        name.labels().try_for_each(check_label)?;
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fqdn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

parsed_from_str!(Fqdn);

/// What a label has to be beyond a label of any domain name.
fn check_label(label: &str) -> Result<(), IdentityError> {
    if let Some(got) = label.chars().find(char::is_ascii_uppercase) {
        return Err(IdentityError::Character {
            expected: "a lower-case letter, a digit or a hyphen in a label",
            got,
        });
    }
    match label.chars().next() {
        Some(got) if !got.is_ascii_lowercase() => Err(IdentityError::Character {
            expected: "a lower-case letter at the start of a label",
            got,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::Fqdn;
    use crate::IdentityError;

    #[test]
    fn names_of_the_specification_are_accepted() {
        for text in [
            "www.m2mprovider.com",
            "globalm2m.org",
            "m2m.telematics-service-company.com",
            "a",
            "a.b",
        ] {
            assert_eq!(
                Fqdn::parse(text).map(|name| name.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn upper_case_empty_labels_and_foreign_characters_are_refused() {
        for text in [
            "",
            "A.example",
            "sp..example",
            ".sp",
            "sp.",
            "3sp.example",
            "-a",
            "a-",
            "s_p",
            "*",
            "sp example",
            "ä.example",
        ] {
            assert!(Fqdn::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn first_upper_case_letter_is_named() {
        assert_eq!(
            Fqdn::parse("sp.exAmPle"),
            Err(IdentityError::Character {
                expected: "a lower-case letter, a digit or a hyphen in a label",
                got: 'A'
            })
        );
    }
}
