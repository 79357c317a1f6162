use serde_json::Value;

use super::PolicyError;
use super::member::{Object, Place, filled_list, integer, text};
use crate::{ObjectDetail, Specialization};

/// The resource types that have specializations: `<mgmtObj>` and `<flexContainer>` (TS-0004 V3.32.0, 6.3.4.2.1).
const SPECIALIZED: [u32; 2] = [13, 28];

/// Reads one element of accessControlObjectDetails (TS-0004 V3.32.0, Table 6.3.5.27-1).
///
/// A specialized resource type has to come with its specialization (TS-0003 V3.18.0, 7.1.5).
pub(super) fn read_detail(place: &Place<'_>, value: &Value) -> Result<ObjectDetail, PolicyError> {
    let members = Object::read(place, value, &["ty", "spty", "chty"])?;
    let detail = ObjectDetail {
        resource_type: members.optional("ty", integer)?,
        specialization: members.optional("spty", read_specialization)?,
        child_types: members.mandatory("chty", "an array", |place, value| {
            filled_list(place, value, integer)
        })?,
    };
    let is_specialized = detail
        .resource_type
        .is_some_and(|kind| SPECIALIZED.contains(&kind));
    if is_specialized && detail.specialization.is_none() {
        return Err(place.invalid("spty beside a ty of 13 or 28", value));
    }
    Ok(detail)
}

/// One of the two choices of m2m:specializationType (TS-0004 V3.32.0, 6.3.5.67).
fn read_specialization(place: &Place<'_>, value: &Value) -> Result<Specialization, PolicyError> {
    let members = Object::read(place, value, &["cnd", "mgd"])?;
    let container = members.optional("cnd", |place, value| {
        text(place, value, "a containerDefinition", |text| {
            (!text.is_empty()).then(|| text.to_owned())
        })
    })?;
    let management = members.optional("mgd", integer)?;
    match (container, management) {
        (Some(definition), None) => Ok(Specialization::Container(definition)),
        (None, Some(definition)) => Ok(Specialization::Management(definition)),
        _ => Err(place.invalid("either cnd or mgd", value)),
    }
}
