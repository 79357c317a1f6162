//! What is generated around an address, a place and a group, held against the oracle.

use super::address;
use super::case::{Ask, Case, Context, Governed, Operation, Region, Rule, Subject};
use super::ground::{Entity, Ground, Says};
use super::membership::{self, GroupForm, Membership};
use super::origin::Origin;
use super::region::region;
use crate::catalogue::behaviour::Source;
use onem2m_oracle::Readings;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;
use time::macros::datetime;

const SAMPLES: usize = 300;

fn ground() -> Ground {
    let entity = |actor, stem: &str| Entity {
        actor,
        stem: stem.to_owned(),
        sp_relative: format!("/iut/{stem}"),
    };
    let origin = |source, address: &str, location| Origin {
        source,
        address: address.parse().ok(),
        location,
    };
    let group = |name: &str, members: &[&str], is_missing| Membership {
        ids: vec![format!("base/{name}"), format!("/iut/base/{name}")],
        members: members.iter().map(|stem| (*stem).to_owned()).collect(),
        is_missing,
    };
    let located = json!({"country": "US", "point": [52.0, 179.9995]});
    let claims = ["PICS_ACCO_CC", "PICS_ACCO_CIRC"];
    Ground {
        entities: vec![entity("AE2", "CtpA2"), entity("AE1", "CtpA1")],
        administrator: "CAdmin".into(),
        cse: "/iut".into(),
        domain: Some("//sp.example".into()),
        origins: vec![
            origin(Source::First, "127.0.0.1", Some(located)),
            origin(Source::Second, "127.0.0.23", Some(json!({}))),
            origin(Source::Ipv6, "2001:db8:1::17", None),
        ],
        memberships: vec![
            group("grpO", &["CtpA2"], false),
            group("grpS", &["CtpA1", "CtpA2"], false),
            group("grpA", &["CtpA1"], false),
            group("grpX", &[], true),
        ],
        now: datetime!(2025-11-20 13:27:30 UTC),
        authenticated: false,
        from_is_checked: true,
        missing_group_rejects: false,
        pics: claims.map(|claim| (claim.to_owned(), true)).into(),
        readings: Readings::SPECIFICATION,
    }
}

fn case(source: Source, originators: &[&str], context: Option<Context>) -> Case {
    let rule = Rule {
        originators: originators
            .iter()
            .map(|entry| (*entry).to_owned())
            .collect(),
        operations: 63,
        contexts: context.into_iter().collect(),
        flag: None,
        details: Vec::new(),
    };
    Case {
        governed: Governed::Linked {
            policies: vec![Some(vec![rule])],
            reversed: false,
        },
        ask: Ask {
            subject: Subject::Entity(0),
            source,
            operation: Operation::Retrieve,
            child: 4,
        },
    }
}

fn samples<T: std::fmt::Debug>(strategy: &BoxedStrategy<T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..SAMPLES)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

fn decided(holds: bool) -> Option<Says> {
    Some(match holds {
        true => Says::Permit,
        false => Says::Deny,
    })
}

#[test]
fn networks_hold_the_source_that_they_are_built_around_or_do_not() {
    let ground = ground();
    for origin in &ground.origins {
        let address = origin.address.unwrap();
        let others: Vec<_> = ground
            .origins
            .iter()
            .filter_map(|origin| origin.address)
            .filter(|other| *other != address)
            .collect();
        for holds in [true, false] {
            for context in samples(&address::networks(address, &others, holds)) {
                let case = case(origin.source, &["CtpA2"], Some(context));
                assert_eq!(ground.says(&case), decided(holds), "{address}: {case:?}");
            }
        }
    }
}

fn within(region: Region) -> Option<Context> {
    Some(Context {
        region: Some(region),
        ..Context::default()
    })
}

#[test]
fn regions_hold_the_place_that_is_stated_for_the_source() {
    let ground = ground();
    for holds in [true, false] {
        let location = ground.location(Source::First).unwrap();
        for region in samples(&region(&ground, location, holds)) {
            let case = case(Source::First, &["CtpA2"], within(region));
            assert_eq!(ground.says(&case), decided(holds), "{case:?}");
        }
    }
    let world = Region::Circle([0.0, 0.0, 21_000_000.0]);
    let says = |source| ground.says(&case(source, &["CtpA2"], within(world.clone())));
    assert_eq!(says(Source::First), Some(Says::Permit));
    assert_eq!(says(Source::Second), Some(Says::Deny));
    assert_eq!(says(Source::Ipv6), None);
}

#[test]
fn groups_stand_for_their_members_and_nobody_else() {
    let mut ground = ground();
    let entity = ground.entities[0].clone();
    for (form, says) in [
        (GroupForm::Member, Says::Permit),
        (GroupForm::NoMember, Says::Deny),
        (GroupForm::Missing, Says::Deny),
        (GroupForm::Wild, Says::Deny),
    ] {
        let entries = membership::entries(&ground, &entity, form);
        assert!(entries.len() > 1, "{form:?}");
        for entry in entries {
            let case = case(Source::First, &[&entry], None);
            assert_eq!(ground.says(&case), Some(says), "{entry}");
        }
    }
    ground.missing_group_rejects = true;
    let beside = case(Source::First, &["base/grpX", "CtpA2"], None);
    assert_eq!(ground.says(&beside), None);
    let known = case(Source::First, &["base/grpO", "CtpA2"], None);
    assert_eq!(ground.says(&known), Some(Says::Permit));
}

#[test]
fn group_of_one_entity_is_exchanged_for_one_of_another() {
    let ground = ground();
    let exchanged = |entry| membership::exchanged(&ground, entry, "CtpA1", "CtpA2");
    assert_eq!(
        exchanged("/iut/base/grpA").as_deref(),
        Some("/iut/base/grpO")
    );
    assert_eq!(exchanged("base/grpX").as_deref(), Some("base/grpX"));
    assert_eq!(exchanged("CtpA1"), None);
}
