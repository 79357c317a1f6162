//! Whether an answer shows a text to somebody who may not retrieve the resource that it stands in.

use crate::campaign::model::{Model, Resource};
use crate::campaign::step::{Operation, Step};
use crate::campaign::trouble::Trouble;
use crate::purposes::answer::Answer;
use crate::tester::link::OutgoingRequest;
use crate::verdict::Cause;

const CLAUSE: &str = "TS-0001 V3.36.0, 10.1.3";

/// The first canary that reached somebody whom it must not reach.
pub fn leaked(
    model: &Model,
    step: &Step,
    answer: &Answer,
    sent: &OutgoingRequest,
) -> Option<Trouble> {
    let content = answer.content()?.to_string();
    let marker = format!("canary-{}-", model.tag());
    let from = model.from_of(step);
    let subject = model.subject(step).map(|subject| subject.slot.as_str());
    let is_write = step.operation != Operation::Retrieve && answer.succeeded();
    for slot in slots(&content, &marker) {
        let Some(resource) = model.slot(slot) else {
            continue;
        };
        // Who may write a resource is shown what came of it.
        let is_own = is_write && subject == Some(slot);
        let canary = model.canary(slot);
        if is_own || says(sent, &canary) || stands_elsewhere(model, slot, &canary) {
            continue;
        }
        if let Some(trouble) = seen(model, step, &from, resource) {
            return Some(trouble);
        }
    }
    None
}

fn seen(model: &Model, step: &Step, from: &str, resource: &Resource) -> Option<Trouble> {
    let what = format!("{} of {}", resource.kind, resource.slot);
    if !resource.is_alive && resource.is_sure && step.operation == Operation::Retrieve {
        let observed = format!("what stood in {what}, which is gone");
        let expected = "nothing of what was deleted";
        let trouble = Trouble::new(
            Cause::SideEffect,
            "TS-0004 V3.32.0, 7.3.3.8",
            expected,
            observed,
        );
        return Some(trouble.of_class("gone"));
    }
    match model.permits(from, "retrieve", resource, None) {
        Some(false) => {
            let observed = format!("{from} is shown what stands in {what}");
            let expected = "nothing of what the originator may not retrieve";
            let trouble = Trouble::new(Cause::Leak, CLAUSE, expected, observed);
            Some(trouble.of_class(resource.kind.short()))
        }
        _ => None,
    }
}

/// Whether a text was written into another resource too, as by an Update that meant one that is gone and came to its heir.
fn stands_elsewhere(model: &Model, slot: &str, canary: &str) -> bool {
    let mut others = model.alive().filter(|it| it.slot != slot);
    others.any(|it| {
        it.written
            .values()
            .any(|value| value.to_string().contains(canary))
    })
}

/// The slots of all canaries in a text.
pub(super) fn slots<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(marker)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('.')?.0))
}

/// Whether the request itself has the text: in its content, or in the query, which a refusal may repeat.
fn says(request: &OutgoingRequest, canary: &str) -> bool {
    let body = &request.body.0;
    let mut windows = body.windows(canary.len().max(1));
    request.target.contains(canary) || windows.any(|window| window == canary.as_bytes())
}
