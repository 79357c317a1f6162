//! How the state comes about, and what the twin has otherwise.

use super::{Holder, Links, LinksOperation, LinksState, rule};
use serde_json::{Map, Value, json};

/// The steps that lead to the state.
///
/// AE1 may update the policies while it links them, for IUTs that ask for that (`PIXIT_ACPI_CREATE`); then each gets
/// the rules that are tested.
pub(super) fn given(links: &Links) -> Vec<Value> {
    let mut given = Vec::new();
    if links.state == LinksState::New {
        given.push(policy("acpT", &new_policy(links, "AE2")));
        if links.operation == LinksOperation::CreateSeveral {
            given.push(policy("acpT2", &new_policy(links, "AE4")));
        }
        return given;
    }
    if links.brings_policy() || needs_valid_policy(links) {
        given.push(policy("acpN", &next_policy(links)));
    }
    let policies = former(links.state);
    for name in policies {
        let pvs = [administrator(), rule("AE1", 4)];
        given.push(policy(name, &json!({"pv": [administrator()], "pvs": pvs})));
    }
    let mut container = json!({
        "name": "make-cntT", "as": "AE1", "create": "cntT", "type": "cnt", "in": "AE1",
        "with": {"lbl": ["tpT"]},
    });
    if let (false, Some(with)) = (policies.is_empty(), container.get_mut("with")) {
        super::super::insert(with, "acpi", json!(policies));
    }
    given.push(container);
    if links.state == LinksState::Removed {
        given.push(json!({
            "name": "unlink", "as": "AE1", "update": "cntT", "with": {"acpi": "<null>"},
        }));
    }
    for name in policies {
        given.push(json!({
            "name": format!("settle-{name}"), "update": name, "with": tested(links, name, false),
        }));
    }
    if matches!(links.state, LinksState::Dangling | LinksState::HalfDangling) {
        given.push(json!({"name": "delete-acpT", "delete": "acpT"}));
    }
    given
}

/// What the twin has otherwise: the right, or where only the creator can have it, the creator.
pub(super) fn twin(links: &Links) -> Map<String, Value> {
    let mut twin = Map::new();
    match links.state {
        LinksState::New => {}
        LinksState::Absent | LinksState::Removed => {
            if links.who != Holder::Creator {
                twin.insert("request".into(), json!({"as": "AE1"}));
            }
        }
        LinksState::One | LinksState::Several | LinksState::Dangling | LinksState::HalfDangling => {
            let holder = holder(links.state);
            let with = tested(links, holder, true);
            twin.insert(format!("settle-{holder}"), json!({"with": with}));
            if links.state == LinksState::Dangling {
                twin.insert("delete-acpT".into(), json!({"only": "tested"}));
            }
        }
    }
    twin
}

/// Whether the twin needs a policy in place of what the request names.
fn needs_valid_policy(links: &Links) -> bool {
    matches!(
        links.operation,
        LinksOperation::Empty
            | LinksOperation::ReplaceByNothing
            | LinksOperation::ReplaceByOtherType
    )
}

/// The policies that are linked at Create.
fn former(state: LinksState) -> &'static [&'static str] {
    match state {
        LinksState::New | LinksState::Absent => &[],
        LinksState::One | LinksState::Removed | LinksState::Dangling => &["acpT"],
        LinksState::Several | LinksState::HalfDangling => &["acpT", "acpT2"],
    }
}

/// The policy in which the one who tries has its right, if it has one.
fn holder(state: LinksState) -> &'static str {
    match state {
        LinksState::Several | LinksState::HalfDangling => "acpT2",
        _ => "acpT",
    }
}

fn administrator() -> Value {
    json!({"acor": ["{ADM}"], "acop": 63})
}

fn policy(name: &str, rules: &Value) -> Value {
    let mut step = json!({"name": format!("make-{name}"), "create": name, "type": "acp"});
    for (member, value) in rules.as_object().into_iter().flatten() {
        super::super::insert(&mut step, member, value.clone());
    }
    step
}

/// A policy that is linked at Create: it lets `reader` retrieve, and the creator link it if it is to hold that right.
fn new_policy(links: &Links, reader: &str) -> Value {
    let mut pvs = vec![administrator()];
    if links.who == Holder::Updater {
        pvs.push(rule("AE1", 4));
    }
    json!({"pv": [administrator(), rule(reader, 2)], "pvs": pvs})
}

/// `acpN`.
fn next_policy(links: &Links) -> Value {
    let mut pv = vec![administrator(), rule("AE4", 2)];
    let mut pvs = vec![administrator()];
    if links.who == Holder::Newcomer {
        pv.push(rule("AE2", 63));
        pvs.push(rule("AE2", 63));
    }
    if links.operation == LinksOperation::ReplaceByForms {
        pvs.push(rule("AE2", 4));
    }
    json!({"pv": pv, "pvs": pvs})
}

/// The rules of a policy that is linked before; with the right that the request needs, in the twin.
fn tested(links: &Links, name: &str, is_twin: bool) -> Value {
    let mut pv = vec![administrator()];
    let mut pvs = vec![administrator()];
    if name == holder(links.state) {
        match links.who {
            Holder::Updater => {
                pv.push(rule("AE2", 2));
                pvs.push(rule("AE2", 4));
            }
            Holder::Writer => pv.push(rule("AE2", 63)),
            Holder::Creator | Holder::Newcomer | Holder::Stranger => {}
        }
        match (is_twin, links.operation) {
            (false, _) => {}
            (true, LinksOperation::Other) => pv.push(rule(links.actor(), 4)),
            (true, LinksOperation::Retrieve) => pv.push(rule(links.actor(), 2)),
            (true, _) => pvs.push(rule(links.actor(), 4)),
        }
    }
    json!({"pv": {"acr": pv}, "pvs": {"acr": pvs}})
}
