use std::fmt;

use crate::text::{from_octets, parsed_from_str};
use crate::{Fqdn, IdentityError};

/// The longest domain name in text form: 255 octets on the wire (RFC 1035, 2.3.4) less the first length octet and the
/// root label.
const NAME_LIMIT: usize = 253;
/// The longest label (RFC 1035, 2.3.4).
const LABEL_LIMIT: usize = 63;

/// A fully qualified domain name as certificates and identifiers of keys hold it: letters in either case, labels that
/// may begin with a digit (RFC 1035, 2.3.1; RFC 1123, 2.1).
///
/// M2M identifiers hold the narrower [`Fqdn`]. Two names are equal if they are written alike, since TS-0003 V3.18.0,
/// 8.1.2.5 wants exact matches and 10.3 to 10.6 are silent about case; [`is_same_host`](Self::is_same_host) is the
/// comparison of the domain name system.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DomainName(String);

impl DomainName {
    /// Reads a domain name without any prefix, wildcard or final dot.
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

    /// Reads the octets of a domain name, as a dNSName holds them.
    pub fn from_octets(octets: &[u8]) -> Result<Self, IdentityError> {
        Self::parse(from_octets(octets, "a domain name")?)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels, of which there is at least one, the most specific first.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.0.split('.')
    }

    /// Whether the domain name system finds the same host behind both names: it ignores the case of letters
    /// (RFC 4343, 2).
    pub fn is_same_host(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

parsed_from_str!(DomainName);

impl From<&Fqdn> for DomainName {
    fn from(name: &Fqdn) -> Self {
        Self(name.as_str().to_owned())
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
    if label.is_empty() {
        return Err(IdentityError::Empty {
            expected: "a label of a domain name",
        });
    }
    if let Some(got) = label
        .chars()
        .find(|character| !(character.is_ascii_alphanumeric() || *character == '-'))
    {
        return Err(IdentityError::Character {
            expected: "a letter, a digit or a hyphen in a label",
            got,
        });
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(IdentityError::Character {
            expected: "a letter or a digit at either end of a label",
            got: '-',
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::DomainName;
    use crate::{Fqdn, IdentityError};

    fn parse(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    #[test]
    fn either_case_and_leading_digits_are_accepted() {
        for text in ["in.example.com", "IN.Example.COM", "3gpp.org", "a", "0"] {
            assert_eq!(parse(text).to_string(), text);
        }
    }

    #[test]
    fn names_in_another_case_are_the_same_host_and_not_equal() {
        assert_ne!(parse("in.example.com"), parse("IN.example.com"));
        assert!(parse("in.example.com").is_same_host(&parse("IN.example.com")));
        assert!(!parse("in.example.com").is_same_host(&parse("in.example.org")));
    }

    #[test]
    fn wildcards_final_dots_and_foreign_characters_are_refused() {
        for text in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "*.example",
            "-a",
            "a-",
            "a.-b.c",
            "s_p",
            "a b",
            "ä.example",
            "a\0",
        ] {
            assert!(DomainName::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn octets_that_are_no_utf8_are_told_from_where() {
        assert_eq!(
            DomainName::from_octets(b"in.\xff"),
            Err(IdentityError::Encoding {
                what: "a domain name",
                from: 3
            })
        );
        assert_eq!(
            DomainName::from_octets(b"in.example"),
            Ok(parse("in.example"))
        );
    }

    #[test]
    fn label_of_63_octets_is_the_longest() {
        assert!(DomainName::parse(&"a".repeat(63)).is_ok());
        assert_eq!(
            DomainName::parse(&"a".repeat(64)),
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
        assert!(DomainName::parse(&name(61)).is_ok());
        assert!(matches!(
            DomainName::parse(&name(62)),
            Err(IdentityError::Length {
                limit: 253,
                got: 254,
                ..
            })
        ));
    }

    #[test]
    fn name_of_a_service_provider_is_a_domain_name() {
        assert_eq!(
            DomainName::from(&Fqdn::parse("sp.example").unwrap()),
            parse("sp.example")
        );
    }

    #[test]
    fn labels_begin_with_the_most_specific() {
        assert_eq!(parse("a.b.c").labels().collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
