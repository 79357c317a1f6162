//! What certificates and raw public keys are known by.

use onem2m_identity::{
    AeUri, CseId, DeviceId, DeviceUrn, DigestAlgorithm, HardwareId, NodeId, ObjectIdentifier,
    PublicDomainName, PublicKeyId, SpId,
};
use proptest::prelude::*;

use crate::grammar::{LABEL, absolute_ae, device_urn, domain, host, oid, public_key_id};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn object_identifier_is_written_as_read_and_as_encoded(text in oid()) {
        let id = ObjectIdentifier::parse(&text).unwrap();
        prop_assert_eq!(ObjectIdentifier::from_contents(&id.contents()), Ok(id.clone()));
        prop_assert_eq!(id.to_string(), text.clone());
        prop_assert_eq!(HardwareId::parse(&text), Ok(HardwareId::Oid(id)));
    }

    #[test]
    fn device_id_is_the_same_as_text_and_as_general_name(indication in oid(), rest in prop::collection::vec(any::<u128>(), 3..5)) {
        let text = rest.iter().fold(indication.clone(), |text, arc| format!("{text}.{arc}"));
        let indication = ObjectIdentifier::parse(&indication).unwrap();
        let id = DeviceId::parse(&text, &indication).unwrap();
        prop_assert_eq!(id.to_string(), text);
        prop_assert_eq!(id.object_identifier().arcs().len(), indication.arcs().len() + rest.len());
        prop_assert_eq!(DeviceId::from_general_name(&id.general_name()), Ok(id));
    }

    #[test]
    fn general_name_is_refused_or_written_back(octets in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(id) = DeviceId::from_general_name(&octets) {
            prop_assert_eq!(id.general_name(), octets);
        }
    }

    #[test]
    fn general_name_with_an_octet_changed_is_refused_or_written_back(index in any::<prop::sample::Index>(), octet in any::<u8>()) {
        let indication = ObjectIdentifier::parse("0.2.481.1").unwrap();
        let mut octets = DeviceId::parse("0.2.481.1.100.3030.10011", &indication).unwrap().general_name();
        let length = octets.len();
        *octets.get_mut(index.index(length)).unwrap() = octet;
        if let Ok(id) = DeviceId::from_general_name(&octets) {
            prop_assert_eq!(id.general_name(), octets);
        }
    }

    #[test]
    fn contents_of_an_object_identifier_are_refused_or_written_back(octets in prop::collection::vec(any::<u8>(), 0..24)) {
        if let Ok(id) = ObjectIdentifier::from_contents(&octets) {
            prop_assert_eq!(id.contents(), octets);
        }
    }

    #[test]
    fn device_urn_is_written_as_read(text in device_urn()) {
        let urn = DeviceUrn::parse(&text).unwrap();
        prop_assert!(text.ends_with(urn.value()));
        prop_assert_eq!(urn.to_string(), text.clone());
        prop_assert_eq!(NodeId::parse(&text).unwrap().to_string(), text.clone());
        prop_assert_eq!(HardwareId::parse(&text), Ok(HardwareId::Urn(urn)));
    }

    #[test]
    fn public_key_id_is_written_as_read(text in public_key_id()) {
        let id = PublicKeyId::parse(&text).unwrap();
        prop_assert_eq!(id.digest().len(), id.algorithm().length());
        prop_assert_eq!(id.to_string(), text);
    }

    #[test]
    fn public_key_id_matches_its_key_and_no_other(key in prop::collection::vec(any::<u8>(), 0..100), other in prop::collection::vec(any::<u8>(), 0..100)) {
        for algorithm in DigestAlgorithm::ALL {
            let id = PublicKeyId::of(&key, algorithm);
            prop_assert_eq!(PublicKeyId::parse(&id.to_string()), Ok(id.clone()));
            prop_assert!(id.matches(&key));
            prop_assert_eq!(id.matches(&other), key == other);
        }
    }

    #[test]
    fn uri_of_an_ae_is_written_as_read(scheme in "[a-z][a-z0-9+.-]{0,6}", text in absolute_ae()) {
        prop_assert_eq!(AeUri::parse(&text).unwrap().to_string(), text.clone());
        let uri = format!("{scheme}:{text}");
        let read = AeUri::parse(&uri).unwrap();
        prop_assert_eq!(read.to_string(), uri);
        prop_assert_eq!(read.entity().absolute(), text);
    }

    #[test]
    fn public_domain_name_is_written_as_read(label in LABEL, host in host()) {
        let text = format!("{label}.{host}");
        let name = PublicDomainName::parse(&text).unwrap();
        prop_assert_eq!(name.label(), label);
        prop_assert_eq!(name.to_string(), text);
    }

    #[test]
    fn public_domain_name_grows_by_one_label_a_node(infrastructure in LABEL, middle in LABEL, domain in domain()) {
        let cse = |name: &str| CseId::parse(&format!("/{name}")).unwrap();
        let sp = SpId::parse(&format!("//{domain}")).unwrap();
        let name = PublicDomainName::of_infrastructure(&cse(&infrastructure), &sp).unwrap();
        prop_assert_eq!(name.to_string(), format!("{infrastructure}.{domain}"));
        let name = name.of_registree(&cse(&middle)).unwrap();
        prop_assert_eq!(name.to_string(), format!("{middle}.{infrastructure}.{domain}"));
    }
}
