//! Octets as an identifier of any kind.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use onem2m_identity::{
    AeStem, AeUri, CredentialId, CredentialType, CseId, DeviceId, DeviceUrn, DigestAlgorithm,
    DomainName, Entity, Fqdn, HardwareId, Home, KeId, KeyIdentifier, KmId, KpsaId, NodeId,
    ObjectIdentifier, PublicDomainName, PublicKeyId, RelativeKeyId, ResourceAddress, RoleId, SpId,
    SymmetricKeyId,
};

/// Any octets are read as a text and an encoding, and each is read as every identifier or refused; what was read, written
/// and read again, is the same identifier.
pub fn identifier(data: &[u8]) {
    check_encodings(data);
    if let Ok(text) = str::from_utf8(data) {
        check_entities(text);
        check_keys(text);
        check_certificates(text);
    }
}

fn check_entities(text: &str) {
    written_back::<AeStem>(text);
    written_back::<CseId>(text);
    written_back::<Fqdn>(text);
    written_back::<ResourceAddress>(text);
    written_back::<RoleId>(text);
    written_back::<SpId>(text);
    let home = home();
    if let Ok(entity) = Entity::parse(text, &home) {
        assert_eq!(
            Entity::parse(&entity.absolute(), &home).as_ref(),
            Ok(&entity)
        );
        assert!(Entity::parse(&entity.sp_relative(), &home).is_ok());
    }
    if let Ok(ae) = Entity::parse_ae(text, &home) {
        assert_eq!(Entity::parse_absolute_ae(&ae.absolute()).as_ref(), Ok(&ae));
        check_credential(&CredentialId::of_entity(&ae));
    }
    if let Ok(cse) = Entity::parse_cse(text, &home) {
        assert_eq!(Entity::parse_cse(&cse.absolute(), &home).as_ref(), Ok(&cse));
        check_credential(&CredentialId::of_entity(&cse));
    }
}

fn check_keys(text: &str) {
    written_back::<DomainName>(text);
    written_back::<KeId>(text);
    written_back::<KeyIdentifier>(text);
    written_back::<KmId>(text);
    written_back::<KpsaId>(text);
    written_back::<RelativeKeyId>(text);
    written_back::<SymmetricKeyId>(text);
    written_back::<CredentialId>(text);
    written_back::<CredentialType>(text);
}

fn check_certificates(text: &str) {
    written_back::<AeUri>(text);
    written_back::<DeviceUrn>(text);
    written_back::<DigestAlgorithm>(text);
    written_back::<ObjectIdentifier>(text);
    written_back::<PublicDomainName>(text);
    if let Some(id) = written_back::<HardwareId>(text) {
        check_credential(&CredentialId::of_hardware(&id));
    }
    if let Some(id) = written_back::<NodeId>(text) {
        check_credential(&CredentialId::of_node(&id));
    }
    if let Some(id) = written_back::<PublicKeyId>(text) {
        check_credential(&CredentialId::of_public_key(&id));
        assert_eq!(id.digest().len(), id.algorithm().length());
    }
}

fn check_encodings(octets: &[u8]) {
    if let Ok(id) = DeviceId::from_general_name(octets) {
        assert_eq!(id.general_name(), octets);
        assert_eq!(
            DeviceId::parse(&id.to_string(), id.indication()).as_ref(),
            Ok(&id)
        );
    }
    if let Ok(id) = ObjectIdentifier::from_contents(octets) {
        assert_eq!(id.contents(), octets);
        assert_eq!(ObjectIdentifier::parse(&id.to_string()).as_ref(), Ok(&id));
    }
    for algorithm in DigestAlgorithm::ALL {
        assert!(PublicKeyId::of(octets, algorithm).matches(octets));
    }
}

fn check_credential(id: &CredentialId) {
    assert_eq!(CredentialId::parse(&id.to_string()).as_ref(), Ok(id));
}

fn written_back<T>(text: &str) -> Option<T>
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq,
{
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string(), text);
            assert_eq!(text.parse::<T>().ok().as_ref(), Some(&value));
            Some(value)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

// A home whose name begins with S would be read in place of the AE of that name.
fn home() -> Home {
    match (SpId::parse("//sp.example"), CseId::parse("/iut")) {
        (Ok(sp), Ok(cse)) => Home::new(sp, cse),
        parts => unreachable!("{parts:?}"),
    }
}
