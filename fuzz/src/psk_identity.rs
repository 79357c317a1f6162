//! Octets as a `psk_identity`.

use std::collections::HashMap;

use onem2m_identity::{
    CredentialId, KeId, KeyIdentifier, KmId, KpsaId, PskIdentity, PskIdentityForm, SymmetricKeyId,
};

/// Any octets are read as an identity or refused; what was read is those octets and no others, and the identifier in it,
/// written and read again, is the same identifier.
pub fn psk_identity(data: &[u8]) {
    let identity = match PskIdentity::parse(data) {
        Ok(identity) => identity,
        Err(error) => {
            assert!(
                data.is_empty() || data.len() > PskIdentity::LIMIT || str::from_utf8(data).is_err(),
                "{error}"
            );
            return;
        }
    };
    assert_eq!(identity.octets(), data);
    assert_eq!(identity.to_string().as_bytes(), data);
    check_look_up(&identity, data);
    match identity.form() {
        PskIdentityForm::KeyId(id) => {
            assert_eq!(id.to_string().as_bytes(), data);
            assert_eq!(PskIdentity::try_from(id).as_ref(), Ok(&identity));
            check_meanings(id, identity.as_str());
        }
        PskIdentityForm::Other(reason) => {
            assert!(!reason.to_string().is_empty());
            assert!(KpsaId::parse(identity.as_str()).is_err());
        }
    }
}

fn check_look_up(identity: &PskIdentity, data: &[u8]) {
    let table = HashMap::from([(identity.clone(), ())]);
    assert!(table.contains_key(data));
    assert!(!table.contains_key(&[data, b"\0"].concat()[..]));
    assert!(
        data.split_last()
            .is_none_or(|(_, start)| !table.contains_key(start))
    );
    let other_case = data.to_ascii_uppercase();
    assert_eq!(table.contains_key(&other_case[..]), other_case == data);
}

/// What the identifier may mean to whoever receives it.
fn check_meanings(id: &SymmetricKeyId, text: &str) {
    let kpsa = KpsaId::from(id.clone());
    assert_eq!(KpsaId::parse(text).as_ref(), Ok(&kpsa));
    let credential = CredentialId::of_kpsa(&kpsa);
    assert_eq!(credential.value(), text);
    assert_eq!(CredentialId::parse(&credential.to_string()), Ok(credential));

    let km = KmId::from(id.clone());
    let upper = km.relative().as_str().to_ascii_uppercase();
    assert_eq!(KmId::parse(&format!("{upper}@{}", km.maf())), Ok(km));

    let kc_id = KeyIdentifier::from(id.clone()).kc_id();
    let ke = KeId::try_from(id.clone()).ok();
    assert_eq!(ke.as_ref().map(KeId::octets), kc_id);
    if let Some(ke) = ke {
        assert_eq!(
            KeId::of(ke.octets(), ke.mef().clone()).octets(),
            ke.octets()
        );
    }
}
