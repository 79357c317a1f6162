use std::fmt;

use super::{arc, der};
use crate::{IdentityError, ObjectIdentifier, OidArc};

const GENERAL_NAME: &str = "a GeneralName whose otherName holds an M2M Device ID";
const FORM: &str =
    "an M2M Device ID: the numbers of manufacturer, model and serial number, and none or one more";

/// An M2M Device ID: the M2M Device Indication ID, the numbers of manufacturer, model and serial number, and that of a
/// legacy device behind the device, if it identifies one (TS-0001 V3.36.0, H.2).
///
/// How many numbers the indication has is not told by the text, so whoever reads one has to know the indication.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId {
    whole: ObjectIdentifier,
    indication: ObjectIdentifier,
    manufacturer: OidArc,
    model: OidArc,
    serial_number: OidArc,
    expanded: Option<OidArc>,
}

impl DeviceId {
    /// Reads the dotted form, which begins with the given indication.
    pub fn parse(text: &str, indication: &ObjectIdentifier) -> Result<Self, IdentityError> {
        let whole = ObjectIdentifier::parse(text)?;
        let rest = whole
            .arcs()
            .strip_prefix(indication.arcs())
            .ok_or_else(|| IdentityError::Form {
                expected: "an M2M Device ID below the M2M Device Indication ID",
                got: text.to_owned(),
            })?;
        Self::below(indication.clone(), rest)
    }

    /// Reads the DER of a GeneralName as the example in TS-0003 V3.18.0, 10.1.1.4.1 has it: an otherName whose type-id
    /// is the indication and whose value is the rest of the identifier. The text fixes no type for the value; it is
    /// read as RELATIVE-OID.
    pub fn from_general_name(octets: &[u8]) -> Result<Self, IdentityError> {
        let other_name = der::read_last(der::CONTEXT_0, octets, GENERAL_NAME)?;
        let (type_id, value) = der::read(der::OBJECT_IDENTIFIER, other_name, GENERAL_NAME)?;
        let value = der::read_last(der::CONTEXT_0, value, GENERAL_NAME)?;
        let rest = der::read_last(der::RELATIVE_OID, value, GENERAL_NAME)?;
        Self::below(
            ObjectIdentifier::from_contents(type_id)?,
            &arc::decode(rest)?,
        )
    }

    /// The GeneralName that [`from_general_name`](Self::from_general_name) reads.
    pub fn general_name(&self) -> Vec<u8> {
        let mut rest = Vec::new();
        self.rest().for_each(|arc| arc::encode(arc, &mut rest));
        let mut other_name = der::write(der::OBJECT_IDENTIFIER, &self.indication.contents());
        let value = der::write(der::RELATIVE_OID, &rest);
        other_name.extend(der::write(der::CONTEXT_0, &value));
        der::write(der::CONTEXT_0, &other_name)
    }

    /// The whole identifier.
    pub fn object_identifier(&self) -> &ObjectIdentifier {
        &self.whole
    }

    /// The M2M Device Indication ID, or higher arc (H.2.1).
    pub fn indication(&self) -> &ObjectIdentifier {
        &self.indication
    }

    /// The number of the manufacturer (H.2.2).
    pub fn manufacturer(&self) -> OidArc {
        self.manufacturer
    }

    /// The number of the model at the manufacturer (H.2.3).
    pub fn model(&self) -> OidArc {
        self.model
    }

    /// The number of the device of that model (H.2.4).
    pub fn serial_number(&self) -> OidArc {
        self.serial_number
    }

    /// The number of the legacy device that works under the device, if it is that which is identified (H.2.5).
    pub fn expanded(&self) -> Option<OidArc> {
        self.expanded
    }

    fn below(indication: ObjectIdentifier, rest: &[OidArc]) -> Result<Self, IdentityError> {
        let (manufacturer, model, serial_number, expanded) = match rest {
            [manufacturer, model, serial_number] => (*manufacturer, *model, *serial_number, None),
            [manufacturer, model, serial_number, expanded] => {
                (*manufacturer, *model, *serial_number, Some(*expanded))
            }
            _ => {
                return Err(IdentityError::Form {
                    expected: FORM,
                    got: format!("{} numbers", rest.len()),
                });
            }
        };
        let whole = ObjectIdentifier::new([indication.arcs(), rest].concat())?;
        Ok(Self {
            whole,
            indication,
            manufacturer,
            model,
            serial_number,
            expanded,
        })
    }

    fn rest(&self) -> impl Iterator<Item = OidArc> {
        [self.manufacturer, self.model, self.serial_number]
            .into_iter()
            .chain(self.expanded)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::DeviceId;
    use crate::ObjectIdentifier;

    /// The example of TS-0001 V3.36.0, H.3, encoded by hand.
    const GENERAL_NAME: [u8; 17] = [
        0xa0, 0x0f, 0x06, 0x04, 0x02, 0x83, 0x61, 0x01, 0xa0, 0x07, 0x0d, 0x05, 0x64, 0x97, 0x56,
        0xce, 0x1b,
    ];

    fn indication() -> ObjectIdentifier {
        ObjectIdentifier::parse("0.2.481.1").unwrap()
    }

    #[test]
    fn example_of_the_annex_has_its_parts() {
        let id = DeviceId::parse("0.2.481.1.100.3030.10011", &indication()).unwrap();
        assert_eq!(id.indication(), &indication());
        assert_eq!(
            (
                id.manufacturer(),
                id.model(),
                id.serial_number(),
                id.expanded()
            ),
            (100, 3030, 10011, None)
        );
        assert_eq!(id.to_string(), "0.2.481.1.100.3030.10011");
    }

    #[test]
    fn example_of_the_annex_is_an_other_name() {
        let id = DeviceId::parse("0.2.481.1.100.3030.10011", &indication()).unwrap();
        assert_eq!(id.general_name(), GENERAL_NAME);
        assert_eq!(DeviceId::from_general_name(&GENERAL_NAME), Ok(id));
    }

    #[test]
    fn legacy_device_has_a_fourth_number() {
        let id = DeviceId::parse("0.2.481.1.100.3030.10011.7", &indication()).unwrap();
        assert_eq!(id.expanded(), Some(7));
        assert_eq!(DeviceId::from_general_name(&id.general_name()), Ok(id));
    }

    #[test]
    fn other_counts_and_other_indications_are_refused() {
        for text in [
            "0.2.481.1",
            "0.2.481.1.100.3030",
            "0.2.481.1.100.3030.10011.7.8",
            "0.2.481.2.100.3030.10011",
            "0.2.48.1.100.3030.10011",
        ] {
            assert!(DeviceId::parse(text, &indication()).is_err(), "{text}");
        }
    }

    #[test]
    fn general_name_with_any_octet_missing_or_another_behind_is_refused() {
        for length in 0..GENERAL_NAME.len() {
            assert!(DeviceId::from_general_name(&GENERAL_NAME[..length]).is_err());
        }
        assert!(DeviceId::from_general_name(&[&GENERAL_NAME[..], &[0]].concat()).is_err());
    }

    #[test]
    fn general_name_of_another_kind_is_refused() {
        let mut uri = GENERAL_NAME;
        uri[0] = 0x86;
        assert!(DeviceId::from_general_name(&uri).is_err());
        let mut utf8 = GENERAL_NAME;
        utf8[10] = 0x0c;
        assert!(DeviceId::from_general_name(&utf8).is_err());
    }
}
