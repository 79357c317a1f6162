use std::fmt;

use crate::text::parsed_from_str;
use crate::{DeviceId, DeviceUrn, IdentityError, ObjectIdentifier};

/// A globally unique hardware instance identifier (TS-0003 V3.18.0, 10.1.1.4.1).
///
/// The clause names object identifiers as an example and fixes no form. The forms that oneM2M defines for devices are
/// read; a device that has another can still be given a [`CredentialId`](crate::CredentialId) by its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HardwareId {
    /// An object identifier in dotted form, such as an M2M Device ID (TS-0001 V3.36.0, H.2).
    Oid(ObjectIdentifier),
    /// A device identifier as the attribute deviceIdentifier holds it (TS-0001 V3.36.0, Table 9.6.20-2).
    Urn(DeviceUrn),
}

impl HardwareId {
    /// Reads a dotted object identifier or a device URN.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            ObjectIdentifier::parse(text).map(Self::Oid)
        } else {
            DeviceUrn::parse(text).map(Self::Urn)
        }
    }
}

impl fmt::Display for HardwareId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Oid(oid) => oid.fmt(formatter),
            Self::Urn(urn) => urn.fmt(formatter),
        }
    }
}

parsed_from_str!(HardwareId);

impl From<&DeviceId> for HardwareId {
    fn from(id: &DeviceId) -> Self {
        Self::Oid(id.object_identifier().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::HardwareId;
    use crate::{DeviceId, ObjectIdentifier};

    #[test]
    fn object_identifiers_and_device_urns_are_told_apart() {
        let text = "0.2.481.1.100.3030.10011";
        let oid = HardwareId::parse(text).unwrap();
        assert_eq!(oid, HardwareId::Oid(ObjectIdentifier::parse(text).unwrap()));
        let urn = HardwareId::parse("urn:oid:0.2.481.1.100.3030.10011").unwrap();
        assert!(matches!(urn, HardwareId::Urn(_)));
        assert_ne!(oid, urn);
    }

    #[test]
    fn device_id_is_a_hardware_id() {
        let indication = ObjectIdentifier::parse("0.2.481.1").unwrap();
        let id = DeviceId::parse("0.2.481.1.100.3030.10011.7", &indication).unwrap();
        assert_eq!(
            HardwareId::from(&id).to_string(),
            "0.2.481.1.100.3030.10011.7"
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "serial-17", "1", "00:11:22:33:44:55", "*"] {
            assert!(HardwareId::parse(text).is_err(), "{text:?}");
        }
    }
}
