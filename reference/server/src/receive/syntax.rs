use onem2m_primitive::{Operation, Request};
use serde_json::Value;

use super::procedure::created;
use crate::address::{self, Located};
use crate::refusal::Refusal;
use crate::resource::{Kind, Write};
use crate::scene::Scene;

/// What the resource types add to Recv-1.0.
pub(super) fn check(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    match request.operation {
        Operation::Create => check_create(scene, request),
        Operation::Update => check_update(scene, request),
        Operation::Delete if request.content.is_some() => {
            Err(Refusal::bad_request("expected no content in a delete"))
        }
        Operation::Notify if request.content.is_none() => {
            Err(Refusal::bad_request("expected a notification, got none"))
        }
        Operation::Retrieve | Operation::Delete | Operation::Notify => Ok(()),
    }
}

fn check_create(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    match created(request) {
        Some(kind @ (Kind::Request | Kind::CseBase)) => Err(Refusal::not_allowed(format!(
            "a resource of type {} cannot be created by request",
            kind.name()
        ))),
        Some(Kind::AccessControlPolicy) => check_self_privileges(scene, request, Write::Create),
        _ => Ok(()),
    }
}

/// Instances and the virtual resources cannot be updated (TS-0004 V3.32.0, 7.4.7.2.3, 7.4.39.2.3, 7.4.27.2.3 and
/// 7.4.28.2.3).
fn check_update(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    match address::locate(scene.tree, scene.home, &request.to) {
        Some(Located::Virtual(..)) => {
            Err(Refusal::not_allowed("latest and oldest cannot be updated"))
        }
        Some(Located::Resource(target)) if target.kind.is_instance() => {
            Err(Refusal::not_allowed("an instance cannot be updated"))
        }
        Some(Located::Resource(target)) if target.kind == Kind::AccessControlPolicy => {
            check_self_privileges(scene, request, Write::Update)
        }
        _ => Ok(()),
    }
}

/// At least one rule in selfPrivileges (TS-0004 V3.32.0, 7.4.2.2.1 and 7.4.2.2.3).
fn check_self_privileges(
    scene: &Scene<'_>,
    request: &Request,
    write: Write,
) -> Result<(), Refusal> {
    let root = Kind::AccessControlPolicy.root();
    let value = request
        .content
        .as_ref()
        .and_then(|content| content.get(&root))
        .and_then(Value::as_object)
        .and_then(|representation| representation.get("pvs"));
    if (scene.clauses.self_privileges)(value, write) {
        Ok(())
    } else {
        Err(Refusal::bad_request(
            "pvs: expected at least one access control rule, got none",
        ))
    }
}
