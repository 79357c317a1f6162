use std::collections::HashMap;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use onem2m_identity::{KpsaId, PskIdentity};
use zeroize::Zeroizing;

use crate::{Allowed, ConfigurationError};

/// The longest key that every implementation has to support (RFC 4279, 5.3).
const KEY_LIMIT: usize = 64;

/// A pre-shared key: 1 to 64 octets.
#[derive(Clone)]
pub struct PskKey(Zeroizing<Vec<u8>>);

impl PskKey {
    /// Takes the octets of a key.
    pub fn new(octets: Zeroizing<Vec<u8>>) -> Result<Self, ConfigurationError> {
        if octets.is_empty() || octets.len() > KEY_LIMIT {
            return Err(ConfigurationError::KeyLength {
                limit: KEY_LIMIT,
                got: octets.len(),
            });
        }
        Ok(Self(octets))
    }

    /// The octets.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for PskKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PskKey(..)")
    }
}

/// What stands behind an identity: the key, and whom it is for.
#[derive(Clone, Debug)]
pub struct PskEntry {
    /// The key.
    pub key: PskKey,
    /// Whom an association with it may speak for.
    pub allowed: Allowed,
    /// Tells this entry from an earlier one under the same identity.
    pub(crate) serial: u64,
}

/// The symmetric keys of a server, by psk_identity (TS-0003 V3.18.0, 8.2.2.1): one look-up gives key and entity.
///
/// Identities are compared octet by octet. The table may change while servers use it.
#[derive(Default)]
pub struct PskTable(RwLock<Rows>);

#[derive(Clone, Default)]
struct Rows {
    entries: HashMap<PskIdentity, PskEntry>,
    inserted: u64,
}

impl PskTable {
    /// A table without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key under an identity without zero octets that is not there yet, for at most one entity
    /// (TS-0003 V3.18.0, 8.2.2.1).
    pub fn insert(
        &self,
        identity: PskIdentity,
        key: PskKey,
        allowed: Allowed,
    ) -> Result<(), ConfigurationError> {
        check_identity(&identity)?;
        if matches!(allowed, Allowed::Applications(_)) {
            return Err(ConfigurationError::Allowed {
                credential: "a symmetric key",
                expected: "one AE or CSE, or none",
            });
        }
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if rows.entries.contains_key(&identity) {
            return Err(ConfigurationError::IdentityTwice {
                got: identity.to_string(),
            });
        }
        rows.inserted += 1;
        let serial = rows.inserted;
        rows.entries.insert(
            identity,
            PskEntry {
                key,
                allowed,
                serial,
            },
        );
        Ok(())
    }

    /// Withdraws a key; false if there is none under this identity. Sessions that it authenticated are not resumed.
    pub fn remove(&self, identity: &[u8]) -> bool {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .entries
            .remove(identity)
            .is_some()
    }

    /// What stands behind exactly this identity.
    pub fn get(&self, identity: &[u8]) -> Option<PskEntry> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .entries
            .get(identity)
            .cloned()
    }

    /// All identities, in the order of their octets.
    pub fn identities(&self) -> Vec<PskIdentity> {
        let rows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut identities: Vec<_> = rows.entries.keys().cloned().collect();
        identities.sort_by(|one, other| one.octets().cmp(other.octets()));
        identities
    }
}

/// Another table with the same keys.
impl Clone for PskTable {
    fn clone(&self) -> Self {
        let rows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Self(RwLock::new(rows.clone()))
    }
}

impl fmt::Debug for PskTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.identities().iter().map(PskIdentity::as_str))
            .finish()
    }
}

/// Gives a running server a key under a KpsaID that no other key has (TS-0003 V3.18.0, 10.5).
pub(crate) fn provision(
    table: &PskTable,
    identity: &[u8],
    key: PskKey,
    allowed: Allowed,
) -> Result<(), ConfigurationError> {
    let identity = PskIdentity::parse(identity)?;
    KpsaId::parse(identity.as_str())?;
    table.insert(identity, key, allowed)
}

/// OpenSSL holds identities as C strings, so a zero octet would cut them.
pub(crate) fn check_identity(identity: &PskIdentity) -> Result<(), ConfigurationError> {
    if identity.octets().contains(&0) {
        return Err(ConfigurationError::IdentityWithZero {
            got: identity.as_str().escape_default().to_string(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use onem2m_identity::PskIdentity;
    use zeroize::Zeroizing;

    use super::{PskKey, PskTable, provision};
    use crate::{Allowed, ConfigurationError};

    fn key(length: usize) -> PskKey {
        PskKey::new(Zeroizing::new(vec![7; length])).unwrap()
    }

    fn insert(table: &PskTable, identity: &str) -> Result<(), ConfigurationError> {
        let identity = PskIdentity::parse(identity.as_bytes()).unwrap();
        table.insert(identity, key(32), Allowed::Unstated)
    }

    #[test]
    fn identity_with_a_zero_octet_is_refused() {
        assert!(matches!(
            insert(&PskTable::new(), "a\0b"),
            Err(ConfigurationError::IdentityWithZero { .. })
        ));
    }

    #[test]
    fn key_for_a_list_of_entities_is_refused() {
        let identity = PskIdentity::parse(b"lock").unwrap();
        let refused = PskTable::new().insert(identity, key(32), Allowed::Applications(Vec::new()));
        assert!(matches!(refused, Err(ConfigurationError::Allowed { .. })));
    }

    #[test]
    fn identity_is_refused_a_second_time() {
        let table = PskTable::new();
        insert(&table, "lock@in.example.com").unwrap();
        assert!(matches!(
            insert(&table, "lock@in.example.com"),
            Err(ConfigurationError::IdentityTwice { .. })
        ));
    }

    #[test]
    fn identities_that_differ_in_case_are_two() {
        let table = PskTable::new();
        insert(&table, "lock@in.example.com").unwrap();
        assert_eq!(insert(&table, "Lock@in.example.com"), Ok(()));
    }

    #[test]
    fn keys_of_0_and_of_65_octets_are_refused() {
        for length in [0, 65] {
            assert!(PskKey::new(Zeroizing::new(vec![7; length])).is_err());
        }
        assert_eq!(key(64).octets().len(), 64);
    }

    #[test]
    fn key_that_is_withdrawn_and_given_again_is_another_entry() {
        let table = PskTable::new();
        insert(&table, "lock").unwrap();
        let before = table.get(b"lock").unwrap().serial;
        assert!(table.remove(b"lock"));
        assert!(table.get(b"lock").is_none());
        insert(&table, "lock").unwrap();
        assert_ne!(table.get(b"lock").unwrap().serial, before);
    }

    #[test]
    fn key_is_provisioned_under_a_kpsa_id_alone() {
        let table = PskTable::new();
        let given =
            |identity: &str| provision(&table, identity.as_bytes(), key(32), Allowed::Unstated);
        assert_eq!(given("lock@in.example.com"), Ok(()));
        for identity in ["lock", "a b@in.example.com", "a@-bad-.example", ""] {
            assert!(
                matches!(given(identity), Err(ConfigurationError::Identity(_))),
                "{identity:?}"
            );
            assert!(table.get(identity.as_bytes()).is_none(), "{identity:?}");
        }
    }

    #[test]
    fn copy_of_a_table_changes_alone() {
        let table = PskTable::new();
        insert(&table, "lock").unwrap();
        let copy = table.clone();
        assert!(copy.remove(b"lock"));
        assert!(table.get(b"lock").is_some());
    }

    #[test]
    fn debug_shows_no_key() {
        let table = PskTable::new();
        insert(&table, "lock").unwrap();
        let entry = table.get(b"lock").unwrap();
        assert_eq!(format!("{table:?}"), "[\"lock\"]");
        assert!(!format!("{entry:?}").contains('7'));
    }
}
