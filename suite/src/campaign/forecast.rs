//! What has to come of a request, by the model: success, a refusal, or what the texts leave open.

use super::kind::Kind;
use super::model::{BASE, Decision, Model, Resource};
use super::step::{Oddity, Operation, Step, Virtual, Worth};

/// What has to come of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forecast {
    /// It is carried out.
    Success {
        /// Why.
        clause: String,
    },
    /// It is refused.
    Refusal {
        /// Why.
        clause: String,
        /// In words.
        reason: String,
    },
    /// Either; only how it is answered is judged.
    Open,
}

const ACCESS: &str = "TS-0003 V3.18.0, 7.1.5";
const DEFAULT_POLICY: &str = "TS-0001 V3.36.0, 9.6.1.3.2";
const ORIGINATOR: &str = "TS-0004 V3.32.0, 7.3.2.1";
const EXISTENCE: &str = "TS-0004 V3.32.0, 7.3.3.1";
const CHILD: &str = "TS-0004 V3.32.0, 7.3.3.3";
const NAME: &str = "TS-0004 V3.32.0, 7.3.3.5";
const LINKS: &str = "TS-0001 V3.36.0, 9.6.1.3.2";
const INSTANCE: &str = "TS-0004 V3.32.0, 7.4.7";
const FAN_OUT: &str = "TS-0004 V3.32.0, 7.4.14.3";

/// What has to come of a step in the state that the model has.
pub fn forecast(model: &Model, step: &Step) -> Forecast {
    if let Some(refusal) = impossible(model, step) {
        return refusal;
    }
    match (&step.worth, access(model, step)) {
        (_, Access::Denied(clause)) => Forecast::Refusal {
            clause: clause.to_owned(),
            reason: "the originator has no privilege".to_owned(),
        },
        // The answer is that of the group; what is wrong is answered by its members.
        (Worth::Wrong(_), _) if step.on.below == Some(Virtual::FanOut) => Forecast::Open,
        (Worth::Wrong(clause), _) => Forecast::Refusal {
            clause: clause.clone(),
            reason: "the request is not valid".to_owned(),
        },
        (_, Access::Unknown) | (Worth::Open, _) => Forecast::Open,
        (Worth::Sound, Access::Granted(clause)) if can_be_told(model, step) => Forecast::Success {
            clause: clause.to_owned(),
        },
        (Worth::Sound, Access::Granted(_)) => Forecast::Open,
    }
}

/// Whether the rest of the request is as usual, so that nothing else can be against it.
fn can_be_told(model: &Model, step: &Step) -> bool {
    let is_plain = |oddity: &Oddity| {
        matches!(
            oddity,
            Oddity::Segments(_) | Oddity::Chunks(_) | Oddity::AbsoluteForm | Oddity::FieldCase
        )
    };
    let named = model.named(step);
    let are_there = named.iter().all(|it| it.is_some_and(|it| it.is_alive));
    let is_free = step.operation != Operation::Create
        || model
            .subject(step)
            .is_none_or(|parent| holder_of_name(model, step, parent).is_none());
    are_there
        && is_free
        && step.oddities.iter().all(is_plain)
        && step.on.below != Some(Virtual::FanOut)
}

/// What no originator gets carried out.
fn impossible(model: &Model, step: &Step) -> Option<Forecast> {
    let refusal = |clause: &str, reason: &str| {
        Some(Forecast::Refusal {
            clause: clause.to_owned(),
            reason: reason.to_owned(),
        })
    };
    let Some(subject) = model.subject(step) else {
        return refusal(EXISTENCE, "the target is not there");
    };
    match step.operation {
        Operation::Create => {
            let makes = step.makes.as_ref()?;
            if !subject.kind.takes(makes.kind) && subject.kind != Kind::Cb {
                return refusal(CHILD, "the type cannot be below the target");
            }
            if holder_of_name(model, step, subject).is_some_and(|there| there.is_sure) {
                return refusal(NAME, "the name is taken");
            }
        }
        Operation::Update if subject.kind == Kind::Cin => {
            return refusal(INSTANCE, "an instance cannot be updated");
        }
        Operation::Delete if subject.slot == BASE => {
            return refusal(INSTANCE, "the CSEBase cannot be deleted");
        }
        _ => {}
    }
    None
}

/// What has the name that a Create asks for, there for certain or not.
fn holder_of_name<'a>(model: &'a Model, step: &Step, parent: &Resource) -> Option<&'a Resource> {
    let name = step.content.as_ref()?.get("rn")?.as_str()?;
    model.at_path(&format!("{}/{}", parent.path, model.fill(name)))
}

enum Access {
    Granted(&'static str),
    Denied(&'static str),
    Unknown,
}

impl Access {
    fn of(decision: Decision, clause: &'static str) -> Self {
        match decision {
            Some(true) => Self::Granted(clause),
            Some(false) => Self::Denied(clause),
            None => Self::Unknown,
        }
    }

    /// Both are needed.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Denied(clause), _) | (_, Self::Denied(clause)) => Self::Denied(clause),
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Granted(clause), Self::Granted(_)) => Self::Granted(clause),
        }
    }
}

fn access(model: &Model, step: &Step) -> Access {
    let from = model.from_of(step);
    let has_two = step
        .oddities
        .iter()
        .any(|it| matches!(it, Oddity::Also(name, _) if name.eq_ignore_ascii_case("X-M2M-Origin")));
    if has_two {
        return Access::Unknown;
    }
    if step.is_registration() {
        // Who registers is nobody yet.
        return match model.is_registered(&step.by) || step.from().is_some() {
            true => Access::Unknown,
            false => Access::Granted(ORIGINATOR),
        };
    }
    let Some(subject) = model.subject(step) else {
        return Access::Unknown;
    };
    if model.site.holder(&step.by).is_some() && from != model.identity(&step.by) {
        // Within an association nobody speaks for another (TS-0004 V3.32.0, 7.3.2.1).
        return match is_other_form(model, &from) {
            true => Access::Unknown,
            false => Access::Denied(ORIGINATOR),
        };
    }
    let is_nobody = model.sender(&from).is_none();
    let granted = match is_nobody {
        false => by_policies(model, step, &from, subject),
        // Read as one who could be meant: what no rule permits stays refused.
        true => match by_policies(model, step, &from, subject) {
            _ if step.is_discovery() => Access::Unknown,
            Access::Denied(_) => Access::Denied(ORIGINATOR),
            _ if model.site.reads("PIXIT_FROM_CHECK", "none") => Access::Unknown,
            _ if is_other_form(model, &from) => Access::Unknown,
            _ => Access::Denied(ORIGINATOR),
        },
    };
    match step.oddities.iter().any(lacks_originator) {
        true => Access::Denied(ORIGINATOR),
        false => granted,
    }
}

fn lacks_originator(oddity: &Oddity) -> bool {
    matches!(oddity, Oddity::Lacks(name) if name.eq_ignore_ascii_case("X-M2M-Origin"))
}

/// Whether From names somebody that is registered, in another form than its stem.
fn is_other_form(model: &Model, from: &str) -> bool {
    let stem = from.rsplit('/').next().unwrap_or_default();
    from.starts_with('/') && model.sender(stem).is_some()
}

fn by_policies(model: &Model, step: &Step, from: &str, subject: &Resource) -> Access {
    let clause = clause(model, subject);
    let permits = |operation: &str, created: Option<Kind>| {
        Access::of(model.permits(from, operation, subject, created), clause)
    };
    if step.on.below == Some(Virtual::FanOut) {
        // What governs it is the group; each member is decided for itself.
        let operation = word(step.operation);
        return Access::of(model.permits(from, operation, subject, None), FAN_OUT);
    }
    match step.operation {
        Operation::Create => {
            let kind = step.makes.as_ref().map(|makes| makes.kind);
            let create = permits("create", kind);
            match kind {
                Some(Kind::Sub) => create.and(permits("retrieve", None)),
                _ => create,
            }
        }
        // No right is needed where a discovery begins (TS-0004 V3.32.0, 7.3.3.14).
        Operation::Retrieve if step.is_discovery() => Access::Unknown,
        Operation::Update if writes_links(step) => Access::of(model.may_link(from, subject), LINKS),
        operation => permits(word(operation), None),
    }
}

fn writes_links(step: &Step) -> bool {
    step.content
        .as_ref()
        .is_some_and(|content| content.contains_key("acpi"))
}

fn clause(model: &Model, subject: &Resource) -> &'static str {
    let parent = subject.parent.as_deref().and_then(|it| model.slot(it));
    let governor = match subject.kind {
        Kind::Cin => parent.unwrap_or(subject),
        _ => subject,
    };
    match governor.kind != Kind::Acp && governor.links.is_none() {
        true => DEFAULT_POLICY,
        false => ACCESS,
    }
}

/// The operation as the oracle calls it.
fn word(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "create",
        Operation::Retrieve => "retrieve",
        Operation::Update => "update",
        Operation::Delete => "delete",
        Operation::Notify => "notify",
    }
}
