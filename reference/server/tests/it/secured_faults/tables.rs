//! Each fault at its handshake, and associations in spite of each.

use super::case::{Case, SERVED, ae1, outcome, with};
use super::client::lock;
use super::keys::KEYS;
use super::names::NAMES;
use super::paths::PATHS;
use super::raw_public_keys::RAW_PUBLIC_KEYS;
use super::versions_and_suites::VERSIONS_AND_SUITES;
use crate::provisioned::LOCK;
use onem2m_server::{Clauses, faults};

#[tokio::test]
async fn fault_shows_at_the_handshake_that_is_about_it() {
    let mut wrong = Vec::new();
    for case in [VERSIONS_AND_SUITES, KEYS, PATHS, NAMES, RAW_PUBLIC_KEYS].concat() {
        let (fault, .., specified, faulty) = case;
        let got = (
            outcome(Clauses::SPECIFICATION, &case).await,
            outcome(with(fault), &case).await,
        );
        if got != (specified, faulty) {
            wrong.push((fault, got));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[tokio::test]
async fn associations_come_about_in_spite_of_each_fault() {
    let spoils = [
        "PskAsHexadecimalText",
        "PskFirstHalf",
        "PskBoundToOther",
        "PskSuiteOfTlsMissing",
    ];
    for fault in faults::all().filter(|fault| !spoils.contains(&fault.name)) {
        let case: Case = (fault.name, |all| lock(all, LOCK), ae1, SERVED, SERVED);
        let answer = outcome(with(fault.name), &case).await;
        assert!(answer.is_some(), "{fault:?}");
    }
}
