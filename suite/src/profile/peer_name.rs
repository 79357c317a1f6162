//! Names in certificates, as a profile writes them.

use crate::tester::certificate::{CertificateError, GeneralName, OtherName, OtherValue};
use schemars::JsonSchema;
use serde::Deserialize;

/// A name in a subjectAltName: its form, a colon, and the name.
///
/// `dns:` is a dNSName and `uri:` a uniformResourceIdentifier. `oid:TYPE/ARCS` is an otherName whose value is the arcs below its
/// type-id, `full-oid:TYPE/OID` one whose value is an object identifier, and `text:TYPE/TEXT` one whose value is a UTF8String:
/// TS-0003 V3.18.0, 10.1.1.4.1 gives the first as an example and leaves the type open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct PeerName(#[schemars(with = "String")] GeneralName);

impl PeerName {
    /// A dNSName.
    pub fn domain(name: &str) -> Self {
        Self(GeneralName::Dns(name.to_owned()))
    }

    /// The name as certificates hold it.
    pub fn general_name(&self) -> &GeneralName {
        &self.0
    }

    /// Whether it is a dNSName.
    pub fn is_domain_name(&self) -> bool {
        matches!(self.0, GeneralName::Dns(_))
    }

    /// Whether it is a uniformResourceIdentifier.
    pub fn is_uri(&self) -> bool {
        matches!(self.0, GeneralName::Uri(_))
    }

    /// The name without its form and type.
    pub fn text(&self) -> String {
        match &self.0 {
            GeneralName::Dns(text) | GeneralName::Uri(text) | GeneralName::Email(text) => {
                text.clone()
            }
            GeneralName::Other(other) => match &other.value {
                OtherValue::Relative(arcs) => arcs.to_string(),
                OtherValue::Identifier(identifier) => identifier.to_string(),
                OtherValue::Text(text) => text.clone(),
            },
            // No text of a profile reads as one of these.
            GeneralName::Address(_) | GeneralName::Registered(_) | GeneralName::Directory(_) => {
                String::new()
            }
        }
    }

    /// The type-id of an otherName.
    pub fn type_id(&self) -> Option<String> {
        match &self.0 {
            GeneralName::Other(other) => Some(other.type_id.to_string()),
            _ => None,
        }
    }

    /// Another name of the same form and type.
    pub fn same(&self, text: &str) -> Result<GeneralName, CertificateError> {
        Ok(match &self.0 {
            GeneralName::Dns(_) => GeneralName::Dns(text.to_owned()),
            GeneralName::Uri(_) => GeneralName::Uri(text.to_owned()),
            GeneralName::Other(other) => GeneralName::Other(OtherName {
                type_id: other.type_id.clone(),
                value: match &other.value {
                    OtherValue::Relative(_) => OtherValue::Relative(text.parse()?),
                    OtherValue::Identifier(_) => OtherValue::Identifier(text.parse()?),
                    OtherValue::Text(_) => OtherValue::Text(text.to_owned()),
                },
            }),
            other => other.clone(),
        })
    }
}

impl TryFrom<String> for PeerName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let expected = || {
            format!(
                "expected a name such as \"dns:cse1.example.com\", \"uri://example.com/S1\" or \"oid:0.2.481.1/100.3030\", got {text:?}"
            )
        };
        let (form, name) = text.split_once(':').ok_or_else(expected)?;
        if name.is_empty() {
            return Err(expected());
        }
        match form {
            "dns" => Ok(Self(GeneralName::Dns(name.to_owned()))),
            "uri" => Ok(Self(GeneralName::Uri(name.to_owned()))),
            "oid" | "full-oid" | "text" => {
                let (type_id, value) = name.split_once('/').ok_or_else(expected)?;
                other(form, type_id, value)
                    .map(Self)
                    .map_err(|error| error.to_string())
            }
            _ => Err(expected()),
        }
    }
}

fn other(form: &str, type_id: &str, value: &str) -> Result<GeneralName, CertificateError> {
    Ok(GeneralName::Other(OtherName {
        type_id: type_id.parse()?,
        value: match form {
            "oid" => OtherValue::Relative(value.parse()?),
            "full-oid" => OtherValue::Identifier(value.parse()?),
            _ => OtherValue::Text(value.to_owned()),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<PeerName, String> {
        PeerName::try_from(text.to_owned())
    }

    #[test]
    fn names_keep_their_form() {
        let device = read("oid:0.2.481.1/100.3030.10011").unwrap();
        let expected = GeneralName::device("0.2.481.1", "100.3030.10011").unwrap();
        assert_eq!(device.general_name(), &expected);
        assert_eq!(device.text(), "100.3030.10011");
        assert_eq!(device.type_id().as_deref(), Some("0.2.481.1"));
        let other = GeneralName::device("0.2.481.1", "100.3030").unwrap();
        assert_eq!(device.same("100.3030"), Ok(other));
    }

    #[test]
    fn colons_belong_to_the_name() {
        let node = read("uri:urn:gsma:imei:90420156-025763-0;svn=42").unwrap();
        assert_eq!(node.text(), "urn:gsma:imei:90420156-025763-0;svn=42");
        assert!(node.is_uri());
    }

    #[test]
    fn names_without_form_or_type_are_refused() {
        for text in [
            "cse1.example.com",
            "dns:",
            "ip:192.0.2.1",
            "oid:0.2.481.1",
            "oid:x/1",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
