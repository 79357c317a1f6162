use std::fmt;

use crate::text::{from_octets, parsed_from_str};
use crate::{CseId, DomainName, IdentityError, SpId};

const WHAT: &str = "a public domain name of a CSE";

/// The public domain name of a CSE: a label, and the domain of the service provider or the public domain name of the
/// infrastructure node (TS-0001 V3.36.0, 6.5.1.1).
///
/// It is what a CSE-ID certificate holds (TS-0003 V3.18.0, 10.1.1.7). The label need not be the CSE-ID, so the name
/// alone does not tell which CSE it is. Two names are equal if they are written alike, as 8.1.2.5 wants an exact match.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicDomainName(DomainName);

impl PublicDomainName {
    /// The name of the CSE on the infrastructure node, by its CSE-ID: `in-cse.m2m.example.com`.
    pub fn of_infrastructure(cse: &CseId, sp: &SpId) -> Result<Self, IdentityError> {
        Self::under(cse, sp.domain().as_str())
    }

    /// The name of a CSE on a middle or application service node below this name of the infrastructure node, by its
    /// CSE-ID: `mn-cse.in-cse.m2m.example.com`.
    pub fn of_registree(&self, cse: &CseId) -> Result<Self, IdentityError> {
        Self::under(cse, self.0.as_str())
    }

    /// Reads a domain name of two labels or more.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let name = DomainName::parse(text)?;
        if name.labels().nth(1).is_none() {
            return Err(IdentityError::Form {
                expected: "a public domain name of a CSE, a label below a domain",
                got: text.to_owned(),
            });
        }
        Ok(Self(name))
    }

    /// Reads the octets of the name, as a dNSName holds them.
    pub fn from_octets(octets: &[u8]) -> Result<Self, IdentityError> {
        Self::parse(from_octets(octets, WHAT)?)
    }

    /// The label of the CSE itself.
    pub fn label(&self) -> &str {
        self.0.labels().next().unwrap_or_default()
    }

    /// The name as a domain name.
    pub fn domain_name(&self) -> &DomainName {
        &self.0
    }

    // A CSE-ID with a dot would make two labels: `a.b` below one domain would be `a` below `b`, which is another CSE.
    fn under(cse: &CseId, domain: &str) -> Result<Self, IdentityError> {
        if cse.name().contains('.') {
            return Err(IdentityError::Form {
                expected: "a CSE-ID that is one label of a domain name",
                got: cse.to_string(),
            });
        }
        Self::parse(&format!("{}.{domain}", cse.name()))
    }
}

impl fmt::Display for PublicDomainName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

parsed_from_str!(PublicDomainName);

#[cfg(test)]
mod tests {
    use super::PublicDomainName;
    use crate::{CseId, SpId};

    fn infrastructure() -> PublicDomainName {
        PublicDomainName::of_infrastructure(
            &CseId::parse("/incse").unwrap(),
            &SpId::parse("//m2m.example.com").unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn names_of_all_nodes_follow_the_convention() {
        assert_eq!(infrastructure().to_string(), "incse.m2m.example.com");
        let name = infrastructure()
            .of_registree(&CseId::parse("/tstcse1").unwrap())
            .unwrap();
        assert_eq!(name.to_string(), "tstcse1.incse.m2m.example.com");
        assert_eq!(name.label(), "tstcse1");
        assert_eq!(
            PublicDomainName::from_octets(b"tstcse1.incse.m2m.example.com"),
            Ok(name)
        );
    }

    #[test]
    fn examples_of_the_specification_are_accepted() {
        for text in [
            "MN-CSEID.IN-CSEID.m2m.myoperator.org",
            "node1.node2.m2m.myoperator.org",
            "MN-CSEID.node22.m2m.myoperator.org",
        ] {
            assert_eq!(PublicDomainName::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn names_in_another_case_are_not_equal() {
        assert_ne!(
            PublicDomainName::parse("TSTCSE1.incse.m2m.example.com"),
            PublicDomainName::parse("tstcse1.incse.m2m.example.com")
        );
    }

    #[test]
    fn wildcards_single_labels_and_other_octets_are_refused() {
        for octets in [
            &b""[..],
            b"incse",
            b"*.m2m.example.com",
            b"a..b",
            b"a.b.",
            b"a.\xff",
        ] {
            assert!(
                PublicDomainName::from_octets(octets).is_err(),
                "{octets:02x?}"
            );
        }
    }

    #[test]
    fn cse_id_that_is_no_label_has_no_name() {
        for text in ["/a.b", "/a_b", "/a~b", "/-a", "/a-"] {
            let cse = CseId::parse(text).unwrap();
            assert!(infrastructure().of_registree(&cse).is_err(), "{text}");
        }
    }
}
