use std::fmt;

use super::hex;
use crate::text::parsed_from_str;
use crate::{DomainName, IdentityError, RelativeKeyId, SymmetricKeyId};

/// A KeID: the 16 octets of RelativeKeID as hexadecimal digits, `@`, and the domain name of the M2M Enrolment Function
/// (TS-0003 V3.18.0, 10.3.4).
///
/// The clause leaves the case of the digits open. Either is read and written back, and two KeIDs are equal if they are
/// written alike; [`octets`](Self::octets) tells whether they name the same key. The B-TID that the GBA framework uses
/// as KeID (8.3.2.3) has another form and is refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeId {
    id: SymmetricKeyId,
    octets: [u8; 16],
}

impl KeId {
    /// The KeID of an exported RelativeKeID, in lower-case digits.
    pub fn of(octets: [u8; 16], mef: DomainName) -> Self {
        Self {
            id: SymmetricKeyId::new(RelativeKeyId::of_octets(octets), mef),
            octets,
        }
    }

    /// Reads 32 hexadecimal digits and a domain name around an `@`.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        SymmetricKeyId::parse(text)?.try_into()
    }

    /// The octets of RelativeKeID.
    pub fn octets(&self) -> [u8; 16] {
        self.octets
    }

    /// The digits before the `@`.
    pub fn relative(&self) -> &RelativeKeyId {
        self.id.relative()
    }

    /// The domain name of the M2M Enrolment Function.
    pub fn mef(&self) -> &DomainName {
        self.id.domain()
    }
}

impl fmt::Display for KeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(formatter)
    }
}

parsed_from_str!(KeId);

impl TryFrom<SymmetricKeyId> for KeId {
    type Error = IdentityError;

    fn try_from(id: SymmetricKeyId) -> Result<Self, Self::Error> {
        let octets = hex::sixteen_octets(id.relative().as_str())?;
        Ok(Self { id, octets })
    }
}

impl From<KeId> for SymmetricKeyId {
    fn from(id: KeId) -> Self {
        id.id
    }
}

#[cfg(test)]
mod tests {
    use super::KeId;
    use crate::{DomainName, IdentityError};

    const RELATIVE: [u8; 16] = [
        0xb7, 0xbb, 0xed, 0xe8, 0xad, 0x39, 0xd0, 0x9e, 0x14, 0x59, 0xd4, 0x96, 0x58, 0x6c, 0x27,
        0x92,
    ];
    const TEXT: &str = "b7bbede8ad39d09e1459d496586c2792@mef.example.com";

    #[test]
    fn octets_and_domain_make_the_identifier() {
        let mef = DomainName::parse("mef.example.com").unwrap();
        assert_eq!(KeId::of(RELATIVE, mef).to_string(), TEXT);
        let read = KeId::parse(TEXT).unwrap();
        assert_eq!(
            (read.octets(), read.mef().as_str()),
            (RELATIVE, "mef.example.com")
        );
    }

    #[test]
    fn either_case_of_digits_is_the_same_key_written_in_another_way() {
        let upper = KeId::parse("B7BBEDE8AD39D09E1459D496586C2792@mef.example.com").unwrap();
        assert_eq!(upper.octets(), RELATIVE);
        assert_ne!(upper, KeId::parse(TEXT).unwrap());
    }

    #[test]
    fn lenient_forms_are_refused() {
        for text in [
            "0xb7bbede8ad39d09e1459d496586c2792@mef.example.com",
            "b7:bb:ed:e8:ad:39:d0:9e:14:59:d4:96:58:6c:27:92@mef.example.com",
            "b7bbede8ad39d09e1459d496586c279@mef.example.com",
            "b7bbede8ad39d09e1459d496586c27921@mef.example.com",
            "t7vt6K050J4UWdSWWGwnkg==@mef.example.com",
            "b7bbede8ad39d09e1459d496586c2792",
        ] {
            assert!(KeId::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn count_of_digits_is_named() {
        assert_eq!(
            KeId::parse("b7@mef.example.com"),
            Err(IdentityError::Form {
                expected: "32 hexadecimal digits",
                got: "b7".to_owned()
            })
        );
    }
}
