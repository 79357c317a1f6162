use crate::{Clauses, Operation, Situation};

/// One element of accessControlObjectDetails (TS-0003 V3.18.0, Table 7.1.3-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectDetail {
    /// resourceType: the type of the target.
    pub resource_type: Option<u32>,
    /// specializationType.
    pub specialization: Option<Specialization>,
    /// childResourceType: what may be created.
    pub child_types: Vec<u32>,
}

/// What a `<flexContainer>` or `<mgmtObj>` is in particular (m2m:specializationType, TS-0004 V3.32.0, 6.3.5.67).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Specialization {
    /// The containerDefinition of a `<flexContainer>`.
    Container(String),
    /// The mgmtDefinition of a `<mgmtObj>`.
    Management(u32),
}

/// res_objd of TS-0003 V3.18.0, 7.1.5: for a Create, one and the same element holds. Other operations and rules without
/// object details are not restricted.
pub(crate) fn object_details(
    clauses: &Clauses,
    situation: &Situation<'_>,
    details: &[ObjectDetail],
) -> bool {
    situation.request.operation != Operation::Create
        || details.is_empty()
        || details
            .iter()
            .any(|detail| (clauses.object_detail)(clauses, situation, detail))
}

/// res_objdetails of TS-0003 V3.18.0, 7.1.5: target type, specialization and child type all hold.
pub(crate) fn object_detail(
    clauses: &Clauses,
    situation: &Situation<'_>,
    detail: &ObjectDetail,
) -> bool {
    (clauses.target_type)(situation, detail)
        && (clauses.specialization)(situation, detail)
        && (clauses.child_type)(situation, detail)
}

/// res_resourceType of TS-0003 V3.18.0, 7.1.5: compared with the type of the resource that To addresses.
pub(crate) fn target_type(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    detail
        .resource_type
        .is_none_or(|expected| expected == situation.request.target_type)
}

/// res_specializationType of TS-0003 V3.18.0, 7.1.5: compared with what the Content of the Create defines. (7.1.3 and
/// TS-0001 V3.36.0, 9.6.2.4 compare the target; the reference algorithm is followed.)
pub(crate) fn specialization(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    detail.specialization.is_none()
        || detail.specialization == situation.request.created_specialization
}

/// res_childResource of TS-0003 V3.18.0, 7.1.5. A Create without Resource Type is indeterminate and does not hold.
pub(crate) fn child_type(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    situation
        .request
        .created_type
        .is_some_and(|created| detail.child_types.contains(&created))
}
