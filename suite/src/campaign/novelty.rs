//! What a black box shows of the code that ran: what answers look like.

use super::model::Model;
use super::step::Step;
use crate::purposes::answer::Answer;
use serde_json::Value;
use std::collections::HashSet;

/// Operation, type, way, status code and the form of the content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Shape(String);

impl Shape {
    /// The shape of an answer.
    pub fn of(step: &Step, model: &Model, answer: &Answer) -> Self {
        let target = model
            .slot(&step.on.slot)
            .map_or("none", |resource| resource.kind.short());
        let made = step.makes.as_ref().map_or("", |makes| makes.kind.short());
        let below = step.on.below.map_or("", |below| below.segment());
        let code = match answer {
            Answer::Primitive(response) => response.status.number().to_string(),
            Answer::Malformed(detail) if detail.starts_with("handshake") => detail.clone(),
            Answer::Malformed(_) => "malformed".to_owned(),
            Answer::Closed(_) => "closed".to_owned(),
            Answer::Timeout => "timeout".to_owned(),
            Answer::Unreachable(_) => "unreachable".to_owned(),
        };
        let mut shape = format!("{} {target}/{below} {made} {code} ", step.operation.verb());
        if let Some(content) = answer.content() {
            outline(content, 0, &mut shape);
        }
        Self(shape)
    }
}

/// The names of members, two levels deep.
fn outline(content: &Value, depth: u8, text: &mut String) {
    match content {
        Value::Object(members) if depth < 2 => {
            for (name, value) in members {
                if name == "m2m:dbg" {
                    continue;
                }
                text.push_str(name);
                text.push('(');
                outline(value, depth + 1, text);
                text.push(')');
            }
        }
        Value::Array(items) => text.push_str(if items.is_empty() { "[]" } else { "[…]" }),
        _ => {}
    }
}

/// The shapes that came so far.
#[derive(Debug, Default)]
pub struct Novelty {
    seen: HashSet<Shape>,
}

impl Novelty {
    /// Takes shapes; whether one of them is new.
    pub fn take(&mut self, shapes: Vec<Shape>) -> bool {
        let before = self.seen.len();
        self.seen.extend(shapes);
        self.seen.len() > before
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.seen.len()
    }
}
