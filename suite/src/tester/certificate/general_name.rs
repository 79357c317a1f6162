use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::der::{UTF8_STRING, concatenate, constructed, element, primitive};
use super::{CertificateError, DistinguishedName, ObjectIdentifier, RelativeIdentifier};

/// A name in a subjectAltName, or the base of a subtree in nameConstraints (RFC 5280, 4.2.1.6 and 4.2.1.10).
///
/// Texts are written as they stand, with a NUL, a trailing dot or a wildcard in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GeneralName {
    /// dNSName.
    Dns(String),
    /// uniformResourceIdentifier; in nameConstraints the host alone.
    Uri(String),
    /// otherName.
    Other(OtherName),
    /// rfc822Name.
    Email(String),
    /// iPAddress.
    Address(IpAddr),
    /// registeredID.
    Registered(ObjectIdentifier),
    /// directoryName.
    Directory(DistinguishedName),
}

/// An otherName: what kind of name, and the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherName {
    /// The type-id.
    pub type_id: ObjectIdentifier,
    /// The value.
    pub value: OtherValue,
}

/// The value of an otherName, whose type its type-id decides; oneM2M leaves it open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherValue {
    /// RELATIVE-OID: the arcs below the type-id (TS-0003 V3.18.0, 10.1.1.4.1).
    Relative(RelativeIdentifier),
    /// OBJECT IDENTIFIER.
    Identifier(ObjectIdentifier),
    /// UTF8String.
    Text(String),
}

impl GeneralName {
    /// An otherName with the arcs of a device identifier (TS-0003 V3.18.0, 10.1.1.4.1).
    pub fn device(type_id: &str, arcs: &str) -> Result<Self, CertificateError> {
        Ok(Self::Other(OtherName {
            type_id: type_id.parse()?,
            value: OtherValue::Relative(arcs.parse()?),
        }))
    }

    pub(super) fn to_der(&self) -> Result<Vec<u8>, CertificateError> {
        Ok(match self {
            Self::Other(other) => {
                let value = element(constructed(0), &other.value.to_der());
                element(
                    constructed(0),
                    &concatenate([other.type_id.to_der(), value]),
                )
            }
            Self::Email(text) => element(primitive(1), text.as_bytes()),
            Self::Dns(text) => element(primitive(2), text.as_bytes()),
            Self::Directory(name) => element(constructed(4), &name.to_der()?),
            Self::Uri(text) => element(primitive(6), text.as_bytes()),
            Self::Address(IpAddr::V4(address)) => element(primitive(7), &address.octets()),
            Self::Address(IpAddr::V6(address)) => element(primitive(7), &address.octets()),
            Self::Registered(identifier) => {
                // Tagged implicitly: the tag replaces that of the object identifier.
                let mut octets = identifier.to_der();
                if let Some(tag) = octets.first_mut() {
                    *tag = primitive(8);
                }
                octets
            }
        })
    }
}

impl OtherValue {
    fn to_der(&self) -> Vec<u8> {
        match self {
            Self::Relative(arcs) => arcs.to_der(),
            Self::Identifier(identifier) => identifier.to_der(),
            Self::Text(text) => element(UTF8_STRING, text.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_identifier_is_an_other_name() {
        let name = GeneralName::device("0.2.481.1", "100.3030.10011").unwrap();
        let expected = [
            0xa0, 0x0f, 0x06, 0x04, 0x02, 0x83, 0x61, 0x01, 0xa0, 0x07, 0x0d, 0x05, 0x64, 0x97,
            0x56, 0xce, 0x1b,
        ];
        assert_eq!(name.to_der().unwrap(), expected);
    }

    #[test]
    fn nul_in_a_domain_name_stays_in_it() {
        let name = GeneralName::Dns("a\0b".to_owned());
        assert_eq!(name.to_der().unwrap(), [0x82, 3, b'a', 0, b'b']);
    }
}
