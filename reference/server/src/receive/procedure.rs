use onem2m_access::Decision;
use onem2m_primitive::{Operation, Request};

use super::carried::Outcome;
use super::desk::Desk;
use super::requester::Requester;
use super::{
    authorization, create, delete, non_blocking, notify, registration, retrieve, syntax, update,
};
use crate::refusal::Refusal;
use crate::resource::{Kind, TypeNumber};
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
    match requester {
        Requester::Registrant(wish) => registration::register(desk, tree, request, &wish),
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
    pub(super) mode: Mode,
}

/// In which mode the request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Blocking,
    NonBlocking,
}

/// The resource handling procedure (TS-0004 V3.32.0, 7.2.2.2, Figure 7.2.2.2-2).
pub(super) fn handle(desk: &Desk<'_>, tree: &mut Tree, journey: &Journey<'_>) -> Outcome {
    let target = (desk.clauses.target)(&desk.scene(tree), journey.request)?;
    let (decision, denial) = authorization::check(&desk.scene(tree), journey, &target)?;
    let mut operation = || match journey.request.operation {
        Operation::Create => create::create(desk, tree, journey, &target),
        Operation::Retrieve => retrieve::retrieve(&desk.scene(tree), journey, &target),
        Operation::Update => update::update(desk, tree, journey, &target),
        Operation::Delete => delete::delete(desk, tree, journey, &target),
        Operation::Notify => notify::retarget(&desk.scene(tree), journey, &target),
    };
    match (desk.clauses.enforce)(decision, &mut operation) {
        Some(carried) => carried,
        None => Err(denial.unwrap_or_else(authorization::refused)),
    }
}

/// Recv-6.1 to Recv-6.3 alone: whether the request would be let through.
pub(super) fn judge(desk: &Desk<'_>, tree: &Tree, journey: &Journey<'_>) -> Result<(), Refusal> {
    let scene = desk.scene(tree);
    let target = (desk.clauses.target)(&scene, journey.request)?;
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
