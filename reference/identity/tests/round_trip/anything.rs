//! Texts that are nearly right, and texts and octets that are anything, through the parsers of keys and certificates.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use onem2m_identity::{
    AeUri, CredentialId, CredentialType, DeviceId, DeviceUrn, DigestAlgorithm, DomainName,
    HardwareId, KeId, KeyIdentifier, KmId, KpsaId, NodeId, ObjectIdentifier, PskIdentity,
    PublicDomainName, PublicKeyId, RelativeKeyId, SymmetricKeyId,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::grammar::nearly;

fn written_back<T>(text: &str) -> Result<(), TestCaseError>
where
    T: FromStr<Err: Debug> + Display + Debug + PartialEq,
{
    if let Ok(value) = text.parse::<T>() {
        prop_assert_eq!(value.to_string(), text);
        prop_assert_eq!(text.parse::<T>().unwrap(), value);
    }
    Ok(())
}

fn all_written_back(text: &str) -> Result<(), TestCaseError> {
    written_back::<AeUri>(text)?;
    written_back::<CredentialId>(text)?;
    written_back::<CredentialType>(text)?;
    written_back::<DeviceUrn>(text)?;
    written_back::<DigestAlgorithm>(text)?;
    written_back::<DomainName>(text)?;
    written_back::<HardwareId>(text)?;
    written_back::<KeId>(text)?;
    written_back::<KeyIdentifier>(text)?;
    written_back::<KmId>(text)?;
    written_back::<KpsaId>(text)?;
    written_back::<NodeId>(text)?;
    written_back::<ObjectIdentifier>(text)?;
    written_back::<PublicDomainName>(text)?;
    written_back::<PublicKeyId>(text)?;
    written_back::<RelativeKeyId>(text)?;
    written_back::<SymmetricKeyId>(text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nearly_right_texts_are_written_back_or_refused(text in nearly()) {
        all_written_back(&text)?;
    }

    #[test]
    fn any_text_is_written_back_or_refused(text in any::<String>()) {
        all_written_back(&text)?;
    }

    #[test]
    fn octets_and_the_text_that_they_are_read_alike(octets in prop::collection::vec(any::<u8>(), 0..64), text in nearly()) {
        for octets in [octets.as_slice(), text.as_bytes()] {
            let text = str::from_utf8(octets).ok();
            prop_assert_eq!(AeUri::from_octets(octets).ok(), text.and_then(|text| AeUri::parse(text).ok()));
            prop_assert_eq!(DomainName::from_octets(octets).ok(), text.and_then(|text| DomainName::parse(text).ok()));
            prop_assert_eq!(NodeId::from_octets(octets).ok(), text.and_then(|text| NodeId::parse(text).ok()));
            prop_assert_eq!(
                PublicDomainName::from_octets(octets).ok(),
                text.and_then(|text| PublicDomainName::parse(text).ok())
            );
        }
    }

    #[test]
    fn any_octets_are_read_or_refused(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = DeviceId::from_general_name(&octets);
        let _ = ObjectIdentifier::from_contents(&octets);
        let _ = PskIdentity::parse(&octets);
    }
}
