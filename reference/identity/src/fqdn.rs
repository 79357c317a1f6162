use std::fmt;
use std::str::FromStr;

use crate::IdentityError;

/// The longest domain name in text form: 255 octets on the wire (RFC 1035, 2.3.4) less the first length octet and the
/// root label.
const NAME_LIMIT: usize = 253;
/// The longest label (RFC 1035, 2.3.4).
const LABEL_LIMIT: usize = 63;

/// A fully qualified domain name as oneM2M identifiers hold it: lower case, labels that begin with a letter
/// (TS-0004 V3.32.0, 6.2.3).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fqdn(String);

impl Fqdn {
    /// Reads a domain name without any prefix.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        if text.len() > NAME_LIMIT {
            return Err(IdentityError::Length {
                what: "a domain name",
                limit: NAME_LIMIT,
                got: text.len(),
            });
        }
        text.split('.').try_for_each(check_label)?;
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

impl FromStr for Fqdn {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

fn check_label(label: &str) -> Result<(), IdentityError> {
    if label.len() > LABEL_LIMIT {
        return Err(IdentityError::Length {
            what: "a label of a domain name",
            limit: LABEL_LIMIT,
            got: label.len(),
        });
    }
    let Some(first) = label.chars().next() else {
        return Err(IdentityError::Empty {
            expected: "a label of a domain name",
        });
    };
    if !first.is_ascii_lowercase() {
        return Err(IdentityError::Character {
            expected: "a lower-case letter at the start of a label",
            got: first,
        });
    }
    if let Some(got) = label
        .chars()
        .find(|character| !is_label_character(*character))
    {
        return Err(IdentityError::Character {
            expected: "a lower-case letter, a digit or a hyphen in a label",
            got,
        });
    }
    if label.ends_with('-') {
        return Err(IdentityError::Character {
            expected: "a lower-case letter or a digit at the end of a label",
            got: '-',
        });
    }
    Ok(())
}

fn is_label_character(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
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
    fn label_of_63_octets_is_the_longest() {
        assert!(Fqdn::parse(&"a".repeat(63)).is_ok());
        assert_eq!(
            Fqdn::parse(&"a".repeat(64)),
            Err(IdentityError::Length {
                what: "a label of a domain name",
                limit: 63,
                got: 64
            })
        );
    }

    #[test]
    fn name_of_253_octets_is_the_longest() {
        let name = |last: usize| format!("{0}.{0}.{0}.{1}", "a".repeat(63), "a".repeat(last));
        assert!(Fqdn::parse(&name(61)).is_ok());
        assert!(matches!(
            Fqdn::parse(&name(62)),
            Err(IdentityError::Length {
                limit: 253,
                got: 254,
                ..
            })
        ));
    }
}
