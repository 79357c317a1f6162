//! Symmetric keys.

use crate::profile::{Provisioned, ProvisionedHost};
use crate::tester::reference_keys::named;
use onem2m_association::{Allowed, Host, PskKey, PskTable};
use onem2m_identity::{DomainName, Home, PskIdentity};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The table of those that can be known.
pub fn table(credentials: &[Provisioned], home: &Home) -> PskTable {
    let table = PskTable::new();
    for credential in credentials {
        // The profile may hold identities that are wrong on purpose.
        let _ = insert(&table, credential, home);
    }
    table
}

/// The hosts whose names are FQDNs.
pub fn hosts(told: &[ProvisionedHost], home: &Home) -> Vec<Host> {
    let hosts = told.iter().filter_map(|host| {
        Some(Host {
            name: DomainName::parse(&host.name).ok()?,
            identities: Arc::new(table(&host.keys, home)),
        })
    });
    hosts.collect()
}

fn insert(table: &PskTable, credential: &Provisioned, home: &Home) -> Result<(), String> {
    let identity = PskIdentity::parse(credential.identity.as_bytes()).map_err(told)?;
    let key = PskKey::new(Zeroizing::new(credential.key.octets().to_vec())).map_err(told)?;
    let allowed = match credential.entity.as_deref() {
        None => Allowed::Unstated,
        Some(text) => Allowed::Entity(named(text, home).map_err(told)?),
    };
    table.insert(identity, key, allowed).map_err(told)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
