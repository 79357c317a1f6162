use super::{
    Fault, answers, attributes, combination, contexts, default_policy, inheritance,
    invalid_requests, link_changes, linking, operations, order, originators, requester,
    schedule_entries, self_privileges, subscriptions, targets, visibility, wildcards, windows,
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
    order::FAULTS,
    invalid_requests::FAULTS,
    targets::FAULTS,
    visibility::FAULTS,
    subscriptions::FAULTS,
    link_changes::FAULTS,
];
