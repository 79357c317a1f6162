//! Keys that a CSE is given, and that are withdrawn from it, while it runs (TS-0003 V3.18.0, 10.5; TS-0001 V3.36.0, 11.3.2).

use onem2m_association::{
    Allowed, Clauses, ConfigurationError, PeerCredential, PskEntry, PskKey, PskTable,
};
use onem2m_identity::PskIdentity;

use super::Fault;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// What stands behind the identity of a second key; no client sends it.
const SECOND: &[u8] = b"\n";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "KpsaIdTwice",
        requirement: "TS-0003/10.5/2",
        summary: "a second key under a KpsaID stands beside the first, and the two are taken by turns",
        apply: |clauses| {
            clauses.association.provision = beside;
            clauses.association.key_of_identity = by_turns;
            clauses.association.entity_of_identity =
                |_, table, identity| table.get(identity).map(|entry| entry.allowed);
            // Which of the two was used is not remembered.
            clauses.association.is_current = |_, _, _, _| true;
        },
    },
    Fault {
        name: "KpsaIdRefusedAndKept",
        requirement: "TS-0003/10.5/1",
        summary: "a KpsaID outside its grammar is refused, and its key is known all the same",
        apply: |clauses| {
            clauses.association.provision = |table, identity, key, allowed| {
                let answer = (SPECIFIED.provision)(table, identity, key.clone(), allowed.clone());
                if let (Err(ConfigurationError::Identity(_)), Ok(identity)) =
                    (&answer, PskIdentity::parse(identity))
                {
                    // What is there already stays.
                    let _ = table.insert(identity, key, allowed);
                }
                answer
            };
        },
    },
    Fault {
        name: "WithdrawnKeyKept",
        requirement: "TS-0001/11.3.2/S1",
        summary: "a withdrawn key is good for associations until the CSE is started anew",
        apply: |clauses| {
            clauses.association.withdraw = |table, identity| table.get(identity).is_some();
        },
    },
    Fault {
        name: "ResumedUnderAnotherKey",
        requirement: "TS-0001/11.3.2/S1",
        summary: "the session of a withdrawn key is resumed once its identity has another key",
        apply: |clauses| {
            clauses.association.resumable = |configuration, ticket| match &ticket.credential {
                PeerCredential::Psk { identity } => configuration
                    .identities
                    .as_ref()
                    .is_some_and(|table| table.get(identity).is_some()),
                _ => (SPECIFIED.resumable)(configuration, ticket),
            };
        },
    },
];

fn beside(
    table: &PskTable,
    identity: &[u8],
    key: PskKey,
    allowed: Allowed,
) -> Result<(), ConfigurationError> {
    match (SPECIFIED.provision)(table, identity, key.clone(), allowed.clone()) {
        Err(ConfigurationError::IdentityTwice { .. }) => {
            let second = PskIdentity::parse(&[identity, SECOND].concat())?;
            table.insert(second, key, allowed)
        }
        answer => answer,
    }
}

/// The key that is first, which is the second the next time.
fn by_turns(table: &PskTable, identity: &[u8]) -> Option<PskEntry> {
    let taken = table.get(identity)?;
    let behind = [identity, SECOND].concat();
    if let Some(next) = table.get(&behind) {
        for (identity, entry) in [(identity, &next), (behind.as_slice(), &taken)] {
            table.remove(identity);
            let identity = PskIdentity::parse(identity).ok()?;
            let _ = table.insert(identity, entry.key.clone(), entry.allowed.clone());
        }
    }
    Some(taken)
}
