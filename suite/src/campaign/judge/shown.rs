//! Whether what is retrieved is what was written (TS-0004 V3.32.0, 7.3.3.6).

use crate::campaign::model::Model;
use crate::campaign::step::{Operation, Step, Virtual, Worth};
use crate::campaign::trouble::Trouble;
use crate::purposes::answer::Answer;
use crate::purposes::representation::{attributes, same};
use crate::verdict::Cause;
use serde_json::Value;

const CLAUSE: &str = "TS-0004 V3.32.0, 7.3.3.6";

/// The attributes that an IUT keeps as they were written.
const KEPT: [&str; 6] = ["lbl", "con", "pv", "pvs", "or", "cnf"];

/// What is wrong with the representation in the answer to a plain Retrieve.
pub fn judged(model: &Model, step: &Step, answer: &Answer) -> Option<Trouble> {
    let is_plain = step.operation == Operation::Retrieve
        && step.worth == Worth::Sound
        && step.on.below != Some(Virtual::FanOut)
        && step
            .parameters
            .iter()
            .all(|(name, value)| name == "rcn" && value == "1");
    if !is_plain || !answer.succeeded() {
        return None;
    }
    let subject = model.subject(step).filter(|it| it.is_sure)?;
    if subject.slot == crate::campaign::model::BASE {
        return None;
    }
    let trouble = |expected: String, observed: String| {
        let trouble = Trouble::new(Cause::SideEffect, CLAUSE, expected, observed);
        Some(trouble.of_class(subject.kind.short()))
    };
    let Some(shown) = attributes(answer.content()) else {
        return trouble(
            format!("a representation of {}", subject.slot),
            "a content without one resource".to_owned(),
        );
    };
    let name = shown.get("rn").and_then(Value::as_str);
    if name != Some(subject.name()) {
        return trouble(
            format!("the representation of {}", subject.slot),
            format!("that of {}", name.unwrap_or("a resource without a name")),
        );
    }
    for member in KEPT {
        let written = subject.written.get(member);
        let is_same = match (written, shown.get(member)) {
            (None, None) => true,
            // An IUT may fill in what was left out.
            (None, Some(_)) => !matches!(member, "lbl" | "con"),
            (Some(written), Some(shown)) => same(member, written, shown, &|_| Vec::new()),
            // An empty list may be shown as none.
            (Some(written), None) => written.as_array().is_some_and(Vec::is_empty),
        };
        if !is_same {
            let text = |value: Option<&Value>| {
                let text = value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
                text.chars().take(200).collect::<String>()
            };
            return trouble(
                format!("{member} of {}: {}", subject.slot, text(written)),
                format!("{member}: {}", text(shown.get(member))),
            );
        }
    }
    None
}
