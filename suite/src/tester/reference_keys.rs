//! The keys of the reference, which the tester changes itself.

use super::provisioning::{KeyAnswer, KeyOrder};
use crate::profile::Provisioned;
use onem2m_association::PskKey;
use onem2m_identity::{Entity, Home, IdentityError};
use onem2m_server::Cse;
use zeroize::Zeroizing;

/// Changes what a CSE knows.
pub fn change(cse: &Cse, change: &KeyOrder) -> KeyAnswer {
    let changed = match change {
        KeyOrder::Provision(given) => provision(cse, given),
        KeyOrder::Withdraw(identity) => match cse.withdraw_key(identity.as_bytes()) {
            true => Ok(()),
            false => Err("there is no such key".to_owned()),
        },
    };
    match changed {
        Ok(()) => KeyAnswer::Done,
        Err(why) => KeyAnswer::Refused(why),
    }
}

fn provision(cse: &Cse, given: &Provisioned) -> Result<(), String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let key = Zeroizing::new(given.key.octets().to_vec());
    let key = PskKey::new(key).map_err(|error| told(&error))?;
    let entity = given.entity.as_deref();
    let entity = entity.map(|text| named(text, cse.home())).transpose();
    let entity = entity.map_err(|error| told(&error))?;
    cse.provision_key(given.identity.as_bytes(), key, entity)
        .map_err(|error| told(&error))
}

/// The entity that a profile names by its CSE-ID or AE-ID-Stem.
pub fn named(text: &str, home: &Home) -> Result<Entity, IdentityError> {
    match text.starts_with('/') {
        true => Entity::parse_cse(text, home),
        false => Entity::parse_ae(text, home),
    }
}
