use std::collections::HashMap;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use onem2m_identity::{CredentialId, KpsaId, PskIdentity};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::{Allowed, ConfigurationError};

/// The longest key that every implementation has to support (RFC 4279, 5.3).
const KEY_LIMIT: usize = 64;

/// How many fetched keys a table keeps; the one that expires first makes room.
const FETCHED: usize = 1024;

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
    /// Its Credential-ID, where that is not formed from the identity.
    pub credential_id: Option<CredentialId>,
    /// When it expires, if it was fetched; a key that was provisioned is there until it is withdrawn.
    pub until: Option<OffsetDateTime>,
    /// Tells this entry from an earlier one under the same identity.
    pub(crate) serial: u64,
}

impl PskEntry {
    /// Tells it from other entries: what came later has a greater one.
    pub fn serial(&self) -> u64 {
        self.serial
    }
}

/// A key that somebody else keeps for a server, such as Kc of an MAF (TS-0003 V3.18.0, 8.2.2.3).
#[derive(Clone, Debug)]
pub struct FetchedKey {
    /// The key.
    pub key: PskKey,
    /// Whom an association with it may speak for.
    pub allowed: Allowed,
    /// Its Credential-ID, where that is not formed from the identity.
    pub credential_id: Option<CredentialId>,
    /// When it expires.
    pub until: OffsetDateTime,
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
        rows.add(identity, |serial| PskEntry {
            key,
            allowed,
            credential_id: None,
            until: None,
            serial,
        });
        Ok(())
    }

    /// Keeps a key that was fetched, in the place of the one that was fetched before under its identity. A key that was
    /// provisioned stays. Those that have expired go.
    pub fn keep(
        &self,
        identity: PskIdentity,
        fetched: FetchedKey,
        now: OffsetDateTime,
    ) -> Result<(), ConfigurationError> {
        check_identity(&identity)?;
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        rows.entries
            .retain(|_, entry| entry.until.is_none_or(|until| until > now));
        match rows.entries.get(&identity) {
            Some(entry) if entry.until.is_none() => {
                return Err(ConfigurationError::IdentityTwice {
                    got: identity.to_string(),
                });
            }
            Some(entry) if fetched.is_in(entry) => return Ok(()),
            Some(_) => {}
            None => rows.make_room(),
        }
        rows.add(identity, |serial| PskEntry {
            key: fetched.key,
            allowed: fetched.allowed,
            credential_id: fetched.credential_id,
            until: Some(fetched.until),
            serial,
        });
        Ok(())
    }

    /// Drops a key that was fetched; false if there is none under this identity, or one that was provisioned.
    pub fn forget(&self, identity: &[u8]) -> bool {
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_fetched = rows
            .entries
            .get(identity)
            .is_some_and(|entry| entry.until.is_some());
        is_fetched && rows.entries.remove(identity).is_some()
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

impl Rows {
    fn add(&mut self, identity: PskIdentity, entry: impl FnOnce(u64) -> PskEntry) {
        self.inserted += 1;
        self.entries.insert(identity, entry(self.inserted));
    }

    fn make_room(&mut self) {
        let fetched = self
            .entries
            .iter()
            .filter_map(|(identity, entry)| Some((entry.until?, identity)));
        if fetched.clone().count() < FETCHED {
            return;
        }
        let first = fetched.min_by_key(|(until, _)| *until);
        if let Some(identity) = first.map(|(_, identity)| identity.clone()) {
            self.entries.remove(&identity);
        }
    }
}

impl FetchedKey {
    /// Whether it is what the table has: then sessions of it may be resumed.
    fn is_in(&self, entry: &PskEntry) -> bool {
        entry.key.octets() == self.key.octets()
            && entry.allowed == self.allowed
            && entry.credential_id == self.credential_id
            && entry.until == Some(self.until)
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

/// A fetched key is good until its expirationTime (TS-0003 V3.18.0, 8.2.2.3).
pub(crate) fn is_in_force(until: Option<OffsetDateTime>, now: OffsetDateTime) -> bool {
    until.is_none_or(|until| until > now)
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
    use time::{Duration, OffsetDateTime};
    use zeroize::Zeroizing;

    use super::{FETCHED, FetchedKey, PskKey, PskTable, is_in_force, provision};
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

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn keep(table: &PskTable, identity: &str, key: PskKey, seconds: i64) {
        let identity = PskIdentity::parse(identity.as_bytes()).unwrap();
        let fetched = FetchedKey {
            key,
            allowed: Allowed::Unstated,
            credential_id: None,
            until: NOW + Duration::seconds(seconds),
        };
        let _ = table.keep(identity, fetched, NOW);
    }

    #[test]
    fn fetched_key_takes_the_place_of_a_fetched_one_alone() {
        let table = PskTable::new();
        insert(&table, "lock").unwrap();
        keep(&table, "lock", key(16), 9);
        assert_eq!(table.get(b"lock").unwrap().key.octets().len(), 32);
        assert!(!table.forget(b"lock"));
        for length in [16, 24] {
            keep(&table, "kc", key(length), 9);
            assert_eq!(table.get(b"kc").unwrap().key.octets().len(), length);
        }
        assert!(table.forget(b"kc"));
        assert!(table.get(b"kc").is_none());
    }

    #[test]
    fn key_that_is_fetched_once_more_is_the_same_entry() {
        let table = PskTable::new();
        let serial = || table.get(b"kc").unwrap().serial;
        keep(&table, "kc", key(16), 9);
        let before = serial();
        keep(&table, "kc", key(16), 9);
        assert_eq!(serial(), before);
        keep(&table, "kc", key(16), 10);
        assert_ne!(serial(), before);
    }

    #[test]
    fn fetched_keys_are_bounded_and_the_first_to_expire_goes() {
        let table = PskTable::new();
        for number in 0..=i64::try_from(FETCHED).unwrap() {
            keep(&table, &format!("kc{number}"), key(16), number + 1);
        }
        assert_eq!(table.identities().len(), FETCHED);
        assert!(table.get(b"kc0").is_none());
    }

    #[test]
    fn fetched_key_is_in_force_until_it_expires() {
        let second = Duration::seconds(1);
        assert!(is_in_force(None, NOW));
        assert!(is_in_force(Some(NOW + second), NOW));
        assert!(!is_in_force(Some(NOW), NOW));
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
