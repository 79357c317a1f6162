use onem2m_access::Decision;
use onem2m_identity::{CsePath, Entity, ResourceAddress};
use onem2m_primitive::{Operation, Request, ResponseStatusCode};
use serde_json::{Value, json};

use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::procedure::{Journey, Mode, Pass, created, handle};
use super::subscription;
use super::verification;
use crate::address::{self, FAN_OUT_POINT, Located};
use crate::aggregations::Aggregation;
use crate::authorize::Attempt;
use crate::forward;
use crate::notify::Notice;
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;
use crate::tree::Tree;

/// What the notifications of a subscription through a `<fanOutPoint>` are aggregated for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// notificationForwardingURI.
    forwarding: String,
    /// notificationURI.
    targets: Vec<String>,
}

/// Whether the request to a `<fanOutPoint>` asks for aggregated notifications (TS-0004 V3.32.0, 7.4.14.2.3).
///
/// The subscriber makes notificationForwardingURI identical with notificationURI; a group that this one is a member of
/// has replaced the latter (TS-0001 V3.36.0, 9.6.8 and 10.2.7.10).
pub(super) fn wanted(request: &Request) -> Result<Option<Wanted>, Refusal> {
    let is_subscription =
        request.operation == Operation::Create && created(request) == Some(Kind::Subscription);
    let content = request.content.as_ref();
    let subscription = content.and_then(|content| content.get(Kind::Subscription.root()));
    let (true, Some(subscription)) = (is_subscription, subscription) else {
        return Ok(None);
    };
    let Some(forwarding) = subscription.get("nfu").and_then(Value::as_str) else {
        return Ok(None);
    };
    let targets = subscription.get("nu").and_then(Value::as_array);
    let targets: Vec<String> = targets
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let is_identical = targets.iter().eq([forwarding]);
    let is_replaced = request.group_request_identifier.is_some() && !targets.is_empty();
    if !is_identical && !is_replaced {
        return Err(Refusal::bad_request(
            "nfu: expected what nu holds, got something else",
        ));
    }
    Ok(Some(Wanted {
        forwarding: forwarding.to_owned(),
        targets,
    }))
}

/// The requests that ask for the agreement of whom the aggregated notifications go to: the members' hosts only know the
/// aggregation URI.
pub(super) fn verifications(
    scene: &Scene<'_>,
    journey: &Journey<'_>,
    wanted: &Wanted,
) -> Result<Vec<Notice>, Refusal> {
    match journey.pass {
        Pass::First => subscription::verifications(scene, journey, &wanted.targets),
        Pass::Verified => Ok(Vec::new()),
    }
}

/// Assigns a URI and puts it in the place of notificationURI, beside the group in groupID (TS-0004 V3.32.0, 7.4.14.2.3;
/// TS-0001 V3.36.0, 10.2.7.10).
pub(super) fn assign(
    desk: &Desk<'_>,
    tree: &mut Tree,
    group: &str,
    wanted: Wanted,
    request: &mut Request,
) -> Result<String, Refusal> {
    let assigned = tree
        .aggregations
        .assign(group, &wanted.forwarding, wanted.targets);
    let id = assigned.ok_or_else(|| {
        Refusal::new(
            ResponseStatusCode::INTERNAL_SERVER_ERROR,
            "no more notifications can be aggregated",
        )
    })?;
    let content = request.content.as_mut();
    let subscription = content
        .and_then(|content| content.get_mut(Kind::Subscription.root()))
        .and_then(Value::as_object_mut);
    if let Some(subscription) = subscription {
        let uri = format!("{}/{id}", desk.home.cse);
        subscription.insert("nu".to_owned(), json!([uri]));
        let group = format!("{}/{group}", desk.home.cse);
        subscription.insert("gpi".to_owned(), group.into());
    }
    Ok(id)
}

/// Recv-6.5 of a Notify to an aggregation URI. A request that asks for agreement is agreed to: whom it is about was asked
/// before.
pub(super) fn collect(journey: &Journey<'_>, aggregation: &str) -> Outcome {
    if verification::is_asked(journey.request) {
        return Ok(Carried::Done {
            status: ResponseStatusCode::OK,
            content: None,
            is_partial: None,
            notices: Vec::new(),
        });
    }
    match notifications(journey.request) {
        None => Err(Refusal::bad_request(
            "expected a notification of a subscription, got something else",
        )),
        Some(notifications) => Ok(Carried::Collect {
            aggregation: aggregation.to_owned(),
            notifications: notifications.into_iter().cloned().collect(),
        }),
    }
}

/// A request of the CSE itself, for a subscription that it hosts, to an aggregation URI of its own.
pub(crate) fn carry_out_own(desk: &Desk<'_>, tree: &mut Tree, request: &Request) -> Outcome {
    let journey = Journey {
        originator: &Entity::hosting(desk.home),
        request,
        pass: Pass::First,
        mode: Mode::Blocking,
    };
    handle(desk, tree, &journey)
}

/// Whether a notification comes from a member: from the CSE that hosts it, about a subscription of it, and for the
/// subscriber (TS-0004 V3.32.0, 7.5.1.2.6; TS-0001 V3.36.0, 10.2.7.11).
pub(crate) fn sent_by_member(
    scene: &Scene<'_>,
    attempt: &Attempt<'_>,
    aggregation: &Aggregation,
) -> Decision {
    let members = attempt.target.texts("mid").unwrap_or_default();
    let hosted: Vec<&str> = members
        .into_iter()
        .filter(|member| host_of_member(scene, member) == *attempt.originator)
        .collect();
    let is_of_one = |notification: &&Value| {
        let text = |name: &str| notification.get(name).and_then(Value::as_str);
        text("nfu") == Some(&aggregation.forwarding)
            && text("sur").is_some_and(|subscription| {
                hosted
                    .iter()
                    .any(|member| is_about(scene, attempt.originator, subscription, member))
            })
    };
    let is_permitted = match notifications(attempt.request) {
        Some(notifications) if !verification::is_asked(attempt.request) => {
            !hosted.is_empty() && notifications.iter().all(is_of_one)
        }
        _ => !hosted.is_empty(),
    };
    match is_permitted {
        true => Decision::Permit,
        false => Decision::Deny,
    }
}

/// The notifications in a Notify, aggregated or not (TS-0004 V3.32.0, Table 7.5.1.1-2).
fn notifications(request: &Request) -> Option<Vec<&Value>> {
    let content = request.content.as_ref()?;
    match (content.get("m2m:agn"), content.get("m2m:sgn")) {
        (Some(aggregated), _) => Some(aggregated.get("m2m:sgn")?.as_array()?.iter().collect()),
        (None, Some(single)) => Some(vec![single]),
        (None, None) => None,
    }
}

/// The CSE that hosts a member.
pub(crate) fn host_of_member(scene: &Scene<'_>, member: &str) -> Entity {
    forward::elsewhere(scene, member).unwrap_or_else(|| Entity::hosting(scene.home))
}

/// Whether a subscription is one to a member, or to what is below it. What a sub-group stands for only its host knows,
/// and a structured identifier and an unstructured one cannot be compared.
fn is_about(scene: &Scene<'_>, host: &Entity, subscription: &str, member: &str) -> bool {
    let Ok(subscription) = ResourceAddress::parse(subscription) else {
        return false;
    };
    let member = match address::locate(scene.tree, scene.home, member) {
        Some(Located::FanOut(..)) => return true,
        Some(Located::Resource(resource)) => ResourceAddress::parse(&scene.tree.path(resource)),
        _ => ResourceAddress::parse(member),
    };
    let (Some(subscribed), Ok(Some(member))) = (
        subscription.path(),
        member.as_ref().map(ResourceAddress::path),
    ) else {
        return false;
    };
    if member.segments().any(|segment| segment == FAN_OUT_POINT) {
        return true;
    }
    let is_of_host = match &subscription {
        ResourceAddress::CseRelative(_) => true,
        address => forward::host(address, scene.home) == *host,
    };
    is_of_host && is_below(subscribed, member)
}

/// Whether one path leads to below the other. The first segment of each is the `<CSEBase>`.
fn is_below(path: &CsePath, ancestor: &CsePath) -> bool {
    let (mut below, mut above) = (path.segments().skip(1), ancestor.segments().skip(1));
    let is_comparable = path.segments().len() > 1 && ancestor.segments().len() > 1;
    !is_comparable || above.all(|name| below.next() == Some(name)) && below.next().is_some()
}
