use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use super::desk::Desk;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource, Timestamp};
use crate::scene::Scene;
use crate::tree::Tree;

/// Sets what the CSE keeps about instances and what holds them.
pub(super) fn prepare(resource: &mut Resource, size: fn(&Value) -> u64) {
    match resource.kind {
        Kind::Container => {
            for (name, value) in [("st", 0), ("cni", 0), ("cbs", 0)] {
                resource.set(name, value);
            }
        }
        Kind::TimeSeries => {
            for (name, value) in [("cni", 0), ("cbs", 0)] {
                resource.set(name, value);
            }
        }
        Kind::ContentInstance | Kind::TimeSeriesInstance => {
            let size = resource.attribute("con").map_or(0, size);
            resource.set("cs", size);
        }
        _ => {}
    }
}

/// The oldest instances that have to go before a new one comes (TS-0004 V3.32.0, 7.4.7.2.1). The new one lives no longer
/// than maxInstanceAge.
pub(super) fn make_room(
    desk: &Desk<'_>,
    tree: &Tree,
    draft: &mut Resource,
) -> Result<Vec<String>, Refusal> {
    let holder = match tree.parent(draft) {
        Some(holder) if draft.kind.is_instance() => holder,
        _ => return Ok(Vec::new()),
    };
    if draft.kind == Kind::TimeSeriesInstance {
        check_generation_time(tree, holder, draft)?;
    }
    let size = draft.number("cs").unwrap_or_default();
    let most_bytes = holder.number("mbs").unwrap_or(u64::MAX);
    let most_instances = holder.number("mni").unwrap_or(u64::MAX);
    if size > most_bytes || most_instances == 0 {
        return Err(Refusal::new(
            ResponseStatusCode::NOT_ACCEPTABLE,
            "the instance is larger than what its parent holds",
        ));
    }
    if let Some(age) = holder.number("mia").and_then(|age| i64::try_from(age).ok()) {
        let limit = desk.arrival.at.saturating_add(Duration::seconds(age));
        if draft.expires.is_none_or(|expires| expires > limit) {
            draft.expires = Some(limit);
            draft.set("et", Timestamp::of(limit).into_text());
        }
    }
    let mut count = holder.number("cni").unwrap_or_default() + 1;
    let mut bytes = holder
        .number("cbs")
        .unwrap_or_default()
        .saturating_add(size);
    let mut surplus = Vec::new();
    for instance in tree.instances(holder) {
        if count <= most_instances && bytes <= most_bytes {
            break;
        }
        count -= 1;
        bytes = bytes.saturating_sub(instance.number("cs").unwrap_or_default());
        surplus.push(instance.id.clone());
    }
    Ok(surplus)
}

/// Counts a new instance in its parent, whose stateTag a contentInstance copies (TS-0004 V3.32.0, 7.4.7.2.1).
pub(super) fn count(tree: &mut Tree, id: &str, now: OffsetDateTime) {
    let Some((kind, holder)) = tree
        .get(id)
        .and_then(|instance| Some((instance.kind, instance.parent.clone()?)))
    else {
        return;
    };
    if !kind.is_instance() {
        return;
    }
    recount(tree, &holder);
    let Some(holder) = tree.get_mut(&holder) else {
        return;
    };
    holder.touch(now);
    let state_tag = holder.number("st");
    if let (Kind::ContentInstance, Some(state_tag), Some(instance)) =
        (kind, state_tag, tree.get_mut(id))
    {
        instance.set("st", state_tag);
    }
}

/// Takes a removed instance out of the count of its parent (TS-0004 V3.32.0, 7.4.7.2.4).
pub(super) fn discount(tree: &mut Tree, removed: &Resource) {
    if let (true, Some(holder)) = (removed.kind.is_instance(), &removed.parent) {
        recount(tree, holder);
    }
}

/// disableRetrieval forbids Retrieve and Delete of the instances (TS-0004 V3.32.0, 7.4.7.2.2 and 7.4.7.2.4).
pub(super) fn check_retrieval(scene: &Scene<'_>, resource: &Resource) -> Result<(), Refusal> {
    let holder = scene
        .tree
        .parent(resource)
        .filter(|_| resource.kind.is_instance());
    match holder.and_then(|holder| holder.attribute("disr")) {
        Some(Value::Bool(true)) => Err(Refusal::not_allowed(
            "the container does not let its instances be retrieved",
        )),
        _ => Ok(()),
    }
}

fn recount(tree: &mut Tree, holder: &str) {
    let Some(counted) = tree.get(holder) else {
        return;
    };
    let sizes = tree
        .instances(counted)
        .map(|instance| instance.number("cs").unwrap_or_default());
    let (count, bytes) = sizes.fold((0_u64, 0_u64), |(count, bytes), size| {
        (count + 1, bytes.saturating_add(size))
    });
    if let Some(holder) = tree.get_mut(holder) {
        holder.set("cni", count);
        holder.set("cbs", bytes);
    }
}

/// One instance for each dataGenerationTime (TS-0004 V3.32.0, 7.4.39.2.1).
fn check_generation_time(tree: &Tree, holder: &Resource, draft: &Resource) -> Result<(), Refusal> {
    let generated = draft.text("dgt");
    let is_taken = tree
        .instances(holder)
        .any(|instance| instance.text("dgt") == generated);
    if is_taken {
        return Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            "dgt: expected a time that no instance has yet",
        ));
    }
    Ok(())
}
