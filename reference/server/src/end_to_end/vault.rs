use std::collections::{HashMap, HashSet};

use onem2m_envelope::esprim::{
    Directory, IssuedObject, PairwiseKey, RecordedObject, Session, Sighting,
};
use onem2m_keys::Suid;
use time::OffsetDateTime;

use super::escertke::Exchanges;
use super::originator::Sessions;

/// The most rand objects that are kept for one entity.
const OF_ONE: usize = 64;

/// The most rand objects of either kind, and the most sessions, that are kept.
const IN_ALL: usize = 1024;

/// The most objects that one rand object opens where replays are noticed.
const SIGHTINGS: usize = 4096;

/// What the CSE keeps of sessions of ESPrim and exchanges of ESCertKE. There is room for so many objects of one entity, so that nobody drives out those
/// of others; the oldest goes first.
#[derive(Debug, Default)]
pub(crate) struct Vault {
    issued: Vec<IssuedObject>,
    recorded: Vec<RecordedObject>,
    /// The objects that were opened, by the rand object of the CSE.
    seen: HashMap<String, HashSet<Sighting>>,
    /// The last session of each pair.
    sessions: HashMap<String, Session>,
    /// The rand objects behind which the next one was sent.
    succeeded: HashSet<String>,
    /// What it keeps as Originator.
    originating: Sessions,
    /// When the shared rand object is to be replaced.
    rotates: Option<OffsetDateTime>,
    /// The exchanges of ESCertKE that are not complete.
    pub(crate) exchanges: Exchanges,
}

impl Vault {
    /// Keeps an object that is given out.
    pub(crate) fn issue(&mut self, issued: IssuedObject) {
        let same = |other: &IssuedObject| other.issued_to == issued.issued_to;
        let crowded = make_room(&mut self.issued, same);
        self.issued.push(issued);
        for gone in crowded {
            self.forget(gone.object.id());
        }
    }

    /// Keeps an object of an Originator, in the place of one with the same identifier.
    pub(crate) fn record(&mut self, recorded: RecordedObject) {
        let same = |other: &RecordedObject| other.key_id == recorded.key_id;
        self.recorded
            .retain(|other| !(same(other) && other.object.id() == recorded.object.id()));
        make_room(&mut self.recorded, same);
        self.recorded.push(recorded);
    }

    /// Keeps that an object was opened. A rand object that opened too many is used up.
    pub(crate) fn see(&mut self, sighting: Sighting) {
        let id = sighting.receiver_id.clone();
        let seen = self.seen.entry(id.clone()).or_default();
        seen.insert(sighting);
        if seen.len() >= SIGHTINGS {
            self.withdraw(&id);
        }
    }

    /// Keeps the session that a pair used last.
    pub(crate) fn remember(&mut self, session: Session, now: OffsetDateTime) {
        self.sessions.retain(|_, kept| now < kept.expires);
        if self.sessions.len() < IN_ALL || self.sessions.contains_key(&session.key_id) {
            self.sessions.insert(session.key_id.clone(), session);
        }
    }

    /// The session that a pair used last.
    pub(crate) fn session(&self, key_id: &str) -> Option<&Session> {
        self.sessions.get(key_id)
    }

    /// Every session that is kept.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// Ends what was recorded of a pair but for one object.
    pub(crate) fn record_alone(&mut self, recorded: RecordedObject) {
        self.recorded
            .retain(|other| other.key_id != recorded.key_id);
        self.recorded.push(recorded);
    }

    /// Ends an object that was given out.
    pub(crate) fn withdraw(&mut self, id: &str) {
        self.issued.retain(|issued| issued.object.id() != id);
        self.forget(id);
    }

    /// The shared object that was given out last, if any.
    pub(crate) fn shared(&self) -> Option<&IssuedObject> {
        self.issued
            .iter()
            .rev()
            .find(|issued| issued.issued_to.is_none())
    }

    /// Whether it is time for another shared object.
    pub(crate) fn is_due(&self, now: OffsetDateTime) -> bool {
        self.rotates.is_none_or(|rotates| rotates <= now)
    }

    /// Sets when the shared object is replaced.
    pub(crate) fn rotate_at(&mut self, moment: OffsetDateTime) {
        self.rotates = Some(moment);
    }

    /// Notes that a successor of an object is sent; false if that was so before, or the object is gone.
    pub(crate) fn succeed(&mut self, id: &str) -> bool {
        let is_kept = self.issued.iter().any(|issued| issued.object.id() == id);
        is_kept && self.succeeded.insert(id.to_owned())
    }

    /// What the CSE keeps as Originator.
    pub(crate) fn originating(&self) -> Sessions {
        self.originating.clone()
    }

    fn forget(&mut self, id: &str) {
        self.seen.remove(id);
        self.succeeded.remove(id);
    }
}

/// Takes out the oldest, of those that are alike and of all, until one more can be kept.
fn make_room<T>(list: &mut Vec<T>, alike: impl Fn(&T) -> bool) -> Vec<T> {
    let mut gone = Vec::new();
    if list.iter().filter(|one| alike(one)).count() >= OF_ONE
        && let Some(oldest) = list.iter().position(&alike)
    {
        gone.push(list.remove(oldest));
    }
    if list.len() >= IN_ALL {
        gone.push(list.remove(0));
    }
    gone
}

/// What an ESPrim Object is judged by: the keys of this moment, and what the vault holds.
pub(crate) struct Ledger<'a> {
    pub(crate) keys: &'a [(PairwiseKey, Suid)],
    pub(crate) vault: &'a Vault,
    pub(crate) detects_replays: bool,
}

impl Directory for Ledger<'_> {
    fn key(&self, wanted: &dyn Fn(&PairwiseKey) -> bool) -> Option<&PairwiseKey> {
        self.keys.iter().map(|(key, _)| key).find(|key| wanted(key))
    }

    fn issued(&self, wanted: &dyn Fn(&IssuedObject) -> bool) -> Option<&IssuedObject> {
        self.vault.issued.iter().find(|object| wanted(object))
    }

    fn recorded(&self, wanted: &dyn Fn(&RecordedObject) -> bool) -> Option<&RecordedObject> {
        self.vault.recorded.iter().find(|object| wanted(object))
    }

    fn seen(&self, sighting: &Sighting) -> bool {
        let seen = self.vault.seen.get(&sighting.receiver_id);
        self.detects_replays && seen.is_some_and(|seen| seen.contains(sighting))
    }
}

#[cfg(test)]
mod tests {
    use onem2m_envelope::esprim::{
        Chosen, Expiry, IssuedObject, Offered, OriginatorRand, ProtocolId, ReceiverRand,
        RecordedObject, Sighting,
    };
    use time::macros::datetime;

    use super::{IN_ALL, OF_ONE, SIGHTINGS, Vault};

    const VALUE: &str = "c3d2e1f0a9b8978685746352413f2e1d";

    fn issued(id: &str, entity: &str) -> IssuedObject {
        let expires = datetime!(2099-12-31 23:59:59 UTC);
        let protocols = [ProtocolId(12)];
        let object =
            ReceiverRand::new(id, VALUE, Expiry::at(expires), Offered(vec![1]), &protocols);
        IssuedObject {
            object: object.unwrap(),
            expires,
            issued_to: Some(entity.to_owned()),
        }
    }

    fn recorded(id: &str, key_id: &str) -> RecordedObject {
        let expires = datetime!(2099-12-31 23:59:59 UTC);
        let protocols = [ProtocolId(12)];
        let object = OriginatorRand::new(id, VALUE, Expiry::at(expires), Chosen(1), &protocols);
        RecordedObject {
            object: object.unwrap(),
            key_id: key_id.to_owned(),
            expires,
        }
    }

    #[test]
    fn each_entity_has_room_for_so_many() {
        let mut vault = Vault::default();
        vault.issue(issued("theirs", "AE2"));
        vault.record(recorded("theirs", "kid-2"));
        for number in 0..3 * OF_ONE {
            vault.issue(issued(&format!("own-{number}"), "AE1"));
            vault.record(recorded(&format!("own-{number}"), "kid-1"));
        }
        assert_eq!(vault.issued.len(), OF_ONE + 1);
        assert_eq!(vault.recorded.len(), OF_ONE + 1);
        assert_eq!(vault.issued[0].object.id(), "theirs");
        let oldest = format!("own-{}", 2 * OF_ONE);
        assert_eq!(vault.recorded[1].object.id(), oldest);
    }

    #[test]
    fn all_together_have_room_for_so_many() {
        let mut vault = Vault::default();
        for number in 0..=IN_ALL {
            vault.issue(issued("x", &format!("AE{number}")));
            vault.record(recorded("x", &format!("kid-{number}")));
        }
        assert_eq!(vault.issued.len(), IN_ALL);
        assert_eq!(vault.recorded.len(), IN_ALL);
        assert_eq!(vault.issued[0].issued_to.as_deref(), Some("AE1"));
    }

    #[test]
    fn rand_object_that_opened_too_many_is_used_up() {
        let mut vault = Vault::default();
        vault.issue(issued("x", "AE1"));
        for number in 0..SIGHTINGS {
            assert_eq!(vault.issued.len(), 1);
            vault.see(Sighting {
                key_id: "kid-1".to_owned(),
                originator_id: "or".to_owned(),
                receiver_id: "x".to_owned(),
                iv: number.to_be_bytes().to_vec(),
            });
        }
        assert!(vault.issued.is_empty() && vault.seen.is_empty());
        assert!(!vault.succeed("x"));
    }

    #[test]
    fn same_identifier_is_replaced() {
        let mut vault = Vault::default();
        vault.record(recorded("x", "kid-1"));
        vault.record(recorded("x", "kid-2"));
        vault.record(recorded("x", "kid-1"));
        assert_eq!(vault.recorded.len(), 2);
    }
}
