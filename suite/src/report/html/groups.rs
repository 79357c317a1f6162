//! How the purposes stand by group and subgroup.

use super::{standing::Number, text::Text};
use crate::report::{Results, Standing};
use std::collections::BTreeMap;

/// A group, with its subgroups.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: Text,
    pub(super) total: usize,
    pub(super) numbers: Vec<Number>,
    pub(super) subgroups: Vec<Subgroup>,
}

/// The purposes whose ids differ in the last part alone.
#[derive(Debug, Clone)]
pub(super) struct Subgroup {
    pub(super) name: Text,
    pub(super) total: usize,
    pub(super) numbers: Vec<Number>,
}

/// The groups, by name.
pub(super) fn groups(results: &Results) -> Vec<Group> {
    let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<Standing>>> = BTreeMap::new();
    for result in &results.purposes {
        let (subgroup, _) = result.id.rsplit_once('/').unwrap_or_default();
        let subgroups = groups.entry(&result.group).or_default();
        let standings = subgroups.entry(subgroup).or_default();
        standings.push(result.standing(results.header.strict));
    }
    let group = |(name, subgroups): (&str, BTreeMap<&str, Vec<Standing>>)| {
        let all: Vec<Standing> = subgroups.values().flatten().copied().collect();
        let subgroup = |(name, standings): (&&str, &Vec<Standing>)| Subgroup {
            name: Text::new(name),
            total: standings.len(),
            numbers: numbers(standings),
        };
        Group {
            name: Text::new(name),
            total: all.len(),
            numbers: numbers(&all),
            subgroups: subgroups.iter().map(subgroup).collect(),
        }
    };
    groups.into_iter().map(group).collect()
}

fn numbers(standings: &[Standing]) -> Vec<Number> {
    Number::all(|wanted| standings.iter().filter(|it| **it == wanted).count())
}
