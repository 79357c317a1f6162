//! Identifiers of keys, and `psk_identity`.

use std::collections::HashMap;

use onem2m_identity::{
    CredentialId, DomainName, KeId, KeyIdentifier, KmId, KpsaId, PskIdentity, RelativeKeyId,
    SymmetricKeyId,
};
use proptest::prelude::*;

use crate::grammar::{RELATIVE, credential_id, host, ke_id, key_id};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn host_is_written_as_read(text in host()) {
        prop_assert_eq!(DomainName::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn key_identifier_of_every_kind_is_written_as_read(text in key_id()) {
        prop_assert_eq!(SymmetricKeyId::parse(&text).unwrap().to_string(), text.clone());
        prop_assert_eq!(KpsaId::parse(&text).unwrap().to_string(), text.clone());
        prop_assert_eq!(KmId::parse(&text).unwrap().to_string(), text.clone());
        prop_assert_eq!(KeyIdentifier::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn parts_make_the_identifier_that_they_were_read_from(relative in RELATIVE, host in host()) {
        let id = KpsaId::new(RelativeKeyId::parse(&relative).unwrap(), DomainName::parse(&host).unwrap());
        prop_assert_eq!(KpsaId::parse(&format!("{relative}@{host}")), Ok(id));
    }

    #[test]
    fn only_km_id_ignores_case_and_only_in_its_relative_part(relative in "[A-Za-z0-9._-]{0,8}[A-Za-z]", host in "[a-z]{1,8}") {
        let flip = |text: &str| -> String {
            text.chars()
                .map(|letter| if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() })
                .collect()
        };
        let text = format!("{relative}@{host}");
        let relative_flipped = format!("{}@{host}", flip(&relative));
        let host_flipped = format!("{relative}@{}", flip(&host));
        prop_assert_eq!(KmId::parse(&text), KmId::parse(&relative_flipped));
        prop_assert_ne!(KmId::parse(&text), KmId::parse(&host_flipped));
        prop_assert_ne!(KpsaId::parse(&text), KpsaId::parse(&relative_flipped));
        prop_assert_ne!(KpsaId::parse(&text), KpsaId::parse(&host_flipped));
        prop_assert_ne!(KeyIdentifier::parse(&text), KeyIdentifier::parse(&relative_flipped));
    }

    #[test]
    fn ke_id_is_written_as_read_and_keeps_its_octets(text in ke_id()) {
        let id = KeId::parse(&text).unwrap();
        prop_assert_eq!(id.to_string(), text);
        let lower = KeId::of(id.octets(), id.mef().clone());
        prop_assert_eq!(lower.to_string(), format!("{}@{}", id.relative().as_str().to_lowercase(), id.mef()));
    }

    #[test]
    fn exported_octets_come_back(octets in any::<[u8; 16]>()) {
        let domain = || DomainName::parse("maf.example.com").unwrap();
        prop_assert_eq!(KeyIdentifier::of(octets, domain()).kc_id(), Some(octets));
        prop_assert_eq!(KeId::parse(&KeId::of(octets, domain()).to_string()).unwrap().octets(), octets);
    }

    #[test]
    fn psk_identity_shows_the_identifier_that_it_is(text in key_id()) {
        let identity = PskIdentity::parse(text.as_bytes()).unwrap();
        let id = identity.key_id().unwrap();
        prop_assert_eq!(id.to_string(), text);
        prop_assert_eq!(PskIdentity::try_from(id), Ok(identity));
    }

    #[test]
    fn psk_identity_is_its_octets_or_is_refused(octets in prop::collection::vec(any::<u8>(), 0..140)) {
        let read = PskIdentity::parse(&octets);
        let is_text = str::from_utf8(&octets).is_ok();
        prop_assert_eq!(read.is_ok(), is_text && (1..=128).contains(&octets.len()));
        if let Ok(identity) = read {
            prop_assert_eq!(identity.octets(), octets);
        }
    }

    #[test]
    fn psk_identity_is_found_by_its_octets_alone(own in "\\PC{1,20}", other in "\\PC{1,20}") {
        let table = HashMap::from([(PskIdentity::parse(own.as_bytes()).unwrap(), ())]);
        prop_assert!(table.contains_key(own.as_bytes()));
        prop_assert_eq!(table.contains_key(other.as_bytes()), own == other);
    }

    #[test]
    fn credential_id_is_written_as_read(text in credential_id()) {
        let id = CredentialId::parse(&text).unwrap();
        prop_assert_eq!(format!("{}-{}", id.kind().number(), id.value()), text.clone());
        prop_assert_eq!(CredentialId::new(id.kind(), id.value()), Ok(id.clone()));
        prop_assert_eq!(id.to_string(), text);
    }

    #[test]
    fn credential_id_of_a_key_keeps_its_identifier(text in key_id()) {
        let id = CredentialId::of_kpsa(&KpsaId::parse(&text).unwrap());
        prop_assert_eq!(id.value(), text);
        prop_assert_eq!(CredentialId::parse(&id.to_string()), Ok(id));
    }
}
