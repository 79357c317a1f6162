//! Makes a sequence small: first steps go, then what is in them.

use super::confirm::Confirmation;
use super::model::BASE;
use super::step::{Form, Oddity, Operation, Step, Worth};
use super::trial::Trial;
use super::trouble::Trouble;
use crate::tester::link::LinkError;
use serde_json::{Map, Value, json};

/// How many smaller sequences are tried at most.
const TRIALS: u32 = 400;

/// The smallest sequence that was found, with its last trial.
pub struct Smallest {
    /// The steps.
    pub steps: Vec<Step>,
    /// What it showed.
    pub trial: Trial,
}

/// Makes steps that show a trouble as few and as plain as they get.
pub async fn minimise(
    confirmation: &mut Confirmation<'_>,
    steps: Vec<Step>,
    trial: Trial,
    like: &Trouble,
) -> Result<Smallest, LinkError> {
    let mut search = Search {
        confirmation,
        like,
        left: TRIALS,
        smallest: Smallest { steps, trial },
    };
    search.fewer().await?;
    search.plainer().await?;
    // What was plainer may need less.
    search.fewer().await?;
    search.set_up_first().await?;
    Ok(search.smallest)
}

struct Search<'a, 'b> {
    confirmation: &'a mut Confirmation<'b>,
    like: &'a Trouble,
    left: u32,
    smallest: Smallest,
}

impl Search<'_, '_> {
    /// Takes steps away, many at once first.
    async fn fewer(&mut self) -> Result<(), LinkError> {
        let mut size = self.smallest.steps.len() / 2;
        while size > 0 {
            let mut from = 0;
            while from < self.smallest.steps.len() {
                let to = (from + size).min(self.smallest.steps.len());
                let mut candidate = self.smallest.steps.clone();
                candidate.drain(from..to);
                if !self.takes(candidate).await? {
                    from = to;
                }
            }
            size /= 2;
        }
        Ok(())
    }

    /// Makes each step plainer as long as one of the ways to do so shows the same.
    async fn plainer(&mut self) -> Result<(), LinkError> {
        let mut position = 0;
        while position < self.smallest.steps.len() {
            let mut tried = 0;
            while let Some(step) = self.smallest.steps.get(position) {
                let Some(plainer) = self.plainer_at(step).into_iter().nth(tried) else {
                    break;
                };
                let mut candidate = self.smallest.steps.clone();
                if let Some(place) = candidate.get_mut(position) {
                    *place = plainer;
                }
                let before = self.smallest.steps.len();
                match self.takes(candidate).await? {
                    true if self.smallest.steps.len() != before => break,
                    true => tried = 0,
                    false => tried += 1,
                }
                if self.left == 0 {
                    return Ok(());
                }
            }
            position += 1;
        }
        Ok(())
    }

    /// Makes what is only made before anything else is done: what is left behind it is what it takes.
    async fn set_up_first(&mut self) -> Result<(), LinkError> {
        let makes = |step: &Step| step.operation == Operation::Create && step.oddities.is_empty();
        let mut position = 0;
        while position + 1 < self.smallest.steps.len() {
            let set_up = self.smallest.steps.iter().take_while(|step| makes(step));
            let begin = set_up.count();
            if position > begin && self.smallest.steps.get(position).is_some_and(makes) {
                let mut candidate = self.smallest.steps.clone();
                let step = candidate.remove(position);
                candidate.insert(begin, step);
                self.takes(candidate).await?;
            }
            position += 1;
        }
        Ok(())
    }

    /// The step in its plainer forms; one that acts on what another step made may as well act on what that is below.
    fn plainer_at(&self, step: &Step) -> Vec<Step> {
        let mut found = plainer(step);
        let maker = self.smallest.steps.iter().find(|other| {
            let made = other.makes.as_ref();
            made.is_some_and(|made| made.slot == step.on.slot)
        });
        if let Some(maker) = maker.filter(|_| step.operation == Operation::Create)
            && maker.on.slot != BASE
        {
            let mut candidate = step.clone();
            candidate.on = maker.on.clone();
            found.insert(0, candidate);
        }
        found
    }

    /// Tries a smaller sequence; whether it shows the same.
    async fn takes(&mut self, candidate: Vec<Step>) -> Result<bool, LinkError> {
        if self.left == 0 || candidate.is_empty() || self.confirmation.is_dead {
            return Ok(false);
        }
        self.left -= 1;
        let Some(trial) = self.confirmation.shows(&candidate, self.like).await? else {
            return Ok(false);
        };
        let mut steps = candidate;
        if let Some(seen) = &trial.seen {
            steps.truncate(seen.at + 1);
        }
        self.smallest = Smallest { steps, trial };
        Ok(true)
    }
}

/// The steps that are one thing plainer, those that are much plainer first.
fn plainer(step: &Step) -> Vec<Step> {
    let mut plainer = Vec::new();
    if matches!(step.worth, Worth::Wrong(_)) {
        // What makes it invalid has to stay in it.
        return plainer;
    }
    for position in 0..step.oddities.len() {
        let mut candidate = step.clone();
        candidate.oddities.remove(position);
        plainer.push(candidate);
    }
    for position in 0..step.parameters.len() {
        let mut candidate = step.clone();
        candidate.parameters.remove(position);
        plainer.push(candidate);
    }
    if step.on.form != Form::Structured {
        let mut candidate = step.clone();
        candidate.on.form = Form::Structured;
        plainer.push(candidate);
    }
    if let Some(content) = &step.content {
        for content in smaller_contents(step, content) {
            let mut candidate = step.clone();
            candidate.content = Some(content);
            plainer.push(candidate);
        }
    }
    for (position, oddity) in step.oddities.iter().enumerate() {
        for smaller in smaller_oddities(oddity) {
            let mut candidate = step.clone();
            if let Some(place) = candidate.oddities.get_mut(position) {
                *place = smaller;
            }
            plainer.push(candidate);
        }
    }
    plainer
}

fn smaller_oddities(oddity: &Oddity) -> Vec<Oddity> {
    let halves = |text: &String| shorter(text);
    match oddity {
        Oddity::Also(name, value) => halves(value)
            .into_iter()
            .map(|value| Oddity::Also(name.clone(), value))
            .collect(),
        Oddity::Segments(number) if *number > 2 => vec![Oddity::Segments(2)],
        Oddity::From(from) => halves(from).into_iter().map(Oddity::From).collect(),
        _ => Vec::new(),
    }
}

/// Attributes without which a request is another one (TS-0004 V3.32.0, 7.4).
const NEEDED: [&str; 9] = ["api", "rr", "srv", "pv", "pvs", "con", "mid", "mnm", "nu"];

/// Attributes whose texts mean nothing.
const FREE: [&str; 2] = ["lbl", "con"];

/// Contents that are one thing smaller, and as valid as this one.
fn smaller_contents(step: &Step, content: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let is_bound = step.worth == Worth::Sound;
    let is_written_anew = step.operation == Operation::Create;
    let mut found = Vec::new();
    for name in content.keys() {
        let is_needed = is_written_anew && NEEDED.contains(&name.as_str());
        let is_last = content.len() == 1;
        if is_bound && (is_needed || is_last) {
            continue;
        }
        let mut fewer = content.clone();
        fewer.shift_remove(name);
        found.push(fewer);
    }
    for (name, value) in content {
        let smaller = match (is_bound, name.as_str()) {
            (true, "pv" | "pvs") => smaller_rules(value),
            (true, name) if !FREE.contains(&name) => continue,
            _ => smaller(value),
        };
        for smaller in smaller {
            let mut changed = content.clone();
            changed.insert(name.clone(), smaller);
            found.push(changed);
        }
    }
    found
}

/// Rules that are one rule, one entry or one restriction fewer.
fn smaller_rules(value: &Value) -> Vec<Value> {
    let rules = value.get("acr").and_then(Value::as_array);
    let Some(rules) = rules else {
        return Vec::new();
    };
    let mut found: Vec<Vec<Value>> = without_one(rules);
    for (position, rule) in rules.iter().enumerate() {
        for rule in smaller_rule(rule) {
            let mut changed = rules.clone();
            if let Some(place) = changed.get_mut(position) {
                *place = rule;
            }
            found.push(changed);
        }
    }
    found
        .into_iter()
        .filter(|rules| !rules.is_empty())
        .map(|rules| json!({ "acr": rules }))
        .collect()
}

fn smaller_rule(rule: &Value) -> Vec<Value> {
    let Value::Object(members) = rule else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for restriction in ["acco", "acod"] {
        let mut fewer = members.clone();
        if fewer.shift_remove(restriction).is_some() {
            found.push(Value::Object(fewer));
        }
    }
    let entries = members.get("acor").and_then(Value::as_array);
    for entries in entries.map(|it| without_one(it)).unwrap_or_default() {
        if entries.is_empty() {
            continue;
        }
        let mut fewer = members.clone();
        fewer.insert("acor".into(), Value::Array(entries));
        found.push(Value::Object(fewer));
    }
    found
}

/// Halves first, then lists without one of their elements.
fn without_one(items: &[Value]) -> Vec<Vec<Value>> {
    let mut found = Vec::new();
    if items.len() > 3 {
        let (first, second) = items.split_at(items.len() / 2);
        found.push(first.to_vec());
        found.push(second.to_vec());
    }
    for position in 0..items.len().min(12) {
        let mut fewer = items.to_vec();
        fewer.remove(position);
        found.push(fewer);
    }
    found
}

/// Values that are one thing smaller.
fn smaller(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(members) => {
            let mut found = Vec::new();
            for name in members.keys() {
                let mut fewer = members.clone();
                fewer.shift_remove(name);
                found.push(Value::Object(fewer));
            }
            for (name, inner) in members {
                for inner in smaller(inner) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), inner);
                    found.push(Value::Object(changed));
                }
            }
            found
        }
        Value::Array(items) => {
            // What is empty may be refused for another reason than the one that was seen.
            let mut found: Vec<Value> = without_one(items)
                .into_iter()
                .filter(|fewer| !fewer.is_empty())
                .map(Value::Array)
                .collect();
            for (position, inner) in items.iter().enumerate().take(12) {
                for inner in smaller(inner) {
                    let mut changed = items.clone();
                    if let Some(place) = changed.get_mut(position) {
                        *place = inner;
                    }
                    found.push(Value::Array(changed));
                }
            }
            found
        }
        Value::String(text) => shorter(text).into_iter().map(Value::String).collect(),
        _ => Vec::new(),
    }
}

/// The text without its end; what stands in braces stays whole.
fn shorter(text: &str) -> Vec<String> {
    let length = text.chars().count();
    let word = text.find('}').map_or(0, |end| end + 1);
    [word, length / 2, length.saturating_sub(1)]
        .into_iter()
        .filter(|kept| *kept >= word && *kept < length && (word > 0 || *kept > 0))
        .map(|kept| text.chars().take(kept).collect())
        .collect()
}
