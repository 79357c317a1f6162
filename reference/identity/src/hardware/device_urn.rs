use std::fmt;

use crate::text::parsed_from_str;
use crate::{IdentityError, ObjectIdentifier};

/// A device identifier in one of the seven forms of TS-0001 V3.36.0, Table 9.6.20-2 (m2m:deviceID, TS-0004 V3.32.0,
/// Table 6.3.3-1).
///
/// Two of them are equal if they are written alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeviceUrn {
    text: String,
    kind: DeviceUrnKind,
}

/// What a [`DeviceUrn`] identifies its device by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceUrnKind {
    /// `urn:dev:ops:`: OUI, product class and serial number.
    OuiProductClassSerial,
    /// `urn:dev:os:`: OUI and serial number.
    OuiSerial,
    /// `urn:imei:`: an International Mobile Equipment Identity of 15 digits.
    Imei,
    /// `urn:esn:`: an Electronic Serial Number of 8 digits, which may be hexadecimal.
    Esn,
    /// `urn:meid:`: a Mobile Equipment Identifier of 14 digits, which may be hexadecimal.
    Meid,
    /// `urn:oid:`: an object identifier.
    Oid,
    /// `urn:uuid:`: a Universally Unique Identifier.
    Uuid,
}

impl DeviceUrn {
    /// Reads any of the seven forms.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let (kind, value) = DeviceUrnKind::ALL
            .iter()
            .find_map(|kind| {
                text.strip_prefix(kind.prefix())
                    .map(|value| (*kind, value))
            })
            .ok_or_else(|| IdentityError::Form {
                expected: "a device URN: dev:ops, dev:os, imei, esn, meid, oid or uuid between urn: and a colon",
                got: text.to_owned(),
            })?;
        kind.check(value)?;
        Ok(Self {
            text: text.to_owned(),
            kind,
        })
    }

    /// What the device is identified by.
    pub fn kind(&self) -> DeviceUrnKind {
        self.kind
    }

    /// What stands behind the prefix of the form.
    pub fn value(&self) -> &str {
        self.text
            .strip_prefix(self.kind.prefix())
            .unwrap_or_default()
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DeviceUrn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

parsed_from_str!(DeviceUrn);

impl DeviceUrnKind {
    const ALL: [Self; 7] = [
        Self::OuiProductClassSerial,
        Self::OuiSerial,
        Self::Imei,
        Self::Esn,
        Self::Meid,
        Self::Oid,
        Self::Uuid,
    ];

    fn prefix(self) -> &'static str {
        match self {
            Self::OuiProductClassSerial => "urn:dev:ops:",
            Self::OuiSerial => "urn:dev:os:",
            Self::Imei => "urn:imei:",
            Self::Esn => "urn:esn:",
            Self::Meid => "urn:meid:",
            Self::Oid => "urn:oid:",
            Self::Uuid => "urn:uuid:",
        }
    }

    fn check(self, value: &str) -> Result<(), IdentityError> {
        let (expected, is_right) = match self {
            Self::OuiProductClassSerial => (
                "six hexadecimal digits, a product class and a serial number, parted by hyphens",
                is_oui_and_names(value, 2),
            ),
            Self::OuiSerial => (
                "six hexadecimal digits, a hyphen and a serial number",
                is_oui_and_names(value, 1),
            ),
            Self::Imei => (
                "15 digits",
                value.len() == 15 && value.chars().all(|digit| digit.is_ascii_digit()),
            ),
            Self::Esn => ("8 hexadecimal digits", is_hexadecimal(value, 8)),
            Self::Meid => ("14 hexadecimal digits", is_hexadecimal(value, 14)),
            Self::Oid => return ObjectIdentifier::parse(value).map(drop),
            Self::Uuid => (
                "8, 4, 4, 4 and 12 hexadecimal digits, parted by hyphens",
                is_uuid(value),
            ),
        };
        if is_right {
            Ok(())
        } else {
            Err(IdentityError::Form {
                expected,
                got: value.to_owned(),
            })
        }
    }
}

fn is_hexadecimal(text: &str, length: usize) -> bool {
    text.len() == length && text.chars().all(|digit| digit.is_ascii_hexdigit())
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.splitn(6, '-').collect();
    let lengths = [8, 4, 4, 4, 12];
    groups.len() == lengths.len()
        && groups
            .iter()
            .zip(lengths)
            .all(|(group, length)| is_hexadecimal(group, length))
}

fn is_oui_and_names(text: &str, names: usize) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|oui| is_hexadecimal(oui, 6))
        && parts.clone().count() == names
        && parts.all(is_escaped)
}

/// Letters, digits, `.`, `_`, `~` and whole percent escapes, which stand for all else, the hyphen included
/// (RFC 3986, 2.1 and 2.3).
fn is_escaped(name: &str) -> bool {
    let mut pieces = name.split('%');
    let is_plain = |piece: &str| {
        piece.chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '~')
        })
    };
    !name.is_empty()
        && pieces.next().is_some_and(is_plain)
        && pieces.all(|piece| {
            piece
                .split_at_checked(2)
                .is_some_and(|(escape, rest)| is_hexadecimal(escape, 2) && is_plain(rest))
        })
}

#[cfg(test)]
mod tests {
    use super::{DeviceUrn, DeviceUrnKind};

    #[test]
    fn all_forms_are_written_as_read() {
        for (text, kind, value) in [
            (
                "urn:dev:ops:012345-Set%2DTop%2DBox-0123456789",
                DeviceUrnKind::OuiProductClassSerial,
                "012345-Set%2DTop%2DBox-0123456789",
            ),
            (
                "urn:dev:os:012345-0123456789",
                DeviceUrnKind::OuiSerial,
                "012345-0123456789",
            ),
            (
                "urn:imei:904201560257630",
                DeviceUrnKind::Imei,
                "904201560257630",
            ),
            ("urn:esn:A04F1C3B", DeviceUrnKind::Esn, "A04F1C3B"),
            (
                "urn:meid:A0000001234567",
                DeviceUrnKind::Meid,
                "A0000001234567",
            ),
            (
                "urn:oid:0.2.481.1.100.3030.10011",
                DeviceUrnKind::Oid,
                "0.2.481.1.100.3030.10011",
            ),
            (
                "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                DeviceUrnKind::Uuid,
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            ),
        ] {
            let urn = DeviceUrn::parse(text).unwrap();
            assert_eq!((urn.kind(), urn.value()), (kind, value));
            assert_eq!(urn.to_string(), text);
        }
    }

    #[test]
    fn other_forms_counts_and_wildcards_are_refused() {
        for text in [
            "",
            "urn:",
            "urn:imei:",
            "urn:imei:90420156025763",
            "urn:imei:9042015602576300",
            "urn:imei:90420156025763x",
            "urn:imei:*",
            "URN:imei:904201560257630",
            "urn:gsma:imei:90420156-025763-0;svn=42",
            "urn:esn:A04F1C3",
            "urn:meid:A00000012345678",
            "urn:oid:0.2.x",
            "urn:oid:",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6-0",
            "urn:uuid:f81d4fae7dec11d0a76500a0c91e6bf6",
            "urn:dev:ops:012345-0123456789",
            "urn:dev:ops:012345-Set-Top-Box-0123456789",
            "urn:dev:ops:01234-a-b",
            "urn:dev:os:012345-",
            "urn:dev:os:012345-a%2",
            "urn:dev:os:012345-a%zz",
            "urn:dev:os:012345-a%2é",
            "urn:dev:os:012345-a b",
        ] {
            assert!(DeviceUrn::parse(text).is_err(), "{text:?}");
        }
    }
}
