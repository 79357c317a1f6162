//! The keys of the reference, which the tester changes itself.

use super::provisioning::{GivenPair, KeyAnswer, KeyOrder};
use super::template::read_basic;
use crate::profile::Provisioned;
use onem2m_association::PskKey;
use onem2m_identity::{Entity, Home, IdentityError};
use onem2m_keys::{PairwiseEsPrimKey, Suid};
use onem2m_server::{Cse, Pair};
use zeroize::Zeroizing;

/// Changes what a CSE knows.
pub fn change(cse: &Cse, change: &KeyOrder) -> KeyAnswer {
    let changed = match change {
        KeyOrder::Provision(given) => provision(cse, given),
        KeyOrder::Withdraw(identity) => match cse.withdraw_key(identity.as_bytes()) {
            true => Ok(()),
            false => Err("there is no such key".to_owned()),
        },
        KeyOrder::ProvisionPairwise(given) => provision_pair(cse, given),
        KeyOrder::WithdrawPairwise(id) => match cse.withdraw_pair(id) {
            true => Ok(()),
            false => Err("there is no such pairwise key".to_owned()),
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

fn provision_pair(cse: &Cse, given: &GivenPair) -> Result<(), String> {
    let entity = given.key.entity.as_deref();
    let entity = entity.ok_or("a pairwise key is shared with somebody")?;
    let expires = match &given.expires {
        None => None,
        Some(text) => Some(read_basic(text).ok_or_else(|| format!("{text:?} is no timestamp"))?),
    };
    let pair = Pair {
        id: given.key.identity.clone(),
        key: PairwiseEsPrimKey::new(given.key.key.octets()),
        entity: named(entity, cse.home()).map_err(|error| error.to_string())?,
        expires,
        usage: Suid(given.usage),
    };
    let shared = match &given.derived {
        None => cse.provision_pair(pair),
        Some(derivation) => cse.provision_derived_pair(pair, derivation),
    };
    shared.map_err(|error| error.to_string())
}

/// The entity that a profile names by its CSE-ID or AE-ID-Stem, or by the SP-relative AE-ID of another CSE.
pub fn named(text: &str, home: &Home) -> Result<Entity, IdentityError> {
    match text.starts_with('/') {
        true => Entity::parse(text, home),
        false => Entity::parse_ae(text, home),
    }
}
