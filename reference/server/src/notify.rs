use onem2m_identity::Entity;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

use crate::address::{self, Located};
use crate::forward;
use crate::hop::{Hop, hops};
use crate::outbound::Addressing;
use crate::receive;
use crate::representation::{self, Viewer};
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

/// A Notify request with the addresses to try, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub(crate) hops: Vec<Hop>,
    /// The polling channel to take instead.
    pub(crate) channel: Option<String>,
    /// Whether it stays on this CSE: its target is an aggregation URI.
    pub(crate) is_for_itself: bool,
    pub(crate) addressing: Addressing,
    pub(crate) request: Request,
}

/// m2m:notificationEventType (TS-0004 V3.32.0, 6.3.4.2.19).
const UPDATED: u64 = 1;
const DELETED: u64 = 2;
const CHILD_CREATED: u64 = 3;
const CHILD_DELETED: u64 = 4;

/// m2m:notificationContentType (TS-0004 V3.32.0, 6.3.4.2.18).
const MODIFIED_ATTRIBUTES: u64 = 2;
const RESOURCE_ID: u64 = 3;

/// The events that a subscription is about; without any, the update of its parent (TS-0004 V3.32.0, 7.5.1.2.2).
pub(crate) fn events(subscription: &Resource) -> Vec<u64> {
    let criteria = subscription.attribute("enc");
    let events = criteria
        .and_then(|criteria| criteria.get("net"))
        .and_then(Value::as_array);
    match events {
        None => vec![UPDATED],
        Some(events) => events.iter().filter_map(Value::as_u64).collect(),
    }
}

/// Who is to be told that a resource was created: subscribers of its parent.
pub(crate) fn on_create(scene: &Scene<'_>, created: &Resource) -> Vec<Notice> {
    let Some(parent) = scene.tree.parent(created) else {
        return Vec::new();
    };
    let event = Event {
        kind: CHILD_CREATED,
        about: created,
        modified: None,
    };
    (scene.clauses.subscriptions)(scene, parent)
        .into_iter()
        .filter(|subscription| subscription.id != created.id)
        .flat_map(|subscription| notices(scene, subscription, &event))
        .collect()
}

/// Who is to be told that a resource was updated: its own subscribers.
pub(crate) fn on_update(
    scene: &Scene<'_>,
    updated: &Resource,
    modified: &Map<String, Value>,
) -> Vec<Notice> {
    let event = Event {
        kind: UPDATED,
        about: updated,
        modified: Some(modified),
    };
    (scene.clauses.subscriptions)(scene, updated)
        .into_iter()
        .flat_map(|subscription| notices(scene, subscription, &event))
        .collect()
}

/// Who is to be told that a resource is about to be deleted: subscribers of it, of what is below it, and of its parent.
pub(crate) fn on_delete(scene: &Scene<'_>, id: &str) -> Vec<Notice> {
    let Some(deleted) = scene.tree.get(id) else {
        return Vec::new();
    };
    let descendants = scene.tree.descendants(deleted);
    let all =
        std::iter::once(deleted).chain(descendants.into_iter().map(|(descendant, _)| descendant));
    let mut told: Vec<Notice> = all
        .flat_map(|resource| {
            let event = Event {
                kind: DELETED,
                about: resource,
                modified: None,
            };
            (scene.clauses.subscriptions)(scene, resource)
                .into_iter()
                .flat_map(|subscription| notices(scene, subscription, &event))
                .collect::<Vec<_>>()
        })
        .collect();
    if let Some(parent) = scene.tree.parent(deleted) {
        let event = Event {
            kind: CHILD_DELETED,
            about: deleted,
            modified: None,
        };
        told.extend(
            (scene.clauses.subscriptions)(scene, parent)
                .into_iter()
                .filter(|subscription| subscription.id != deleted.id)
                .flat_map(|subscription| notices(scene, subscription, &event)),
        );
    }
    told
}

/// The request that asks a notification target for its agreement (TS-0004 V3.32.0, 7.5.1.2.3).
pub(crate) fn verification(scene: &Scene<'_>, creator: &Entity, target: &str) -> Option<Notice> {
    let content = json!({ "m2m:sgn": { "vrq": true, "cr": creator.sp_relative() } });
    notice(scene, target, content)
}

/// The requests that carry what was collected of the members of a group (TS-0004 V3.32.0, 7.5.1.2.6).
pub(crate) fn aggregated(
    scene: &Scene<'_>,
    targets: &[String],
    notifications: Vec<Value>,
) -> Vec<Notice> {
    let content = json!({ "m2m:agn": { "m2m:sgn": notifications } });
    targets
        .iter()
        .filter_map(|target| notice(scene, target, content.clone()))
        .collect()
}

/// In a notification an attribute shows as it would to the creator of the subscription (TS-0001 V3.36.0, 9.6.5).
pub(crate) fn notified(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    attribute: &str,
) -> bool {
    representation::visible(scene, viewer, resource, attribute)
}

struct Event<'a> {
    kind: u64,
    about: &'a Resource,
    modified: Option<&'a Map<String, Value>>,
}

/// The subscriptions to a resource.
pub(crate) fn subscriptions<'a>(scene: &Scene<'a>, resource: &'a Resource) -> Vec<&'a Resource> {
    let children = scene.tree.children(resource);
    children
        .filter(|child| child.kind == Kind::Subscription)
        .collect()
}

/// The notifications of one subscription about one event (TS-0004 V3.32.0, 7.5.1.2.2).
fn notices(scene: &Scene<'_>, subscription: &Resource, event: &Event<'_>) -> Vec<Notice> {
    if !concerns(subscription, event) {
        return Vec::new();
    }
    let mut notification = json!({
        "nev": { "net": event.kind, "rep": representation_of(scene, subscription, event) },
        "sur": reference(scene, subscription),
    });
    // For the group that the subscription was made through (7.5.1.2.6).
    if let (Some(members), Some(forwarding)) =
        (notification.as_object_mut(), subscription.text("nfu"))
    {
        members.insert("nfu".to_owned(), forwarding.into());
    }
    let content = json!({ "m2m:sgn": notification });
    let targets = subscription.texts("nu").unwrap_or_default();
    targets
        .into_iter()
        .filter_map(|target| notice(scene, target, content.clone()))
        .collect()
}

/// Whether the event meets the eventNotificationCriteria.
fn concerns(subscription: &Resource, event: &Event<'_>) -> bool {
    if !events(subscription).contains(&event.kind) {
        return false;
    }
    let criteria = |name: &str| {
        let list = subscription.attribute("enc")?.get(name)?.as_array()?;
        Some(list.clone())
    };
    match event.kind {
        UPDATED => criteria("atr").is_none_or(|names| {
            let modified = |name: &Value| {
                let name = name.as_str().unwrap_or_default();
                event
                    .modified
                    .is_some_and(|modified| modified.contains_key(name))
            };
            names.iter().any(modified)
        }),
        CHILD_CREATED | CHILD_DELETED => {
            criteria("chty").is_none_or(|kinds| kinds.contains(&event.about.kind.number().into()))
        }
        _ => true,
    }
}

fn representation_of(scene: &Scene<'_>, subscription: &Resource, event: &Event<'_>) -> Value {
    let content_type = subscription.number("nct");
    if content_type == Some(RESOURCE_ID) {
        return json!({ "m2m:uri": reference(scene, event.about) });
    }
    let viewer = Viewer::Subscriber(&subscription.creator);
    let is_shown = |name: &str| {
        let is_modified = event
            .modified
            .is_none_or(|modified| modified.contains_key(name));
        let is_asked = content_type != Some(MODIFIED_ATTRIBUTES) || is_modified;
        is_asked && (scene.clauses.notified)(scene, viewer, event.about, name)
    };
    let mut shown: Map<String, Value> = event
        .about
        .attributes
        .iter()
        .filter(|(name, _)| is_shown(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if let (Some(MODIFIED_ATTRIBUTES), Some(modified)) = (content_type, event.modified) {
        let deleted = modified
            .iter()
            .filter(|(name, value)| value.is_null() && is_shown(name));
        shown.extend(deleted.map(|(name, value)| (name.clone(), value.clone())));
    }
    if event.about.kind.is_instance() {
        (scene.clauses.content.notified)(&mut shown);
    }
    json!({ event.about.kind.root(): shown })
}

/// The SP-relative structured identifier, which means the same wherever it arrives.
fn reference(scene: &Scene<'_>, resource: &Resource) -> String {
    format!("{}/{}", scene.home.cse, scene.tree.path(resource))
}

/// A Notify request of the CSE itself to a notification target: a URL, an `<AE>` that this CSE hosts, or what another CSE
/// hosts.
fn notice(scene: &Scene<'_>, target: &str, content: Value) -> Option<Notice> {
    let mut addressing = Addressing::PointOfAccess;
    let located = address::locate(scene.tree, scene.home, target);
    let is_for_itself = matches!(located, Some(Located::Aggregation(_)));
    let (hops, channel) = if target.contains("://") {
        (vec![Hop::in_the_clear(target.to_owned())], None)
    } else if let Some(host) = forward::elsewhere(scene, target) {
        addressing = Addressing::Target;
        let leading = (scene.clauses.next_hop)(scene, &host)?;
        (forward::hops_to(scene, leading), None)
    } else if is_for_itself {
        (Vec::new(), None)
    } else {
        let resource = address::resource(scene.tree, scene.home, target)?;
        match receive::channel(scene, resource) {
            Some(channel) => (Vec::new(), Some(channel.id.clone())),
            None => {
                let addresses = resource.texts("poa")?;
                let addresses = addresses.into_iter().map(str::to_owned).collect();
                (hops(scene, addresses, &resource.creator), None)
            }
        }
    };
    let request = Request::notify(target, content)
        .from(scene.home.cse.to_string())
        .release("3");
    Some(Notice {
        hops,
        channel,
        is_for_itself,
        addressing,
        request,
    })
}
