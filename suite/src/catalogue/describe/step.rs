//! One step in words.

use super::super::Catalogue;
use super::super::behaviour::{Action, Expectation, Role, ScriptedAnswer, Source, Step};
use super::protection::protection;
use super::tokens::tokens;
use serde_json::{Map, Value};

impl Catalogue {
    /// What a step does and what it has to bring.
    pub(super) fn step_line(&self, step: &Step) -> String {
        let mut line = format!("{}: {}", step.name, action(step));
        match step.from.as_deref() {
            None => {}
            Some("<absent>") => line += ", without From",
            Some(from) => line += &format!(", with From {from:?}"),
        }
        if !step.headers.is_empty() {
            line += &format!(", with header fields {}", members(&step.headers));
        }
        if let Some(path) = &step.path {
            line += &format!(", by the path {path}");
        }
        if !step.query.is_empty() {
            line += &format!(", with query fields {}", members(&step.query));
        }
        match step.source {
            None | Some(Source::First) => {}
            Some(Source::Second) => line += ", from another IPv4 address",
            Some(Source::Ipv6) => line += ", from an IPv6 address",
        }
        if let Some(place) = step.place {
            line += &format!(", by an originator {}", place.text());
        }
        match step.association.as_deref() {
            None => {}
            Some("none") => line += ", outside any security association",
            Some(actor) => line += &format!(", inside the security association of {actor}"),
        }
        if !step.allows.is_empty() {
            let allowed = step.allows.join(" and ");
            line += &format!(", inside the security association of a node with {allowed}");
        }
        if let Some(credential) = &step.credential {
            line += &format!(", with credential {credential:?}");
        }
        if let Some(app_id) = &step.certifies {
            line += &format!(", by a certificate for App-ID {app_id:?}");
        }
        if let Some(protected) = &step.protect {
            line += &protection(protected);
        }
        if !step.tokens.is_empty() {
            line += &tokens(&step.tokens);
        }
        if let Some(pixit) = &step.within {
            line += &format!(", to be answered within {pixit}");
        }
        if step.repeat > 1 {
            line += &format!(", {} times", step.repeat);
        }
        if let Some(outcome) = self.outcome(step) {
            line += &format!("; {outcome}");
        }
        if let Some(on) = &step.when {
            line += &format!(" (only if {on} succeeded)");
        }
        if let Some(on) = &step.unless {
            line += &format!(" (unless {on} succeeded)");
        }
        line
    }

    /// What has to come of it; nothing where success goes without saying.
    fn outcome(&self, step: &Step) -> Option<String> {
        let silent = matches!(step.action, Action::Answers { .. })
            || matches!(step.role, Role::SetUp | Role::CleanUp)
                && step.expect == Expectation::Permit;
        let waits = matches!(step.action, Action::WaitUntil { .. });
        let mut said = Vec::new();
        if !silent && !waits {
            said.push(self.expected(&step.expect, &step.action));
        }
        let of_members = step.members.iter().map(|(member, expect)| {
            format!("for {member} {}", self.expected(expect, &step.action))
        });
        if step.expect == Expectation::Permit {
            said.extend(of_members);
        }
        if step.unchanged {
            said.push("it is as it was before the stimulus".into());
        }
        if !step.sees.is_empty() {
            said.push(format!("it shows {}", members(&step.sees)));
        }
        if let Some(first) = &step.assigns {
            let letters: Vec<String> = first.chars().map(String::from).collect();
            said.push(format!(
                "it assigns an AE-ID-Stem that begins with {}",
                letters.join(" or ")
            ));
        }
        if !step.lacks.is_empty() {
            said.push(format!("it does not show {}", step.lacks.join(", ")));
        }
        if !step.shows.is_empty() {
            said.push(format!("it tells of {}", step.shows.join(", ")));
        }
        if !step.hides.is_empty() {
            said.push(format!("it tells nothing of {}", step.hides.join(", ")));
        }
        if !step.conceals.is_empty() {
            said.push(format!("it does not hold {}", step.conceals.join(", ")));
        }
        if step.whole {
            said.push("it does not call itself partial".into());
        }
        (!said.is_empty()).then(|| said.join(" and "))
    }
}

fn action(step: &Step) -> String {
    let actor = &step.actor;
    match &step.action {
        Action::Register { with } => format!("{actor} registers{}", with_members(with)),
        Action::Create {
            name,
            kind,
            parent,
            content,
        } => {
            let mut shown = content.get(kind.key()).cloned().unwrap_or(content.clone());
            if let Value::Object(members) = &mut shown {
                members.shift_remove("rn");
            }
            let with = match &shown {
                Value::Object(members) => with_members(members),
                other => format!(" with {other}"),
            };
            format!("{actor} creates {} {name} in {parent}{with}", kind.key())
        }
        Action::Retrieve {
            target,
            attributes,
            result_content,
        } => {
            let mut text = format!("{actor} retrieves {target}");
            if !attributes.is_empty() {
                text += &format!(", attributes {}", attributes.join(", "));
            }
            if let Some(value) = result_content {
                text += &format!(", Result Content {value}");
            }
            text
        }
        Action::Update { target, with } => {
            format!("{actor} updates {target}{}", with_members(with))
        }
        Action::Delete { target } => format!("{actor} deletes {target}"),
        Action::Discover { target, labels, .. } => {
            let by = match labels.is_empty() {
                true => String::new(),
                false => format!(" by labels {}", labels.join(", ")),
            };
            format!("{actor} discovers below {target}{by}")
        }
        Action::Notify { target, content } => format!("{actor} notifies {target} of {content}"),
        Action::WaitUntil { seconds, plus } => {
            let plus = plus
                .as_ref()
                .map(|pixit| format!(" and {pixit}"))
                .unwrap_or_default();
            format!(
                "wait until {seconds} s{plus} have passed on the clock of the IUT since the begin"
            )
        }
        Action::Inbound { to, operation } => {
            let mut text = format!("what arrives at {actor}");
            if let Some(operation) = operation {
                text += &format!(", {operation:?}");
            }
            if let Some(to) = to {
                text += &format!(", for {to}");
            }
            text
        }
        Action::Answers { answers } => {
            let answers: Vec<String> = answers.iter().map(answer).collect();
            format!("{actor} is ready to answer: {}", answers.join("; "))
        }
    }
}

fn answer(answer: &ScriptedAnswer) -> String {
    let asked = format!("{:?} of {}", answer.operation, answer.to);
    match (&answer.content, answer.silent) {
        (_, true) => format!("{asked} never"),
        (None, _) => format!("{asked} with {}", answer.code),
        (Some(content), _) => format!("{asked} with {} and {content}", answer.code),
    }
}

/// Members as `name=value`, in their order.
pub(super) fn members(members: &Map<String, Value>) -> String {
    let member = |(name, value): (&String, &Value)| format!("{name}={value}");
    members.iter().map(member).collect::<Vec<_>>().join(", ")
}

fn with_members(map: &Map<String, Value>) -> String {
    match map.is_empty() {
        true => String::new(),
        false => format!(" with {}", members(map)),
    }
}
