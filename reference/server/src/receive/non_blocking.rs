use onem2m_access::Decision;
use onem2m_identity::Entity;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Map, Value, json};
use time::Duration;

use super::attributes::identifier;
use super::carried::{Carried, Outcome};
use super::create::universal;
use super::desk::Desk;
use super::procedure::{self, Journey, Mode, Pass, handle, judge};
use super::{policy, respond};
use crate::address::{self, Located};
use crate::end_to_end;
use crate::notify::Notice;
use crate::refusal::Refusal;
use crate::representation::Shown;
use crate::resource::{Kind, Resource, parse_timestamp};
use crate::scene::Arrival;
use crate::tree::Tree;

/// Values of requestStatus (m2m:requestStatus, TS-0004 V3.32.0, 6.3.4.2.10).
const COMPLETED: u32 = 1;
const FAILED: u32 = 2;
const PENDING: u32 = 3;

/// How long a `<request>` is kept for its originator to read.
const KEPT: Duration = Duration::hours(1);

/// A non-blocking request whose Operation Execution Time is to come.
#[derive(Clone, Debug)]
pub(crate) struct Postponed {
    /// The `<request>` that waits for the result.
    pub(crate) id: String,
    originator: Entity,
    request: Request,
    /// When and from where the request came.
    pub(crate) arrival: Arrival,
}

/// Whether the request is a nonBlockingRequestSynch.
pub(super) fn is_asked(request: &Request) -> bool {
    request
        .response_type
        .as_ref()
        .is_some_and(|response_type| response_type.value == 1)
}

/// Recv-3.0 to Recv-7.0 for a nonBlockingRequestSynch: its context and its result are kept in a `<request>`
/// (TS-0004 V3.32.0, 7.3.2.2 to 7.3.2.5).
///
/// It is judged as of its receipt, also if it is to be performed later.
pub(super) fn accept(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    originator: &Entity,
) -> Outcome {
    let about_request = address::locate(tree, desk.home, &request.to).is_some_and(
        |located| matches!(located, Located::Resource(target) if target.kind == Kind::Request),
    );
    if about_request {
        return Err(Refusal::bad_request(
            "expected a blocking request for a request resource",
        ));
    }
    let questions = procedure::questions(desk, tree, &journey(originator, request));
    if !questions.is_empty() {
        return Ok(Carried::Ask(questions));
    }
    let id = keep(desk, tree, request, originator)?;
    let execution = request.operation_execution_time.as_deref();
    let notices = match execution.and_then(parse_timestamp) {
        Some(due) if due > desk.arrival.at => {
            let journey = journey(originator, request);
            match judge(desk, tree, &journey) {
                Ok(()) => tree.postpone(due, postponed(&id, &journey, desk.arrival)),
                Err(refusal) => finish(desk, tree, &id, request, Err(refusal)),
            }
            Vec::new()
        }
        _ => perform(desk, tree, &id, originator, request),
    };
    let path = tree
        .get(&id)
        .map(|resource| tree.path(resource))
        .unwrap_or_default();
    let shown = Shown::of(json!({ "m2m:uri": path }));
    Ok(Carried::done(ResponseStatusCode::ACCEPTED_SYNCH, shown).telling(notices))
}

/// Performs what was postponed. Without its `<request>` it was cancelled (TS-0004 V3.32.0, 7.4.12.2.4).
pub(crate) fn resume(desk: &Desk<'_>, tree: &mut Tree, postponed: &Postponed) -> Vec<Notice> {
    if tree.get(&postponed.id).is_none() {
        return Vec::new();
    }
    let Postponed {
        id,
        originator,
        request,
        ..
    } = postponed;
    perform(desk, tree, id, originator, request)
}

fn postponed(id: &str, journey: &Journey<'_>, arrival: &Arrival) -> Postponed {
    Postponed {
        id: id.to_owned(),
        originator: journey.originator.clone(),
        request: journey.request.clone(),
        arrival: arrival.clone(),
    }
}

fn journey<'a>(originator: &'a Entity, request: &'a Request) -> Journey<'a> {
    Journey {
        originator,
        request,
        pass: Pass::First,
        mode: Mode::NonBlocking,
    }
}

fn perform(
    desk: &Desk<'_>,
    tree: &mut Tree,
    id: &str,
    originator: &Entity,
    request: &Request,
) -> Vec<Notice> {
    let (result, notices) = match handle(desk, tree, &journey(originator, request)) {
        Ok(Carried::Done {
            status,
            content,
            notices,
            ..
        }) => (Ok((status, content)), notices),
        Ok(Carried::Protected(inner)) => end_to_end::perform_at_once(desk, tree, &inner),
        Ok(
            Carried::Ask(_)
            | Carried::Announce(_)
            | Carried::Verify(_)
            | Carried::Retarget { .. }
            | Carried::FanOut(_)
            | Carried::Deliver { .. }
            | Carried::Collect { .. }
            | Carried::Poll { .. },
        ) => (
            Err(Refusal::not_implemented(
                "requests that wait for others are supported in blocking mode only",
            )),
            Vec::new(),
        ),
        Err(refusal) => (Err(refusal), Vec::new()),
    };
    finish(desk, tree, id, request, result);
    notices
}

/// Recv-7.0, the result in the `<request>` (TS-0004 V3.32.0, 7.3.2.5).
fn finish(
    desk: &Desk<'_>,
    tree: &mut Tree,
    id: &str,
    request: &Request,
    result: Result<(ResponseStatusCode, Option<Value>), Refusal>,
) {
    let Some(resource) = tree.get_mut(id) else {
        return;
    };
    let (status, code, content) = match result {
        Ok((code, content)) => (COMPLETED, code, content),
        Err(refusal) => (FAILED, refusal.status, refusal.content),
    };
    resource.set("rs", status);
    resource.set("ors", respond::operation_result(request, code, content));
    resource.touch(desk.arrival.at);
}

/// The decision at receipt holds, whenever and in whatever mode the operation is performed.
pub(crate) fn non_blocking(decision: Decision) -> Decision {
    decision
}

/// The originator may retrieve and delete its `<request>`, the CSE may update it too, and the originator may relink it
/// (TS-0004 V3.32.0, Table 7.3.2.2-1).
pub(crate) fn request_policies(originator: &Entity, cse: &Entity) -> [Value; 2] {
    let (originator, cse) = (originator.absolute(), cse.absolute());
    [
        json!({ "acr": [{ "acor": [cse], "acop": 14 }, { "acor": [originator], "acop": 10 }] }),
        json!({ "acr": [{ "acor": [originator], "acop": 4 }] }),
    ]
}

/// Makes the `<request>` and the `<accessControlPolicy>` that it is governed by.
fn keep(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    originator: &Entity,
) -> Result<String, Refusal> {
    let [privileges, self_privileges] =
        (desk.clauses.request_policies)(originator, &Entity::hosting(desk.home));
    let mut governing = implicit(desk, tree, Kind::AccessControlPolicy)?;
    governing.set("pv", privileges);
    governing.set("pvs", self_privileges);
    governing.policies = Some(policy::read(desk.clauses, &governing)?);
    let link = format!("{}/{}", desk.configuration.cse_name, governing.name);
    tree.insert(governing);

    let mut resource = implicit(desk, tree, Kind::Request)?;
    let originator = identifier(originator, desk.home);
    resource.set("acpi", json!([link]));
    resource.set("lbl", json!([originator]));
    resource.set("op", request.operation.value());
    resource.set("tg", request.to.clone());
    resource.set("org", originator);
    resource.set("rid", request.request_identifier.clone());
    resource.set("mi", meta_information(request));
    if let Some(content) = &request.content {
        resource.set("pc", content.clone());
    }
    resource.set("rs", PENDING);
    let accepted = respond::operation_result(request, ResponseStatusCode::ACCEPTED, None);
    resource.set("ors", accepted);
    let id = resource.id.clone();
    tree.insert(resource);
    Ok(id)
}

/// A resource below the `<CSEBase>` that the CSE itself makes.
fn implicit(desk: &Desk<'_>, tree: &mut Tree, kind: Kind) -> Result<Resource, Refusal> {
    let id = tree.assign_id(kind);
    let Some(root) = tree.get(tree.root()) else {
        return Err(Refusal::not_found("there is no CSEBase"));
    };
    let expires = desk.arrival.at.saturating_add(KEPT);
    let mut resource = Resource {
        kind,
        id: id.clone(),
        name: id.clone(),
        parent: Some(root.id.clone()),
        creator: Entity::hosting(desk.home),
        attributes: universal(kind, root, desk.arrival.at, expires),
        children: Vec::new(),
        expires: Some(expires),
        policies: None,
    };
    resource.set("rn", id.clone());
    resource.set("ri", id);
    Ok(resource)
}

/// The optional parameters of the request (m2m:metaInformation, TS-0004 V3.32.0, 6.3.5.28).
fn meta_information(request: &Request) -> Value {
    let mut meta = Map::new();
    meta.insert("rt".to_owned(), json!({ "rtv": 1 }));
    for (name, number) in [
        ("ty", request.resource_type),
        ("rcn", request.result_content),
    ] {
        if let Some(number) = number {
            meta.insert(name.to_owned(), number.into());
        }
    }
    for (name, moment) in [
        ("ot", &request.originating_timestamp),
        ("oet", &request.operation_execution_time),
    ] {
        if let Some(moment) = moment {
            meta.insert(name.to_owned(), moment.clone().into());
        }
    }
    Value::Object(meta)
}
