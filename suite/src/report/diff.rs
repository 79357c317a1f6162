//! What changed between two runs: verdicts, and what they depend on. Times, seeds and the wording of
//! what was observed do not count.

use super::same_run::{self, Difference};
use super::text::visible;
use super::{PurposeResult, Results, Standing};
use crate::verdict::Verdict;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Members of the header whose change is a change of the run.
const COMPARED: &[&str] = &[
    "iut",
    "resolved",
    "strict",
    "selection",
    "partition",
    "scope",
    "waivers",
];

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The purposes that stand otherwise, by id.
    pub purposes: Vec<PurposeChange>,
    /// What else is otherwise: the IUT, claims, readings, the catalogue.
    pub run: Vec<RunChange>,
}

/// A purpose that stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PurposeChange {
    /// Its id.
    pub id: String,
    /// What the change is.
    pub change: Change,
    /// How it stood, with cause or reason; none if it was not there.
    pub old: Option<String>,
    /// How it stands.
    pub new: Option<String>,
}

/// A value that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunChange {
    /// Its path in the results, such as `resolved.pics.PICS_SUB`.
    pub field: String,
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
}

/// What the change of a purpose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It passed and fails.
    Broken,
    /// It fails, and was neither passed nor failed before.
    NewlyFailing,
    /// It was there and is not.
    Disappeared,
    /// It was judged and is not.
    NoLongerJudged,
    /// It was applicable and is not.
    NoLongerApplicable,
    /// The same verdict for another cause or reason, or with another weight.
    Otherwise,
    /// It was not applicable and is.
    NewlyApplicable,
    /// It was not judged and passes.
    NewlyJudged,
    /// It was not there and is.
    Appeared,
    /// It failed and passes.
    Fixed,
}

impl Changes {
    /// Compares an old run with a new one.
    pub fn between(old: &Results, new: &Results) -> Self {
        let mut run = same_run::differences(&old.header, &new.header, COMPARED);
        let tools = same_run::differences(&old.header, &new.header, &["tool"]);
        // Another build of the same version that judges by the same catalogue is no change.
        run.extend(tools.into_iter().filter(|it| it.field != "tool.commit"));
        Self {
            purposes: purposes(old, new),
            run: run.into_iter().map(RunChange::from).collect(),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.purposes.is_empty() && self.run.is_empty()
    }

    /// How many changes there are.
    pub fn count(&self) -> usize {
        self.purposes.len() + self.run.len()
    }
}

fn purposes(old: &Results, new: &Results) -> Vec<PurposeChange> {
    let mut pairs: BTreeMap<&str, [Option<Shown>; 2]> = BTreeMap::new();
    for (side, results) in [old, new].into_iter().enumerate() {
        for purpose in &results.purposes {
            let pair = pairs.entry(&purpose.id).or_default();
            if let Some(own) = pair.get_mut(side) {
                *own = Some(Shown::of(purpose, results.header.strict));
            }
        }
    }
    let changed = |(id, [old, new]): (&str, [Option<Shown>; 2])| {
        let change = change(old.as_ref(), new.as_ref())?;
        Some(PurposeChange {
            id: visible(id).into_owned(),
            change,
            old: old.map(|old| old.text),
            new: new.map(|new| new.text),
        })
    };
    pairs.into_iter().filter_map(changed).collect()
}

/// How a purpose stands.
struct Shown {
    verdict: Verdict,
    text: String,
}

impl Shown {
    fn of(purpose: &PurposeResult, strict: bool) -> Self {
        let judgement = &purpose.judgement;
        let weight = match purpose.standing(strict) {
            Standing::AdvisoryFail => Some("advisory".into()),
            Standing::WaivedFail => Some("waived".into()),
            _ => None,
        };
        let cause = judgement.cause.map(|cause| cause.to_string());
        let reason = judgement.reason.map(|reason| reason.to_string());
        let remarks: Vec<String> = [weight, cause, reason].into_iter().flatten().collect();
        let verdict = judgement.verdict;
        Self {
            verdict,
            text: match remarks.is_empty() {
                true => verdict.to_string(),
                false => format!("{verdict} ({})", remarks.join(", ")),
            },
        }
    }
}

fn change(old: Option<&Shown>, new: Option<&Shown>) -> Option<Change> {
    use Verdict::{Error, Fail, Inconclusive, NotApplicable, Pass};
    let (old, new) = match (old, new) {
        (None, None) => return None,
        (Some(_), None) => return Some(Change::Disappeared),
        (None, Some(new)) if new.verdict == Fail => return Some(Change::NewlyFailing),
        (None, Some(_)) => return Some(Change::Appeared),
        (Some(old), Some(new)) => (old, new),
    };
    match (old.verdict, new.verdict) {
        _ if old.text == new.text => None,
        (Pass, Fail) => Some(Change::Broken),
        (Fail, Pass) => Some(Change::Fixed),
        (NotApplicable | Inconclusive | Error, Fail) => Some(Change::NewlyFailing),
        (NotApplicable, _) => Some(Change::NewlyApplicable),
        (_, NotApplicable) => Some(Change::NoLongerApplicable),
        (Pass | Fail, Inconclusive | Error) => Some(Change::NoLongerJudged),
        (Inconclusive | Error, Pass) => Some(Change::NewlyJudged),
        _ => Some(Change::Otherwise),
    }
}

impl From<Difference> for RunChange {
    fn from(difference: Difference) -> Self {
        Self {
            field: difference.field,
            old: difference.left,
            new: difference.right,
        }
    }
}

impl fmt::Display for Changes {
    /// A line for each change.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for RunChange { field, old, new } in &self.run {
            writeln!(formatter, "{field}: {old} → {new}")?;
        }
        for purpose in &self.purposes {
            let (change, id) = (purpose.change, &purpose.id);
            let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "absent".into());
            let (old, new) = (side(&purpose.old), side(&purpose.new));
            writeln!(formatter, "{change} {id}: {old} → {new}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Broken => "broken",
            Self::NewlyFailing => "newly failing",
            Self::Disappeared => "disappeared",
            Self::NoLongerJudged => "no longer judged",
            Self::NoLongerApplicable => "no longer applicable",
            Self::Otherwise => "otherwise",
            Self::NewlyApplicable => "newly applicable",
            Self::NewlyJudged => "newly judged",
            Self::Appeared => "appeared",
            Self::Fixed => "fixed",
        })
    }
}
