//! What an answer tells besides its code: of which resources it speaks, and what it gives away.

use super::answer::Answer;
use super::representation;
use super::stop::{Finding, Stop};
use super::world::World;
use crate::catalogue::behaviour::Step;
use crate::verdict::Cause;
use serde_json::Value;

/// Content Status of a partial answer (TS-0004 V3.32.0, 6.3.4.2.44).
const PARTIAL: u32 = 1;

/// Checks `shows`, `hides`, `conceals` and `whole` of a step.
pub async fn check(
    world: &mut World<'_>,
    step: &Step,
    name: &str,
    answer: &Answer,
) -> Result<(), Stop> {
    let Some(response) = answer.primitive() else {
        return Ok(());
    };
    let content = response.content.clone().unwrap_or_default();
    let wrong = |cause, expected: String, observed: String| {
        let finding = Finding::new(cause, expected, observed);
        Err(Stop::mismatch(name, step.role, finding, answer))
    };
    for concealed in &step.conceals {
        let text = world.fill_text(name, concealed.as_str()).await?;
        if holds(&content, &text) {
            let expected = format!("an answer that does not hold {concealed}");
            return wrong(Cause::Leak, expected, format!("{answer} with it"));
        }
    }
    if !answer.succeeded() {
        return Ok(());
    }
    for (resources, is_told) in [(&step.shows, true), (&step.hides, false)] {
        for resource in resources {
            if tells_of(world, name, &content, resource)? == is_told {
                continue;
            }
            let (cause, with, without) = match is_told {
                true => (Cause::WrongDecision, "with", "without it"),
                false => (Cause::Leak, "without", "with it"),
            };
            let expected = format!("an answer {with} {resource}");
            return wrong(cause, expected, format!("{answer} {without}"));
        }
    }
    if step.whole && response.content_status == Some(PARTIAL) {
        let expected = "an answer that is whole".to_owned();
        return wrong(Cause::Leak, expected, "Content Status 1 (partial)".into());
    }
    Ok(())
}

/// Whether a text stands somewhere in a content.
fn holds(content: &Value, text: &str) -> bool {
    match content {
        Value::String(found) => found.contains(text),
        Value::Array(values) => values.iter().any(|value| holds(value, text)),
        Value::Object(members) => members
            .iter()
            .any(|(member, value)| member.contains(text) || holds(value, text)),
        _ => false,
    }
}

/// Whether a resource is named somewhere in a content, by its name or by one of its ids.
fn tells_of(world: &World<'_>, name: &str, content: &Value, resource: &str) -> Result<bool, Stop> {
    let mut ids = world
        .ids(resource)
        .map_err(|unfilled| Stop::unfilled(name, &unfilled))?;
    ids.push(world.resource_name(resource));
    Ok(names(content, &ids))
}

fn names(content: &Value, ids: &[String]) -> bool {
    match content {
        Value::String(text) => text
            .split_whitespace()
            .any(|entry| representation::lists(&[entry.to_owned()], ids)),
        Value::Array(values) => values.iter().any(|value| names(value, ids)),
        Value::Object(members) => members.values().any(|value| names(value, ids)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_resource_is_named_by_name_or_id_at_any_depth() {
        let ids = ["cse-in/x/y", "cnt7", "y"].map(str::to_owned);
        for content in [
            json!({"m2m:uril": ["cse-in/x/y"]}),
            json!({"m2m:uril": "cse-in/x /id-in/cnt7"}),
            json!({"m2m:cnt": {"m2m:cnt": [{"rn": "y"}]}}),
            json!({"m2m:cnt": {"ch": [{"nm": "y", "val": "cse-in/x/y"}]}}),
        ] {
            assert!(names(&content, &ids), "{content}");
        }
        assert!(!names(
            &json!({"m2m:uril": ["cse-in/x", "cse-in/xy"]}),
            &ids
        ));
    }

    #[test]
    fn concealed_text_is_found_within_a_debug_text() {
        assert!(holds(&json!({"m2m:dbg": "rule of CtpA1"}), "CtpA1"));
        assert!(!holds(&json!({"m2m:dbg": "no privilege"}), "CtpA1"));
    }
}
