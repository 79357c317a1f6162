use onem2m_access::Decision;
use onem2m_primitive::{Operation, Request};

use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::fan_out::{self, Errand};
use super::requester::{self, Requester};
use super::target::{Target, Way};
use super::{
    aggregation, announcement, authorization, create, delete, non_blocking, notify, polling,
    registree, retrieve, syntax, update,
};
use crate::elsewhere::{self, Question, shows_descendants};
use crate::forward;
use crate::refusal::Refusal;
use crate::resource::{Kind, TypeNumber};
use crate::scene::Scene;
use crate::tokens;
use crate::tree::Tree;

/// How often the notification targets of a new subscription were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    First,
    /// They all agreed.
    Verified,
}

/// The generic procedure for handling a request (TS-0004 V3.32.0, 7.2.2.2, Figure 7.2.2.2-1).
pub(crate) fn receive(desk: &Desk<'_>, tree: &mut Tree, request: &Request, pass: Pass) -> Outcome {
    let requester = {
        let scene = desk.scene(tree);
        (desk.clauses.validity)(&scene, request)?;
        let requester = (desk.clauses.requester)(&scene, request)?;
        syntax::check(&scene, request)?;
        requester
    };
    let transit = forward::elsewhere(&desk.scene(tree), &request.to);
    match requester {
        _ if transit.is_some() && is_registration(request) => Err(Refusal::bad_request(
            "expected a registration to be sent to the registrar itself",
        )),
        Requester::Announcer(announcer, wish) => {
            announcement::take(desk, tree, request, &announcer, &wish)
        }
        Requester::Registrant(wish) => (desk.clauses.register)(desk, tree, request, &wish, pass),
        Requester::Known(originator) if let Some(host) = &transit => {
            forward::forward(&desk.scene(tree), request, &originator, host)
        }
        Requester::Known(originator) if registree::is_registration(request) => {
            registree::register(desk, tree, request, &originator)
        }
        Requester::Known(originator) if non_blocking::is_asked(request) => {
            non_blocking::accept(desk, tree, request, &originator)
        }
        Requester::Known(originator) => {
            let journey = Journey {
                originator: &originator,
                request,
                pass,
                mode: Mode::Blocking,
            };
            handle(desk, tree, &journey)
        }
    }
}

/// One request on its way through the steps.
#[derive(Clone, Copy)]
pub(super) struct Journey<'a> {
    pub(super) originator: &'a onem2m_identity::Entity,
    pub(super) request: &'a Request,
    pub(super) pass: Pass,
    pub(super) mode: Mode<'a>,
}

/// In which mode the request came.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode<'a> {
    Blocking,
    NonBlocking,
    /// As the request to a member of a group.
    FannedOut(&'a Errand),
}

/// The resource handling procedure (TS-0004 V3.32.0, 7.2.2.2, Figure 7.2.2.2-2).
pub(super) fn handle(desk: &Desk<'_>, tree: &mut Tree, journey: &Journey<'_>) -> Outcome {
    let target = (desk.clauses.target)(&desk.scene(tree), journey.request)?;
    tokens::check(&desk.scene(tree), journey.request, journey.originator)?;
    check_repetition(desk, tree, journey, &target)?;
    let (decision, denial) = authorization::check(&desk.scene(tree), journey, &target)?;
    let questions = open(&desk.scene(tree), journey, &target, decision);
    if !questions.is_empty() {
        return Ok(Carried::Ask(questions));
    }
    let mut operation = || match (&target.way, journey.request.operation) {
        (Way::FanOut(below), _) => fan_out::compose(desk, tree, journey, &target.id, below),
        (Way::Aggregation(id), _) => aggregation::collect(journey, id),
        (Way::Channel, _) => polling::at_uri(tree, journey, &target.id),
        (_, Operation::Create) => create::create(desk, tree, journey, &target),
        (_, Operation::Retrieve) => retrieve::retrieve(&desk.scene(tree), journey, &target),
        (_, Operation::Update) => update::update(desk, tree, journey, &target),
        (_, Operation::Delete) => delete::delete(desk, tree, journey, &target),
        (_, Operation::Notify) => notify::notify(desk, tree, journey, &target),
    };
    match (desk.clauses.enforce)(decision, &mut operation) {
        Some(carried) => carried,
        None => Err(denial.unwrap_or_else(authorization::refused)),
    }
}

/// The check for duplicate group requests, behind Recv-6.2 (TS-0004 V3.32.0, 7.3.3.2).
fn check_repetition(
    desk: &Desk<'_>,
    tree: &mut Tree,
    journey: &Journey<'_>,
    target: &Target,
) -> Result<(), Refusal> {
    match &journey.request.group_request_identifier {
        // A request that waited for what other CSEs host comes here again.
        Some(identifier) if journey.pass == Pass::First && desk.arrival.elsewhere.is_empty() => {
            let now = desk.arrival.at;
            let is_first = tree
                .group_requests
                .note(identifier, &target.identity(), now);
            (desk.clauses.repeated)(is_first)
        }
        _ => Ok(()),
    }
}

/// What has to be read of other CSEs before the request can be decided.
pub(super) fn questions(desk: &Desk<'_>, tree: &Tree, journey: &Journey<'_>) -> Vec<Question> {
    let scene = desk.scene(tree);
    let Ok(target) = (desk.clauses.target)(&scene, journey.request) else {
        return Vec::new();
    };
    match authorization::check(&scene, journey, &target) {
        Ok((decision, _)) => open(&scene, journey, &target, decision),
        Err(_) => Vec::new(),
    }
}

/// One permitting rule suffices: others are asked only where none was found here, or where more than the target is
/// judged.
fn open(
    scene: &Scene<'_>,
    journey: &Journey<'_>,
    target: &Target,
    decision: Decision,
) -> Vec<Question> {
    let request = journey.request;
    if matches!(target.way, Way::Aggregation(_)) {
        return Vec::new();
    }
    match scene.tree.get(&target.id) {
        Some(resource) if decision == Decision::Deny || shows_descendants(request) => {
            elsewhere::questions(scene, journey.originator, request, resource)
        }
        _ => Vec::new(),
    }
}

/// Whether the request registers an AE or a CSE.
fn is_registration(request: &Request) -> bool {
    requester::is_registration(request) || registree::is_registration(request)
}

/// Recv-6.1 to Recv-6.3 alone: whether the request would be let through.
pub(super) fn judge(desk: &Desk<'_>, tree: &Tree, journey: &Journey<'_>) -> Result<(), Refusal> {
    let scene = desk.scene(tree);
    let target = (desk.clauses.target)(&scene, journey.request)?;
    tokens::check(&scene, journey.request, journey.originator)?;
    match authorization::check(&scene, journey, &target)? {
        (Decision::Permit, _) => Ok(()),
        (Decision::Deny, denial) => Err(denial.unwrap_or_else(authorization::refused)),
    }
}

/// The type that a Create asks for, if the CSE implements it.
pub(super) fn created(request: &Request) -> Option<Kind> {
    match request.resource_type.map(TypeNumber::from) {
        Some(TypeNumber::Implemented(kind)) => Some(kind),
        _ => None,
    }
}
