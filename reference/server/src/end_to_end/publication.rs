//! What the CSE says of itself in e2eSecInfo of its `<CSEBase>` (TS-0003 V3.18.0, 8.4.2, steps A and B.1).

use std::collections::BTreeSet;

use onem2m_envelope::esprim::ReceiverRand;
use onem2m_keys::Suid;
use serde_json::{Value, json};

use super::escertke::export::BY_CERTIFICATES;
use super::information::ATTRIBUTE;
use super::pairs::is_for_esprim;
use super::rand_objects::{as_value, make};
use super::settings::EndToEnd;
use crate::receive::Desk;
use crate::tree::Tree;

/// Brings e2eSecInfo of the `<CSEBase>` up to what holds at this moment.
pub(crate) fn publish(desk: &Desk<'_>, tree: &mut Tree) {
    let Some(settings) = &desk.configuration.end_to_end else {
        return;
    };
    let table = &desk.clauses.end_to_end;
    (table.rotate)(desk, tree, settings);
    let shared = tree.end_to_end.shared();
    let mut usages = settings
        .pairs
        .with(|rows| rows.iter().map(|(_, usage)| *usage).collect::<Vec<_>>());
    // ESCertKE has no number of its own (TS-0001 V3.36.0, 11.4.3).
    usages.extend(settings.terminating.as_ref().map(|_| BY_CERTIFICATES));
    let value = (table.announced)(&usages, shared.map(|issued| &issued.object));
    let root = tree.root().to_owned();
    let Some(base) = tree.get_mut(&root) else {
        return;
    };
    if base.attribute(ATTRIBUTE) == value.as_ref() {
        return;
    }
    match value {
        Some(value) => base.set(ATTRIBUTE, value),
        None => {
            base.attributes.shift_remove(ATTRIBUTE);
        }
    }
    base.touch(desk.arrival.at);
}

/// Gives out a new shared object when it is time for one; those before stay valid until they expire (step B.1).
pub(crate) fn rotate(desk: &Desk<'_>, tree: &mut Tree, settings: &EndToEnd) {
    let now = desk.arrival.at;
    let Some(rotation) = settings.rotation.filter(|_| tree.end_to_end.is_due(now)) else {
        return;
    };
    if let Ok(issued) = make(desk, settings, None) {
        let rotation = time::Duration::try_from(rotation).unwrap_or(time::Duration::MAX);
        tree.end_to_end.rotate_at(now.saturating_add(rotation));
        tree.end_to_end.issue(issued);
    }
}

/// The usages of ESPrim that there are keys for, and the shared rand object; nothing without any such key.
pub(crate) fn announced(usages: &[Suid], shared: Option<&ReceiverRand>) -> Option<Value> {
    let usages: BTreeSet<u8> = usages
        .iter()
        .filter(|usage| is_for_esprim(**usage))
        .map(|usage| usage.0)
        .collect();
    if usages.is_empty() {
        return None;
    }
    let mut information = json!({ "esf": usages });
    if let (Some(members), Some(object)) = (information.as_object_mut(), shared) {
        members.insert("esro".to_owned(), as_value(object));
    }
    Some(information)
}
