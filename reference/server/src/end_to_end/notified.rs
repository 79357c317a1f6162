use onem2m_identity::Entity;
use onem2m_primitive::Request;

use super::security_info::SecurityInfo;
use super::{escertke, object, rand_objects};
use crate::receive::{Desk, Outcome};
use crate::refusal::Refusal;
use crate::tree::Tree;

/// A Notify with securityInfo to the CSE itself (TS-0004 V3.32.0, 7.3.3.9.2 and 7.5.1).
pub(crate) fn notified(
    desk: &Desk<'_>,
    tree: &mut Tree,
    originator: &Entity,
    request: &Request,
) -> Outcome {
    let content = request.content.as_ref();
    let Some(content) = content.filter(|content| content.get("m2m:seci").is_some()) else {
        return Err(Refusal::not_implemented(
            "notifications of resources to the CSE itself are not supported",
        ));
    };
    let table = &desk.clauses.end_to_end;
    let asked = (table.security_info)(content)?;
    let Some(settings) = &desk.configuration.end_to_end else {
        return Err(Refusal::not_implemented(
            "end-to-end security of primitives is not set up",
        ));
    };
    match asked {
        SecurityInfo::RandObject => {
            rand_objects::request(desk, &mut tree.end_to_end, settings, originator)
        }
        SecurityInfo::Object(object) => {
            object::open(desk, tree, settings, originator, request, object)
        }
        SecurityInfo::KeyEstablishment(message) => {
            escertke::take(desk, tree, settings, originator, message)
        }
    }
}
