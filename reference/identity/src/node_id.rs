use std::fmt;

use crate::text::{from_octets, parsed_from_str};
use crate::{IdentityError, uri};

const WHAT: &str = "an M2M-Node-ID";

/// An M2M-Node-ID (TS-0001 V3.36.0, 7.1.5; m2m:nodeID, TS-0004 V3.32.0, Table 6.3.3-1).
///
/// No grammar is given. The examples are URNs of an IMEI and object identifiers, and a service provider may use the
/// CSE-ID: any text of URI characters is read, but for the `*` of a wildcard, which no Node-ID certificate may include
/// (TS-0003 V3.18.0, 10.1.1.8). Two Node-IDs are equal if they are written alike, as 8.1.2.5 wants an exact match.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(String);

impl NodeId {
    /// Reads a Node-ID.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        uri::check_characters(text, WHAT)?;
        if text.contains('*') {
            return Err(IdentityError::Character {
                expected: "no wildcard in an M2M-Node-ID",
                got: '*',
            });
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads the octets of a Node-ID, as a subjectAltName holds them.
    pub fn from_octets(octets: &[u8]) -> Result<Self, IdentityError> {
        Self::parse(from_octets(octets, WHAT)?)
    }

    /// The Node-ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

parsed_from_str!(NodeId);

#[cfg(test)]
mod tests {
    use super::NodeId;

    const IMEI: &str = "urn:gsma:imei:90420156-025763-0;svn=42";

    #[test]
    fn urns_object_identifiers_and_cse_ids_are_accepted() {
        for text in [IMEI, "0.2.481.1.100.3030.10011", "/CSE0001"] {
            assert_eq!(NodeId::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(NodeId::from_octets(IMEI.as_bytes()), NodeId::parse(IMEI));
    }

    #[test]
    fn nearly_the_same_is_another_node() {
        for text in [
            "urn:gsma:imei:90420156-025763-0;svn=43",
            "urn:gsma:imei:90420156-025763-0",
            "URN:GSMA:imei:90420156-025763-0;svn=42",
        ] {
            assert_ne!(NodeId::parse(text), NodeId::parse(IMEI), "{text}");
        }
    }

    #[test]
    fn wildcards_blanks_and_other_octets_are_refused() {
        for octets in [
            &b""[..],
            b"urn:gsma:imei:*",
            b"urn:gsma:imei:90420156-025763-0;svn=42 ",
            b"urn:gsma:imei:1\0",
            b"urn:\xff",
        ] {
            assert!(NodeId::from_octets(octets).is_err(), "{octets:02x?}");
        }
    }
}
