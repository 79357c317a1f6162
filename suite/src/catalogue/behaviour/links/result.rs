//! What governs afterwards.

use super::super::{Acceptance, Expectation, insert};
use super::{Holder, Links, LinksOperation, LinksState};
use serde_json::{Value, json};

/// Shows what governs: for an outcome that is open, what each way leads to.
pub(super) fn read_backs(links: &Links) -> Vec<Value> {
    let mut steps = Vec::new();
    let is_open = match &links.expect {
        Expectation::Reading { .. } => true,
        Expectation::Refuse { accepted, .. } => *accepted == Acceptance::Harmless,
        _ => false,
    };
    if is_open || !links.is_refused() {
        steps.extend(guarded(after_success(links), "when", is_open));
    }
    if is_open || links.is_refused() {
        steps.extend(guarded(after_refusal(links), "unless", is_open));
    }
    steps
}

fn guarded(mut steps: Vec<Value>, member: &str, is_open: bool) -> Vec<Value> {
    if is_open {
        for step in &mut steps {
            insert(step, member, json!("request"));
        }
    }
    steps
}

fn after_success(links: &Links) -> Vec<Value> {
    let former_reader = links.who == Holder::Updater;
    match links.operation {
        LinksOperation::Replace => {
            let mut steps = vec![
                sees("ADM", json!({"acpi": ["acpN"], "lbl": ["tpT"]})),
                governs("AE4", "new-policy-governs", true),
            ];
            if former_reader && !links.linked().is_empty() {
                steps.push(governs("AE2", "former-policy-does-not", false));
            }
            if links.who == Holder::Creator {
                steps.push(governs("AE1", "default-policy-does-not", false));
            }
            steps
        }
        LinksOperation::Add => {
            let all: Vec<&str> = links.linked().iter().copied().chain(["acpN"]).collect();
            let mut steps = vec![
                sees("ADM", json!({"acpi": all, "lbl": ["tpT"]})),
                governs("AE4", "new-policy-governs", true),
            ];
            if former_reader {
                steps.push(governs("AE2", "former-policy-governs-too", true));
            }
            steps
        }
        LinksOperation::RemoveOne => vec![
            sees("ADM", json!({"acpi": ["acpT"], "lbl": ["tpT"]})),
            governs("AE2", "removed-policy-does-not-govern", false),
        ],
        LinksOperation::Remove => {
            let mut steps = vec![sees("AE1", json!({"acpi": "<null>", "lbl": ["tpT"]}))];
            if former_reader {
                steps.push(governs("AE2", "former-policy-does-not-govern", false));
            }
            steps
        }
        LinksOperation::Other => vec![sees(
            links.reader().unwrap_or("AE1"),
            json!({"lbl": ["tpX"]}),
        )],
        LinksOperation::Create => vec![
            sees("ADM", json!({"acpi": ["acpT"]})),
            governs("AE2", "policy-governs", true),
            governs("AE1", "default-policy-does-not", false),
        ],
        LinksOperation::CreateSeveral => vec![
            sees("ADM", json!({"acpi": ["acpT", "acpT2"]})),
            governs("AE2", "first-policy-governs", true),
            governs("AE4", "second-policy-governs", true),
            governs("AE1", "default-policy-does-not", false),
        ],
        // What names no policy grants nothing.
        LinksOperation::CreateNull
        | LinksOperation::ReplaceByNothing
        | LinksOperation::ReplaceByOtherType => {
            let mut steps = vec![
                governs("AE2", "former-reader-has-nothing", false),
                governs("AE4", "third-has-nothing", false),
            ];
            if links.who == Holder::Creator {
                steps.push(governs("AE1", "default-policy-does-not", false));
            }
            steps
        }
        _ => Vec::new(),
    }
}

fn after_refusal(links: &Links) -> Vec<Value> {
    let mut steps = Vec::new();
    match (links.state, links.reader()) {
        (LinksState::New, _) => steps.push(json!({
            "name": "nothing-was-made", "as": "ADM", "role": "read-back", "retrieve": "AE1/cntT",
            "expect": [4004],
        })),
        (_, Some(reader)) => steps.push(json!({
            "name": "read-back", "as": reader, "role": "read-back", "retrieve": "cntT",
            "unchanged": true,
        })),
        (_, None) => steps.push(json!({
            "name": "policy-is-gone", "as": "ADM", "role": "read-back", "retrieve": "acpT",
            "expect": [4004],
        })),
    }
    if links.brings_policy() {
        steps.push(governs("AE4", "new-policy-does-not-govern", false));
    }
    steps
}

fn sees(actor: &str, attributes: Value) -> Value {
    json!({
        "name": "effect", "as": actor, "role": "read-back", "retrieve": "cntT", "sees": attributes,
    })
}

/// Whether somebody may retrieve the resource now.
fn governs(actor: &str, name: &str, is_permitted: bool) -> Value {
    let expect = if is_permitted { "permit" } else { "deny" };
    json!({
        "name": name, "as": actor, "role": "read-back", "retrieve": "cntT", "expect": expect,
    })
}
