use super::{
    Fault, answers, association, attributes, combination, contexts, default_policy, elsewhere,
    far_originators, forwarding, inheritance, linking, operations, originators, registree,
    requester, schedule_entries, self_privileges, wildcards, windows,
};

/// Every fault, by group.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    GROUPS.iter().copied().flatten()
}

/// The fault of that name.
pub fn find(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}

const GROUPS: &[&[Fault]] = &[
    operations::FAULTS,
    originators::FAULTS,
    wildcards::FAULTS,
    combination::FAULTS,
    windows::FAULTS,
    schedule_entries::FAULTS,
    contexts::FAULTS,
    self_privileges::FAULTS,
    attributes::FAULTS,
    linking::FAULTS,
    default_policy::FAULTS,
    inheritance::FAULTS,
    requester::FAULTS,
    answers::FAULTS,
    association::FAULTS,
    registree::FAULTS,
    forwarding::FAULTS,
    elsewhere::FAULTS,
    far_originators::FAULTS,
];
