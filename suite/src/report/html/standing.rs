//! Standings as the page shows them, and numbers of them.

use super::{anchor, text::Text};
use crate::report::untested::ranges;
use crate::report::{PurposeResult, Results, Standing};
use std::collections::BTreeMap;

/// How many stand so.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) number: usize,
}

impl Number {
    /// All seven, what is worst first.
    pub(super) fn all(number: impl Fn(Standing) -> usize) -> Vec<Self> {
        let of = |standing: Standing| Self {
            key: standing.key(),
            name: standing.name(),
            number: number(standing),
        };
        Standing::ALL.into_iter().map(of).collect()
    }
}

/// A purpose, named and linked.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) id: Text,
    pub(super) anchor: Text,
}

/// Purposes of which the same became: each linked where there is more to read, else in short.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) number: usize,
    pub(super) links: Vec<Link>,
    pub(super) ids: Text,
}

/// The results by id, for those who ask what became of a purpose.
pub(super) struct ById<'a> {
    results: BTreeMap<&'a str, &'a PurposeResult>,
    strict: bool,
}

impl<'a> ById<'a> {
    pub(super) fn new(results: &'a Results) -> Self {
        let purposes = results.purposes.iter();
        Self {
            results: purposes.map(|it| (it.id.as_str(), it)).collect(),
            strict: results.header.strict,
        }
    }

    /// What became of these purposes, what is worst first.
    pub(super) fn verdicts(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<Found> {
        let mut known: BTreeMap<Standing, Vec<&str>> = BTreeMap::new();
        let mut absent = Vec::new();
        for id in ids {
            match self.results.get(id) {
                Some(result) => known
                    .entry(result.standing(self.strict))
                    .or_default()
                    .push(id),
                None => absent.push(id),
            }
        }
        let mut verdicts: Vec<Found> = Standing::ALL
            .into_iter()
            .filter_map(|standing| known.remove(&standing).map(|ids| found(standing, &ids)))
            .collect();
        if !absent.is_empty() {
            verdicts.push(in_short("not_applicable", "not in this run", &absent));
        }
        verdicts
    }
}

fn found(standing: Standing, ids: &[&str]) -> Found {
    let (key, name) = (standing.key(), standing.name());
    if matches!(standing, Standing::Pass | Standing::NotApplicable) {
        return in_short(key, name, ids);
    }
    let link = |id: &&str| Link {
        id: Text::new(id),
        anchor: anchor::finding(id),
    };
    Found {
        key,
        name,
        number: ids.len(),
        links: ids.iter().map(link).collect(),
        ids: Text::default(),
    }
}

fn in_short(key: &'static str, name: &'static str, ids: &[&str]) -> Found {
    Found {
        key,
        name,
        number: ids.len(),
        links: Vec::new(),
        ids: Text::list(&ranges(ids.iter().copied())),
    }
}
