//! The threats of TR-0008: what answers them, and what was found.

use super::standing::{ById, Found};
use super::text::Text;
use crate::catalogue::{Catalogue, Threat};
use crate::report::Results;
use std::collections::BTreeSet;

/// A threat with its countermeasures and the purposes that answer it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) title: Text,
    pub(super) countermeasures: Vec<Countermeasure>,
    /// What of it can be seen from outside.
    pub(super) evidence: Text,
    pub(super) verdicts: Vec<Found>,
}

/// A countermeasure.
#[derive(Debug, Clone)]
pub(super) struct Countermeasure {
    pub(super) number: u32,
    pub(super) title: Text,
}

/// The threats, by number.
pub(super) fn rows(results: &Results, catalogue: &Catalogue, by_id: &ById<'_>) -> Vec<Row> {
    let row = |threat: &Threat| Row {
        number: threat.id,
        title: Text::new(&threat.title),
        countermeasures: countermeasures(threat, catalogue),
        evidence: Text::new(&threat.black_box_evidence),
        verdicts: by_id.verdicts(answering(threat.id, results, catalogue)),
    };
    catalogue.threats.values().map(row).collect()
}

/// The purposes of the run and of the catalogue that answer a threat.
fn answering<'a>(threat: u32, results: &'a Results, catalogue: &'a Catalogue) -> BTreeSet<&'a str> {
    let judged = results.purposes.iter();
    let judged = judged.filter(|it| it.threats.contains(&threat));
    let known = catalogue.purposes.iter();
    let known = known.filter(|it| it.threats.contains(&threat));
    judged
        .map(|it| it.id.as_str())
        .chain(known.map(|it| it.id.as_str()))
        .collect()
}

fn countermeasures(threat: &Threat, catalogue: &Catalogue) -> Vec<Countermeasure> {
    let known = threat.countermeasures.iter();
    let known = known.filter_map(|number| catalogue.countermeasures.get(number));
    known
        .map(|countermeasure| Countermeasure {
            number: countermeasure.id,
            title: Text::new(&countermeasure.title),
        })
        .collect()
}
