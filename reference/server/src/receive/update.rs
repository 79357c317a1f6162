use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::procedure::Journey;
use super::target::Target;
use super::{create, group, policy, representation, subscription};
use crate::notify;
use crate::refusal::Refusal;
use crate::representation::{Viewer, result_of_update};
use crate::resource::{Kind, Resource, Timestamp, Write, check_app_ids, check_rule_links};
use crate::tree::Tree;

/// Recv-6.4 and Recv-6.5 of an Update (TS-0004 V3.32.0, 7.3.3.4 and 7.3.3.7).
pub(super) fn update(
    desk: &Desk<'_>,
    tree: &mut Tree,
    journey: &Journey<'_>,
    target: &Target,
) -> Outcome {
    let Some(current) = tree.get(&target.id) else {
        return Err(Refusal::not_found("there is no such resource"));
    };
    let mut content = representation::of(journey.request, current.kind)?.clone();
    (desk.clauses.attributes)(
        current.kind,
        Write::Update,
        &mut content,
        journey.originator,
    )?;
    (desk.clauses.end_to_end.written)(desk.clauses, &content)?;
    if let Some(links) = content.get("acpi").filter(|links| !links.is_null()) {
        (desk.clauses.policy_links)(&desk.scene(tree), links)?;
    }
    let expires = expiration(desk, tree, current, &content)?;
    if let Some(expires) = expires {
        content.insert("et".to_owned(), Timestamp::of(expires).into_text().into());
    }
    let mut updated = current.clone();
    (desk.clauses.apply)(&mut updated, &content);
    updated.touch(desk.arrival.at);
    match updated.kind {
        Kind::Subscription => subscription::check_conditions(&mut updated)?,
        Kind::AccessControlPolicy => {
            let written = policy::read(desk.clauses, &updated)?;
            updated.policies = Some(match &updated.policies {
                None => written,
                Some(before) => (desk.clauses.policies_in_force)(before, written),
            });
        }
        Kind::Group => group::check_update(&desk.scene(tree), current, &mut updated, &content)?,
        Kind::SubscribedNode => check_rule_links(&updated)?,
        Kind::AppRule => check_app_ids(&updated)?,
        _ => {}
    }
    replace(tree, updated, expires);
    let scene = desk.scene(tree);
    let Some(resource) = scene.tree.get(&target.id) else {
        return Err(Refusal::not_found("the resource is gone"));
    };
    let shown = result_of_update(
        &scene,
        Viewer::Originator(journey.originator),
        resource,
        journey.request,
    );
    let notices = notify::on_update(&scene, resource, &content);
    Ok(Carried::done(ResponseStatusCode::UPDATED, shown).telling(notices))
}

/// A value replaces that of the attribute, null takes the attribute away (TS-0004 V3.32.0, 7.3.3.7).
pub(crate) fn apply(resource: &mut Resource, content: &Map<String, Value>) {
    for (name, value) in content {
        if value.is_null() {
            resource.attributes.shift_remove(name);
        } else {
            resource.set(name, value.clone());
        }
    }
}

fn replace(tree: &mut Tree, updated: Resource, expires: Option<OffsetDateTime>) {
    let id = updated.id.clone();
    if let Some(resource) = tree.get_mut(&id) {
        *resource = updated;
    }
    if let Some(expires) = expires {
        tree.expire_at(&id, expires);
    }
}

/// A new expirationTime lies in the future, not behind that of the parent and not before that of a child
/// (TS-0004 V3.32.0, 7.3.3.4).
fn expiration(
    desk: &Desk<'_>,
    tree: &Tree,
    resource: &Resource,
    content: &Map<String, Value>,
) -> Result<Option<OffsetDateTime>, Refusal> {
    let Some(text) = content.get("et").and_then(Value::as_str) else {
        return Ok(None);
    };
    let wanted = create::future(text, desk.arrival.at)?;
    let limit = tree.parent(resource).and_then(|parent| parent.expires);
    let granted = limit.map_or(wanted, |limit| wanted.min(limit));
    let outlived = tree
        .children(resource)
        .any(|child| child.expires.is_some_and(|expires| expires > granted));
    if outlived {
        return Err(Refusal::bad_request(
            "et: expected a time that no child outlives",
        ));
    }
    Ok(Some(granted))
}
