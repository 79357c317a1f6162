//! Whether a discovery lists what its originator may discover, and nothing else (TS-0004 V3.32.0, 7.3.3.14).

use crate::campaign::model::{Model, Resource};
use crate::campaign::step::{Step, Worth};
use crate::campaign::trouble::Trouble;
use crate::purposes::answer::Answer;
use crate::purposes::representation::{lists, uri_list};
use crate::verdict::Cause;

const CLAUSE: &str = "TS-0004 V3.32.0, 7.3.3.14";

/// What is wrong with the list that a discovery gave.
pub fn judged(model: &Model, step: &Step, answer: &Answer) -> Option<Trouble> {
    if !step.is_discovery() || !answer.succeeded() {
        return None;
    }
    let listed = uri_list(answer.content())?;
    let from = model.from_of(step);
    let root = model.found(&step.on)?;
    for resource in model.resources() {
        if resource.kind == crate::campaign::kind::Kind::Cb || !lists(&listed, &resource.ids()) {
            continue;
        }
        let what = format!("{} {}", resource.kind, resource.slot);
        if !resource.is_alive {
            // Another one may have its name now.
            if resource.is_sure && model.at_path(&resource.path).is_none() {
                let observed = format!("the list names {what}, which is gone");
                let expected = "a list of what is there";
                return Some(
                    Trouble::new(Cause::SideEffect, CLAUSE, expected, observed).of_class("gone"),
                );
            }
            continue;
        }
        if model.permits(&from, "discover", resource, None) == Some(false) {
            let observed = format!("the list names {what}");
            let expected = format!("a list of what {from} may discover");
            let trouble = Trouble::new(Cause::Leak, CLAUSE, expected, observed);
            return Some(trouble.of_class(resource.kind.short()));
        }
    }
    missing(model, step, &from, root, &listed)
}

/// The first resource that the list lacks, where nothing but rights can keep one out.
fn missing(
    model: &Model,
    step: &Step,
    from: &str,
    root: &Resource,
    listed: &[String],
) -> Option<Trouble> {
    let known = ["fu", "ty", "lbl", "rcn", "drt"];
    let is_plain = step
        .parameters
        .iter()
        .all(|(name, _)| known.contains(&name.as_str()));
    if !is_plain || step.worth != Worth::Sound || step.parameter("rcn").is_some() {
        return None;
    }
    let sender = model.sender(from)?;
    let of_type = |resource: &&Resource| {
        let wanted = step.parameter("ty");
        wanted.is_none_or(|number| number == resource.kind.number().to_string())
    };
    let of_label = |resource: &&Resource| {
        let Some(label) = step.parameter("lbl").map(|label| model.fill(label)) else {
            return true;
        };
        let labels = resource.written.get("lbl").and_then(|it| it.as_array());
        labels.is_some_and(|labels| labels.iter().any(|it| it.as_str() == Some(&label)))
    };
    let absent = model
        .descendants(&root.slot)
        .into_iter()
        .filter(|it| it.is_sure && it.id.is_some())
        .filter(of_type)
        .filter(of_label)
        .filter(|it| model.permits(from, "discover", it, None) == Some(true))
        .find(|it| !lists(listed, &it.ids()))?;
    let observed = format!("the list lacks {} {}", absent.kind, absent.slot);
    let expected = format!("a list of all that {sender} may discover");
    let trouble = Trouble::new(Cause::WrongDecision, CLAUSE, expected, observed);
    Some(trouble.of_class(absent.kind.short()))
}
