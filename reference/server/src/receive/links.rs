use serde_json::{Map, Value};

use crate::address;
use crate::forward;
use crate::refusal::Refusal;
use crate::scene::Scene;

/// An Update of accessControlPolicyIDs carries no other attribute (TS-0001 V3.36.0, 9.6.1.3.2).
pub(crate) fn policy_links_alone(content: &Map<String, Value>) -> Result<(), Refusal> {
    if content.len() == 1 {
        Ok(())
    } else {
        Err(Refusal::bad_request(
            "acpi: expected to be the only attribute of the update",
        ))
    }
}

/// m2m:acpType holds at least one identifier (TS-0004 V3.32.0, 6.3.3), and each has to name an
/// `<accessControlPolicy>` in one of the four forms, of this CSE or of one that it can ask; none could be a mistake that opens or closes a resource for good.
pub(crate) fn policy_links(scene: &Scene<'_>, value: &Value) -> Result<(), Refusal> {
    let links = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if links.is_empty() {
        return Err(Refusal::bad_request(
            "acpi: expected at least one identifier, got none",
        ));
    }
    let leads_somewhere = |link: &str| match forward::elsewhere(scene, link) {
        Some(host) => (scene.clauses.next_hop)(scene, &host).is_some(),
        None => address::policy(scene.tree, scene.home, link).is_some(),
    };
    let leads_nowhere = |link: &&Value| !link.as_str().is_some_and(leads_somewhere);
    match links.iter().find(leads_nowhere) {
        None => Ok(()),
        Some(_) => Err(Refusal::bad_request(
            "acpi: expected identifiers of access control policies, got another",
        )),
    }
}
