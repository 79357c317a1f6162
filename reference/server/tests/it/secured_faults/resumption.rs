//! Faults of resumption, and of keys that come and go.

use super::case::{SERVED, ae2, with};
use crate::provisioned::{LOCK, Provisioned, psk};
use onem2m_association::Client;
use onem2m_association::Transport::Tls;
use onem2m_server::Clauses;

/// Whether a client with a key that begins so has an association.
async fn stands(all: &Provisioned, identity: &str, first: u8) -> bool {
    let client = Client::new(all.with_key(Tls, identity, first)).unwrap();
    all.dial(&client, None).await.is_ok()
}

#[tokio::test]
async fn key_is_provisioned_and_withdrawn_while_the_cse_runs() {
    const FRESH: &str = "fresh@in.example.com";
    let all = Provisioned::new();
    let cse = &all.bench.cse;
    assert!(!stands(&all, FRESH, 9).await);
    cse.provision_key(FRESH.as_bytes(), psk(9), None).unwrap();
    assert!(stands(&all, FRESH, 9).await);
    assert!(cse.provision_key(FRESH.as_bytes(), psk(8), None).is_err());
    assert!(!stands(&all, FRESH, 8).await);
    assert!(cse.withdraw_key(FRESH.as_bytes()));
    assert!(!stands(&all, FRESH, 9).await);
    assert!(!cse.withdraw_key(FRESH.as_bytes()));
}

#[tokio::test]
async fn withdrawn_key_stays_with_a_fault_alone() {
    for (clauses, expected) in [
        (Clauses::SPECIFICATION, false),
        (with("WithdrawnKeyKept"), true),
    ] {
        let all = Provisioned::judging_by(clauses);
        assert!(all.bench.cse.withdraw_key(LOCK.as_bytes()));
        assert_eq!(stands(&all, LOCK, 1).await, expected);
    }
}

#[tokio::test]
async fn two_keys_of_an_identity_work_with_a_fault_alone() {
    for (clauses, expected) in [
        (Clauses::SPECIFICATION, [true, false]),
        (with("KpsaIdTwice"), [true, true]),
    ] {
        let all = Provisioned::judging_by(clauses);
        let _ = all.bench.cse.provision_key(LOCK.as_bytes(), psk(9), None);
        let found = [stands(&all, LOCK, 1).await, stands(&all, LOCK, 9).await];
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn refused_identity_is_known_with_a_fault_alone() {
    const WRONG: &str = "a b@in.example.com";
    for (clauses, expected) in [
        (Clauses::SPECIFICATION, false),
        (with("KpsaIdRefusedAndKept"), true),
    ] {
        let all = Provisioned::judging_by(clauses);
        let given = all.bench.cse.provision_key(WRONG.as_bytes(), psk(9), None);
        assert!(given.is_err());
        assert_eq!(stands(&all, WRONG, 9).await, expected);
    }
}

#[tokio::test]
async fn session_is_resumed_under_another_key_with_a_fault_alone() {
    for (clauses, expected) in [
        (Clauses::SPECIFICATION, false),
        (with("ResumedUnderAnotherKey"), true),
    ] {
        let all = Provisioned::judging_by(clauses);
        let cse = &all.bench.cse;
        let client = Client::new(all.with_key(Tls, LOCK, 1)).unwrap();
        let (_, resumption, _) = all.dial(&client, None).await.unwrap();
        assert!(cse.withdraw_key(LOCK.as_bytes()));
        cse.provision_key(LOCK.as_bytes(), psk(9), None).unwrap();
        // Without the session there is a whole handshake, for which the key is wrong.
        let resumed = all.dial(&client, resumption.as_ref()).await;
        let is_resumed = resumed.is_ok_and(|(_, _, is_resumed)| is_resumed);
        assert_eq!(is_resumed, expected);
    }
}

#[tokio::test]
async fn resumption_with_faults_forgets_or_revives() {
    for (fault, withdrawn, expected) in [
        ("ResumedWithoutBinding", false, SERVED),
        ("ResumedAfterWithdrawal", true, SERVED),
    ] {
        let all = Provisioned::judging_by(with(fault));
        let client = Client::new(all.with_key(Tls, LOCK, 1)).unwrap();
        let (_, resumption, _) = all.dial(&client, None).await.unwrap();
        if withdrawn {
            all.table.remove(LOCK.as_bytes());
        }
        let (mut line, _, is_resumed) = all.dial(&client, resumption.as_ref()).await.unwrap();
        assert!(is_resumed, "{fault}");
        assert_eq!(line.answered(ae2()).await, expected, "{fault}");
    }
}
