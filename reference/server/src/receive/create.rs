use onem2m_identity::Entity;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::procedure::{Journey, Pass, created};
use super::target::Target;
use super::{group, instances, policy, polling, representation, subscription};
use crate::address::is_virtual_child;
use crate::content;
use crate::notify;
use crate::refusal::Refusal;
use crate::representation::{Viewer, result_of_create};
use crate::resource::{
    Kind, Resource, Timestamp, Write, check_app_ids, check_rule_links, parse_timestamp,
};
use crate::tree::Tree;

/// Recv-6.4 and Recv-6.5 of a Create (TS-0004 V3.32.0, 7.3.3.3 and 7.3.3.5).
pub(super) fn create(
    desk: &Desk<'_>,
    tree: &mut Tree,
    journey: &Journey<'_>,
    target: &Target,
) -> Outcome {
    let mut draft = draft(desk, tree, journey, &target.id)?;
    if draft.kind == Kind::Subscription {
        let notices = subscription::check(&desk.scene(tree), journey, &mut draft)?;
        if journey.pass == Pass::First && !notices.is_empty() {
            return Ok(Carried::Verify(notices));
        }
    }
    draft.id = tree.assign_id(draft.kind);
    let removed = instances::make_room(desk, tree, &mut draft)?;
    for surplus in removed {
        tree.remove(&surplus);
    }
    insert(desk, tree, journey.request, journey.originator, draft)
}

/// Puts a checked resource into the tree and reports it.
pub(super) fn insert(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    originator: &Entity,
    mut draft: Resource,
) -> Outcome {
    draft.set("ri", draft.id.clone());
    if draft.name.is_empty() {
        draft.name = draft.id.clone();
    }
    draft.set("rn", draft.name.clone());
    let id = draft.id.clone();
    tree.insert(draft);
    instances::count(tree, &id, desk.arrival.at);
    let scene = desk.scene(tree);
    let Some(resource) = scene.tree.get(&id) else {
        return Err(Refusal::not_found("the resource is gone"));
    };
    let shown = result_of_create(&scene, Viewer::Originator(originator), resource, request);
    Ok(Carried::done(ResponseStatusCode::CREATED, shown)
        .telling(notify::on_create(&scene, resource)))
}

/// Recv-6.4: the resource that a Create asks for, without identifiers yet.
pub(super) fn draft(
    desk: &Desk<'_>,
    tree: &Tree,
    journey: &Journey<'_>,
    parent: &str,
) -> Result<Resource, Refusal> {
    let scene = desk.scene(tree);
    let request = journey.request;
    let Some(kind) = created(request) else {
        return Err(Refusal::not_implemented(
            "resources of this type are not supported",
        ));
    };
    if kind.is_for_infrastructure() && desk.configuration.registrar.is_some() {
        return Err(Refusal::not_allowed(
            "only an IN-CSE has resources of this type",
        ));
    }
    let Some(parent) = tree.get(parent) else {
        return Err(Refusal::not_found("there is no such parent"));
    };
    if !(desk.clauses.child_type)(parent.kind, kind) {
        return Err(misplaced(parent.kind, kind));
    }
    let mut content = representation::of(request, kind)?.clone();
    (desk.clauses.attributes)(kind, Write::Create, &mut content, journey.originator)?;
    (desk.clauses.end_to_end.written)(desk.clauses, &content)?;
    content::written(&desk.clauses.content, kind, &mut content)?;
    if let Some(links) = content.get("acpi") {
        (desk.clauses.policy_links)(&scene, links)?;
    }
    if let Some(value) = content.get("cr") {
        let creator = (desk.clauses.creator)(value, journey.originator, desk.home)?;
        content.insert("cr".to_owned(), creator);
    }
    let name = name(tree, parent, &content)?;
    let expires = expiration(desk, parent, &content)?;
    let mut resource = Resource {
        kind,
        id: String::new(),
        name,
        parent: Some(parent.id.clone()),
        creator: journey.originator.clone(),
        attributes: universal(kind, parent, desk.arrival.at, expires),
        children: Vec::new(),
        expires: Some(expires),
        policies: None,
    };
    content.remove("et");
    resource.attributes.extend(content);
    instances::prepare(&mut resource, desk.clauses.content.size);
    match kind {
        Kind::AccessControlPolicy => {
            resource.policies = Some(policy::read(desk.clauses, &resource)?);
        }
        Kind::Group => group::check(&scene, &mut resource)?,
        Kind::PollingChannel => polling::check(&scene, parent)?,
        Kind::SubscribedNode => check_rule_links(&resource)?,
        Kind::AppRule => check_app_ids(&resource)?,
        _ => {}
    }
    Ok(resource)
}

/// Whether the table of child resources of the parent has the type (TS-0004 V3.32.0, 7.3.3.3).
pub(crate) fn child_type(parent: Kind, child: Kind) -> bool {
    parent.children().contains(&child)
}

/// A type that cannot be subscribed to has a code of its own (TS-0004 V3.32.0, 7.4.8.2.1).
fn misplaced(parent: Kind, child: Kind) -> Refusal {
    let status = match child {
        Kind::Subscription => ResponseStatusCode::TARGET_NOT_SUBSCRIBABLE,
        _ => ResponseStatusCode::INVALID_CHILD_RESOURCE_TYPE,
    };
    Refusal::new(
        status,
        format!(
            "expected a child resource type of {}, got {}",
            parent.name(),
            child.name()
        ),
    )
}

/// The resourceName, unique below its parent (TS-0004 V3.32.0, 7.3.3.5); empty if the CSE is to assign one.
fn name(tree: &Tree, parent: &Resource, content: &Map<String, Value>) -> Result<String, Refusal> {
    let Some(name) = content.get("rn").and_then(Value::as_str) else {
        return Ok(String::new());
    };
    if is_virtual_child(parent.kind, name) || tree.child(&parent.id, name).is_some() {
        return Err(Refusal::new(
            ResponseStatusCode::CONFLICT,
            "rn: expected a name that the parent has not given yet",
        ));
    }
    Ok(name.to_owned())
}

/// The expirationTime, in the future and not behind that of the parent (TS-0004 V3.32.0, 7.3.3.3).
fn expiration(
    desk: &Desk<'_>,
    parent: &Resource,
    content: &Map<String, Value>,
) -> Result<OffsetDateTime, Refusal> {
    let wanted = match content.get("et").and_then(Value::as_str) {
        None => desk.arrival.at + desk.configuration.lifetime,
        Some(text) => future(text, desk.arrival.at)?,
    };
    Ok(parent.expires.map_or(wanted, |limit| wanted.min(limit)))
}

/// A timestamp that lies in the future.
pub(super) fn future(text: &str, now: OffsetDateTime) -> Result<OffsetDateTime, Refusal> {
    parse_timestamp(text)
        .filter(|moment| *moment > now)
        .ok_or_else(|| {
            Refusal::bad_request("et: expected a timestamp in the future, got another text")
        })
}

/// The attributes that every resource has (TS-0001 V3.36.0, 9.6.1.3.1).
pub(super) fn universal(
    kind: Kind,
    parent: &Resource,
    now: OffsetDateTime,
    expires: OffsetDateTime,
) -> Map<String, Value> {
    let now = Timestamp::of(now).into_text();
    let mut attributes = Map::new();
    for (name, value) in [
        ("rn", Value::from("")),
        ("ty", Value::from(kind.number())),
        ("ri", Value::from("")),
        ("pi", Value::from(parent.id.clone())),
        ("ct", Value::from(now.clone())),
        ("lt", Value::from(now)),
        ("et", Value::from(Timestamp::of(expires).into_text())),
    ] {
        attributes.insert(name.to_owned(), value);
    }
    attributes
}
