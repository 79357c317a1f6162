//! Whom a `<group>` in accessControlOriginators stands for (TS-0001 V3.36.0, 9.6.2.1).

use onem2m_access::{Clauses as Access, Decision, OriginatorEntry, Policy, Rule, Situation};
use onem2m_identity::{AeStem, Entity, ResourceAddress};

use super::Fault;
use crate::address::{self, Located};
use crate::authorize::{self, Attempt, Governance, judge};
use crate::groups;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "GroupStandsForEverybody",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "the resource ID of a group stands for everybody, member or not",
        apply: |clauses| clauses.access.group = any_group,
    },
    Fault {
        name: "GroupMissingStandsForEverybody",
        requirement: "TS-0001/9.6.2.1/2",
        summary: "the resource ID of a group that is not there stands for everybody",
        apply: |clauses| clauses.access.group = missing_group,
    },
    Fault {
        name: "GroupHoldsItsCreator",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "who created a group counts as a member of it",
        apply: |clauses| clauses.members = with_creator,
    },
    Fault {
        name: "GroupFirstMemberOnly",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "only the first of memberIDs is looked at",
        apply: |clauses| {
            clauses.members = |scene, group| {
                let mut members = groups::members(scene, group);
                members.truncate(1);
                members
            }
        },
    },
    Fault {
        name: "GroupMembersComparedByName",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "the last segment of a member is taken for an AE-ID, whatever resource it is",
        apply: |clauses| clauses.member = by_last_segment,
    },
    Fault {
        name: "GroupMemberStandsForItsCreator",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "a member of any type stands for whoever created it",
        apply: |clauses| clauses.member = creator_of_member,
    },
    Fault {
        name: "GroupInOneFormOnly",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "a group is recognized by its structured CSE-relative identifier only",
        apply: |clauses| clauses.group = structured_only,
    },
    Fault {
        name: "GroupMembersInOneFormOnly",
        requirement: "TS-0001/9.6.2.1/1",
        summary: "members are recognized by unstructured CSE-relative identifiers only",
        apply: |clauses| {
            clauses.member = |scene, member| match member.contains('/') {
                true => None,
                false => groups::member(scene, member),
            }
        },
    },
    Fault {
        name: "GroupWildcard",
        requirement: "TS-0003/7.1.3/5",
        summary: "an asterisk in the resource ID of a group matches group names",
        apply: |clauses| clauses.decide = by_pattern,
    },
];

fn any_group(situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    ResourceAddress::parse(entry.as_str())
        .is_ok_and(|address| situation.directory.members(&address).is_some())
}

/// Only what cannot be read as an AE-ID or CSE-ID is taken for a group that is not there.
fn missing_group(situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    let is_missing = || {
        let address = ResourceAddress::parse(entry.as_str()).ok()?;
        let last = address.path()?.segments().next_back()?;
        let is_identity = Entity::parse(entry.as_str(), situation.home).is_ok();
        let is_keyword = (Access::SPECIFICATION.keyword)(entry);
        let is_like_one = !is_identity && !is_keyword && AeStem::parse(last).is_err();
        Some(is_like_one && situation.directory.members(&address).is_none())
    };
    (Access::SPECIFICATION.group)(situation, entry) || is_missing().unwrap_or_default()
}

fn with_creator(scene: &Scene<'_>, group: &Resource) -> Vec<Entity> {
    let mut members = groups::members(scene, group);
    members.push(group.creator.clone());
    members
}

fn by_last_segment(scene: &Scene<'_>, member: &str) -> Option<Entity> {
    let last = member.rsplit('/').next()?;
    let stem = AeStem::parse(last).ok()?;
    Some(Entity::registered(stem, scene.home))
}

fn creator_of_member(scene: &Scene<'_>, member: &str) -> Option<Entity> {
    match address::locate(scene.tree, scene.home, member)? {
        Located::Resource(resource) => Some(resource.creator.clone()),
        _ => None,
    }
}

fn structured_only<'a>(scene: &Scene<'a>, address: &ResourceAddress) -> Option<&'a Resource> {
    let is_structured =
        matches!(address, ResourceAddress::CseRelative(path) if path.is_structured());
    groups::group(scene, address).filter(|_| is_structured)
}

/// Judges after each entry with a wildcard was replaced by the groups that it matches.
fn by_pattern(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    match (scene.clauses.governance)(scene, attempt) {
        Governance::Default => authorize::decide(scene, attempt),
        Governance::Policies(policies) => {
            let expanded: Vec<Option<Policy>> = policies
                .into_iter()
                .map(|policy| policy.map(|policy| expand(scene, policy)))
                .collect();
            let expanded: Vec<Option<&Policy>> = expanded.iter().map(Option::as_ref).collect();
            judge(scene, attempt, &expanded)
        }
    }
}

fn expand(scene: &Scene<'_>, policy: &Policy) -> Policy {
    let groups: Vec<String> = scene
        .tree
        .get(scene.tree.root())
        .map(|root| scene.tree.descendants(root))
        .unwrap_or_default()
        .into_iter()
        .filter(|(resource, _)| resource.kind == Kind::Group)
        .map(|(group, _)| scene.tree.path(group))
        .collect();
    let rules = policy.rules.iter().map(|rule| {
        let originators = rule.originators.iter().flat_map(|entry| {
            let matched = groups
                .iter()
                .filter(|group| {
                    entry.as_str().contains('*')
                        && (Access::SPECIFICATION.segment)(entry.as_str(), group)
                })
                .filter_map(|group| OriginatorEntry::new(group));
            std::iter::once(entry.clone()).chain(matched)
        });
        Rule {
            originators: originators.collect(),
            ..rule.clone()
        }
    });
    Policy {
        rules: rules.collect(),
    }
}
