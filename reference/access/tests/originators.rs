//! Which entries of accessControlOriginators stand for which originator (TS-0003 V3.18.0, 7.1.3).

#![allow(clippy::unwrap_used)]

use onem2m_access::{
    Clauses, Decision, Directory, Grant, Location, NoGroups, Operation, Operations,
    OriginatorEntry, Policy, Request, Rule, decide, explain,
};
use onem2m_identity::{CseId, Entity, Home, ResourceAddress, SpId};
use time::macros::datetime;

fn home() -> Home {
    Home::new(
        SpId::parse("//sp.example").unwrap(),
        CseId::parse("/iut").unwrap(),
    )
}

fn request(from: &str) -> Request {
    Request {
        from: from.to_owned(),
        originator: Entity::parse(from, &home()).unwrap(),
        roles: Vec::new(),
        operation: Operation::Retrieve,
        time: datetime!(2025-11-20 13:27:30 UTC),
        address: None,
        location: Location::default(),
        authenticated: false,
        target_type: 3,
        target_specialization: None,
        created_type: None,
        created_specialization: None,
    }
}

fn rule(entries: &[&str]) -> Rule {
    Rule {
        originators: entries
            .iter()
            .map(|entry| OriginatorEntry::new(entry).unwrap())
            .collect(),
        operations: Operations::ALL,
        contexts: Vec::new(),
        authentication_flag: false,
        object_details: Vec::new(),
    }
}

fn stands_for(entry: &str, from: &str, directory: &dyn Directory) -> bool {
    let policy = Policy {
        rules: vec![rule(&[entry])],
    };
    decide(
        &Clauses::SPECIFICATION,
        &request(from),
        &[Some(&policy)],
        directory,
        &home(),
    ) == Decision::Permit
}

#[test]
fn every_form_of_an_entry_stands_for_every_form_of_the_originator() {
    for entry in ["CtpA2", "/iut/CtpA2", "//sp.example/iut/CtpA2"] {
        for from in ["CtpA2", "/iut/CtpA2", "//sp.example/iut/CtpA2"] {
            assert!(stands_for(entry, from, &NoGroups), "{entry} for {from}");
        }
    }
}

#[test]
fn wildcards_match_within_their_segment() {
    for (entry, from) in [
        ("*", "CtpA2"),
        ("*", "StpA3"),
        ("*A3", "StpA3"),
        ("S*", "/StpA3"),
        ("/S*", "StpA3"),
        ("/*", "StpA3"),
        ("/*", "/tpc2"),
        ("/*/*", "CtpA2"),
        ("/*/CtpA2", "CtpA2"),
        ("//*/*/*", "//other.example/tpx/C1"),
        ("//*/tpc2", "/tpc2"),
        ("//sp.example/*", "/tpc2"),
        ("//sp*/iut/C*", "CtpA2"),
    ] {
        assert!(stands_for(entry, from, &NoGroups), "{entry} for {from}");
    }
}

#[test]
fn entries_of_another_form_stand_for_nobody() {
    for entry in [
        "tpA2",
        "ctpa2",
        "any",
        "ALL",
        "Ctp?2",
        "CtpA.",
        "C*a*b",
        "sp.example",
        "//sp.example/",
        "//*",
        "//",
        "/",
        "///",
        "CtpA%2A",
        "%2A",
        "*/CtpA2",
        "iut/CtpA2",
        "/CtpA2",
        "//sp.example/CtpA2",
        "/iut/CtpA2/",
        "/iut//CtpA2",
        "*@*",
        "cse-in/*",
        "/*",
        "/*/*/*",
        "//*/*",
        "//SP.example/iut/CtpA2",
        "/iut/*CtpA22",
    ] {
        assert!(!stands_for(entry, "CtpA2", &NoGroups), "{entry}");
    }
}

#[test]
fn stem_with_a_wildcard_is_for_originators_that_are_known_by_a_stem_here() {
    for from in [
        "/tpc2",
        "/iut",
        "/tpc2/CtpR1",
        "//other.example/StpA3",
        "//other.example/iut/CtpA2",
    ] {
        assert!(!stands_for("*", from, &NoGroups), "{from}");
    }
}

#[test]
fn keyword_is_never_looked_up_as_a_group() {
    struct Everybody;
    impl Directory for Everybody {
        fn members(&self, _group: &ResourceAddress) -> Option<Vec<Entity>> {
            Some(vec![Entity::parse("CtpA2", &home()).unwrap()])
        }
    }
    assert!(stands_for("cse-in/grpT", "CtpA2", &Everybody));
    let without_keyword = Clauses {
        keyword: |_| false,
        ..Clauses::SPECIFICATION
    };
    let policy = Policy {
        rules: vec![rule(&["all"])],
    };
    let decision = decide(
        &without_keyword,
        &request("CtpA2"),
        &[Some(&policy)],
        &Everybody,
        &home(),
    );
    assert_eq!(decision, Decision::Deny);
}

#[test]
fn explanation_names_the_rule_that_permits() {
    let other = Policy {
        rules: vec![rule(&["CtpA1"])],
    };
    let permitting = Policy {
        rules: vec![rule(&["CtpA1"]), rule(&["CtpA2"]), rule(&["all"])],
    };
    let policies = [Some(&other), None, Some(&permitting)];
    let grant = explain(
        &Clauses::SPECIFICATION,
        &request("CtpA2"),
        &policies,
        &NoGroups,
        &home(),
    );
    assert_eq!(grant, Some(Grant { policy: 2, rule: 1 }));
}

#[test]
fn no_policy_permits_nothing() {
    for policies in [&[][..], &[None]] {
        assert_eq!(
            decide(
                &Clauses::SPECIFICATION,
                &request("CtpA2"),
                policies,
                &NoGroups,
                &home()
            ),
            Decision::Deny
        );
    }
}
