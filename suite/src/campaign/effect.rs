//! What an answer means for the state of the IUT, as the tester knows it from then on.

use super::kind::Kind;
use super::model::link::{Link, slot};
use super::model::{Model, Resource};
use super::request::written;
use super::step::{Makes, Oddity, Operation, Step, Virtual, Worth};
use crate::purposes::answer::Answer;
use crate::purposes::representation::anywhere;
use serde_json::Value;

/// Carries over what came of a step.
pub fn apply(model: &mut Model, step: &Step, answer: &Answer) {
    let Some(subject) = model.subject(step).map(|subject| subject.slot.clone()) else {
        return;
    };
    if !answer.succeeded() {
        if answer.is_undecided() && step.operation != Operation::Retrieve {
            // Whether it was carried out is not known.
            model.lose_track_below(&subject);
        }
        return;
    }
    if step.on.below == Some(Virtual::FanOut) {
        fanned_out(model, step, &subject);
        return;
    }
    match (step.operation, &step.makes) {
        (Operation::Create, Some(makes)) => created(model, step, makes, &subject, answer),
        (Operation::Update, _) => {
            updated(model, step, &subject);
            if is_uncertain(step) {
                model.lose_track(&subject);
            }
        }
        (Operation::Delete, _) => model.remove(&subject),
        _ => {}
    }
}

fn is_uncertain(step: &Step) -> bool {
    step.worth != Worth::Sound
}

/// Whether an answer leaves open what became of the IUT: something else was carried out than the step says.
pub fn is_unforeseeable(step: &Step, answer: &Answer) -> bool {
    let is_other = |oddity: &Oddity| matches!(oddity, Oddity::Body(_) | Oddity::Octets { .. });
    let is_of_another = step.is_registration() && !step.oddities.is_empty();
    step.operation != Operation::Retrieve
        && (is_of_another || step.oddities.iter().any(is_other))
        && (answer.succeeded() || answer.is_undecided())
}

fn created(model: &mut Model, step: &Step, makes: &Makes, parent: &str, answer: &Answer) {
    let content = answer.content();
    let shown = |name: &str| Some(anywhere(content?, name)?.as_str()?.to_owned());
    let attributes = written(model, step);
    let given = attributes.get("rn").and_then(Value::as_str);
    let Some(name) = given.map(str::to_owned).or_else(|| shown("rn")) else {
        return;
    };
    let Some(below) = model.slot(parent) else {
        return;
    };
    let sender = model.sender(&model.from_of(step));
    let mut resource = Resource {
        slot: makes.slot.clone(),
        kind: makes.kind,
        parent: Some(parent.to_owned()),
        path: format!("{}/{name}", below.path),
        id: shown("ri"),
        creator: sender.unwrap_or(&step.by).to_owned(),
        links: None,
        written: Default::default(),
        drafted: Default::default(),
        members: members(step),
        canary: model.canary(&makes.slot),
        is_alive: true,
        // A From in another form was taken for somebody: for whom is not known. Who registers is nobody before.
        is_sure: !is_uncertain(step) && (sender.is_some() || step.is_registration()),
    };
    resource.links = links(model, step);
    let drafted = step.content.clone().unwrap_or_default();
    resource.write(&attributes, &drafted);
    if let Some(most) = content.and_then(|content| anywhere(content, "mni")) {
        // An IUT may set another one (TS-0004 V3.32.0, 7.4.6.2.1).
        resource.written.insert("mni".into(), most.clone());
    }
    model.insert(resource);
    model.note_entitled(&makes.slot);
    if makes.kind == Kind::Cin {
        model.make_room(parent);
    }
}

fn updated(model: &mut Model, step: &Step, subject: &str) {
    let Some(attributes) = &step.content else {
        return;
    };
    if let Some(value) = attributes.get("acpi") {
        let links = links(model, step).filter(|_| !value.is_null());
        model.link(subject, links);
    }
    if attributes.contains_key("mid") {
        model.enrol(subject, members(step));
    }
    model.write(subject, attributes);
    if attributes.contains_key("mni") {
        // Whether older instances go now or with the next one is open.
        model.lose_track_of_instances(subject);
    }
}

/// The policies that accessControlPolicyIDs of a step names.
fn links(model: &Model, step: &Step) -> Option<Vec<Link>> {
    let named = step.content.as_ref()?.get("acpi")?.as_array()?;
    let link = |text: &Value| {
        let slot = slot(text)?;
        Some(Link {
            path: model.slot(slot)?.path.clone(),
            slot: slot.to_owned(),
        })
    };
    Some(named.iter().filter_map(link).collect())
}

/// The members that memberIDs of a step names.
fn members(step: &Step) -> Vec<String> {
    let named = step
        .content
        .as_ref()
        .and_then(|content| content.get("mid")?.as_array());
    let named = named.map(Vec::as_slice).unwrap_or_default();
    let slots = named.iter().filter_map(slot);
    slots.map(str::to_owned).collect()
}

/// Each member was decided for itself.
fn fanned_out(model: &mut Model, step: &Step, group: &str) {
    let from = model.from_of(step);
    let members = model.slot(group).map(|group| group.members.clone());
    let operation = match step.operation {
        Operation::Update => "update",
        Operation::Delete => "delete",
        _ => return,
    };
    for member in members.unwrap_or_default() {
        let Some(resource) = model.slot(&member).filter(|it| it.is_alive) else {
            continue;
        };
        match model.permits(&from, operation, resource, None) {
            Some(false) => {}
            Some(true) if operation == "update" && step.worth == Worth::Sound => {
                if let Some(attributes) = &step.content {
                    model.write(&member, attributes);
                }
            }
            Some(true) if operation == "delete" => model.remove(&member),
            _ => model.lose_track_below(&member),
        }
    }
}
