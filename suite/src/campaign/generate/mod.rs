//! Draws sequences: each step from the state that the steps before it have brought about.

mod dice;
mod flights;
mod policies;
mod queries;
mod requests;
mod strange;
mod values;

pub use dice::Dice;
pub use flights::Flights;

use super::model::{ENTITIES, Model};
use super::step::Step;
use super::trial::Source;
use requests::Drawing;
use serde_json::{Map, Value, json};
use std::collections::VecDeque;

/// The most steps that a sequence has beyond its set-up.
const LONGEST: usize = 40;
/// The fewest.
const SHORTEST: usize = 12;

/// A sequence that is drawn step by step.
pub struct Generator {
    dice: Dice,
    prepared: VecDeque<Step>,
    left: usize,
    slots: usize,
}

impl Generator {
    /// A sequence of its own.
    pub fn fresh(seed: u64, sequence: u64, site_release: Option<&str>) -> Self {
        let mut dice = Dice::new(seed, sequence);
        let left = SHORTEST + dice.below(LONGEST - SHORTEST);
        Self {
            dice,
            prepared: set_up(site_release).into(),
            left,
            slots: 0,
        }
    }

    /// A sequence that begins like an earlier one, and has one of its steps twice or not at all.
    pub fn varied(seed: u64, sequence: u64, earlier: &[Step]) -> Self {
        let mut dice = Dice::new(seed, sequence);
        let mut steps: VecDeque<Step> = earlier.iter().cloned().collect();
        let set_up = earlier.iter().take_while(|step| step.is_set_up).count();
        let free = earlier.len().saturating_sub(set_up);
        if free > 1 {
            let chosen = set_up + dice.below(free);
            match dice.below(3) {
                0 => {
                    steps.remove(chosen);
                }
                1 => {
                    if let Some(step) = steps.get(chosen).cloned() {
                        steps.push_back(step);
                    }
                }
                _ => steps.truncate(chosen),
            }
        }
        Self {
            dice,
            prepared: steps,
            left: SHORTEST,
            slots: highest(earlier),
        }
    }
}

/// The highest number of a slot: those of an earlier sequence keep their names.
fn highest(steps: &[Step]) -> usize {
    steps
        .iter()
        .filter_map(|step| step.makes.as_ref())
        .filter_map(|makes| {
            let digits = makes
                .slot
                .trim_start_matches(|it: char| it.is_ascii_alphabetic());
            digits.parse().ok()
        })
        .max()
        .unwrap_or_default()
}

impl Source for Generator {
    fn next(&mut self, model: &Model) -> Option<Step> {
        if let Some(step) = self.prepared.pop_front() {
            return Some(step);
        }
        self.left = self.left.checked_sub(1)?;
        let mut drawing = Drawing {
            dice: &mut self.dice,
            model,
            slots: &mut self.slots,
        };
        Some(drawing.step())
    }
}

/// What every sequence begins with: a policy under which the administrator reaches everything at the top, AEs, a container
/// and the policy on it.
pub fn set_up(release: Option<&str>) -> Vec<Step> {
    use super::kind::Kind;
    use super::model::{ADMINISTRATOR, BASE};
    let named = |name: &str, mut content: Map<String, Value>| {
        content.insert("rn".into(), json!(format!("{{rn:{name}}}")));
        content
    };
    let mut steps = vec![Step::create(
        ADMINISTRATOR,
        BASE,
        "acp0",
        Kind::Acp,
        named("acp0", policies::guard()),
    )];
    for entity in ENTITIES {
        steps.push(registration(entity, &entity.to_lowercase(), release));
    }
    let container = members(json!({"acpi": ["{acp0}"], "lbl": ["{c0:canary}"]}));
    steps.push(Step::create(
        ADMINISTRATOR,
        BASE,
        "c0",
        Kind::Cnt,
        named("c0", container),
    ));
    for step in &mut steps {
        step.is_set_up = true;
    }
    steps
}

/// The registration of an AE (TS-0004 V3.32.0, 7.4.5.2.1).
fn registration(entity: &str, slot: &str, release: Option<&str>) -> Step {
    use super::kind::Kind;
    use super::model::BASE;
    let mut content = members(json!({
        "rn": format!("{{rn:{entity}}}"),
        "api": "Nconform",
        "rr": false,
        "acpi": ["{acp0}"],
        "lbl": [format!("{{{slot}:canary}}")],
    }));
    if let Some(release) = release {
        content.insert("srv".into(), json!([release]));
    }
    Step::create(entity, BASE, slot, Kind::Ae, content)
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
