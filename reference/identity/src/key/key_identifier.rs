use super::symmetric::symmetric_key_id;
use crate::{DomainName, RelativeKeyId, SymmetricKeyId};

/// A Key Identifier of the MAF framework: `RelativeKeyID@MAF-FQDN` (TS-0003 V3.18.0, 10.3.5).
///
/// By 10.3.5 the relative part is the hexBinary form of the exported KcID, by 8.8.2.7 it is any value that the MAF has
/// not used before: every relative part is read, and [`kc_id`](Self::kc_id) tells whether it has the first form. Two
/// Key Identifiers are equal if they are written alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyIdentifier(SymmetricKeyId);

symmetric_key_id!(
    KeyIdentifier,
    maf,
    "The domain name of the M2M Authentication Function, or of an M2M Enrolment Function (TS-0003 V3.18.0, 8.3.5.2.7)."
);

impl KeyIdentifier {
    /// The Key Identifier of an exported KcID, in lower-case digits.
    pub fn of(kc_id: [u8; 16], maf: DomainName) -> Self {
        Self::new(RelativeKeyId::of_octets(kc_id), maf)
    }

    /// The octets of KcID, if the relative part is their hexBinary form.
    pub fn kc_id(&self) -> Option<[u8; 16]> {
        self.relative().octets()
    }
}

#[cfg(test)]
mod tests {
    use super::KeyIdentifier;
    use crate::DomainName;

    const KC_ID: [u8; 16] = [
        0x5b, 0x9f, 0x61, 0x6d, 0xcd, 0xc3, 0xcc, 0x06, 0x14, 0xbf, 0xb5, 0x28, 0x31, 0x71, 0xf2,
        0xf6,
    ];
    const TEXT: &str = "5b9f616dcdc3cc0614bfb5283171f2f6@maf.example.com";

    #[test]
    fn octets_and_domain_make_the_identifier() {
        let maf = DomainName::parse("maf.example.com").unwrap();
        assert_eq!(KeyIdentifier::of(KC_ID, maf).to_string(), TEXT);
        assert_eq!(KeyIdentifier::parse(TEXT).unwrap().kc_id(), Some(KC_ID));
    }

    #[test]
    fn value_chosen_by_the_maf_is_read_and_is_no_export() {
        let id = KeyIdentifier::parse("registration.17@maf.example.com").unwrap();
        assert_eq!(id.relative().as_str(), "registration.17");
        assert_eq!(id.kc_id(), None);
    }
}
