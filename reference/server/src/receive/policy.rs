use onem2m_access::{Policy, PolicyError, Support};
use serde_json::Value;

use crate::clauses::Clauses;
use crate::refusal::Refusal;
use crate::resource::{Policies, Resource, Write};

/// Whether selfPrivileges holds a rule. An Update that leaves it alone removes none
/// (TS-0004 V3.32.0, 7.4.2.2.1 and 7.4.2.2.3).
pub(crate) fn self_privileges(value: Option<&Value>, write: Write) -> bool {
    match value {
        None => write == Write::Update,
        Some(value) => value
            .get("acr")
            .and_then(Value::as_array)
            .is_some_and(|rules| !rules.is_empty()),
    }
}

/// privileges or selfPrivileges as data of m2m:setOfAcrs: malformed is BAD_REQUEST, a restriction that the CSE cannot
/// enforce is NOT_IMPLEMENTED and never dropped (TS-0004 V3.32.0, 7.3.3.3).
pub(crate) fn policy(value: &Value) -> Result<Policy, Refusal> {
    Policy::from_json(value, &Support::ALL).map_err(|reason| match reason {
        PolicyError::Invalid { .. } => Refusal::bad_request(reason.to_string()),
        PolicyError::NotImplemented { .. } => Refusal::not_implemented(reason.to_string()),
    })
}

/// What was written is in force from the next request on (TS-0001 V3.36.0, 9.6.2.0).
pub(crate) fn policies_in_force(_before: &Policies, written: Policies) -> Policies {
    written
}

/// The policies that the attributes of an `<accessControlPolicy>` say.
pub(super) fn read(clauses: &Clauses, resource: &Resource) -> Result<Policies, Refusal> {
    let read = |name: &str| match resource.attribute(name) {
        None => Ok(Policy::default()),
        Some(value) => (clauses.policy)(value),
    };
    Ok(Policies {
        privileges: read("pv")?,
        self_privileges: read("pvs")?,
    })
}
