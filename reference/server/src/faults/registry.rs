use super::{
    Fault, address_entries, addresses, aggregation, answers, association, attributes,
    authentication, combination, contexts, default_policy, domains, elsewhere, fan_out,
    far_originators, forwarding, groups, identities, inheritance, invalid_requests, link_changes,
    linking, locations, object_details, operations, order, originators, polling, registration,
    registree, requester, schedule_entries, self_privileges, subscriptions, targets, visibility,
    wildcards, windows,
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
    addresses::FAULTS,
    address_entries::FAULTS,
    locations::FAULTS,
    authentication::FAULTS,
    object_details::FAULTS,
    domains::FAULTS,
    self_privileges::FAULTS,
    attributes::FAULTS,
    linking::FAULTS,
    default_policy::FAULTS,
    inheritance::FAULTS,
    requester::FAULTS,
    identities::FAULTS,
    registration::FAULTS,
    answers::FAULTS,
    groups::FAULTS,
    fan_out::FAULTS,
    aggregation::FAULTS,
    polling::FAULTS,
    order::FAULTS,
    invalid_requests::FAULTS,
    targets::FAULTS,
    visibility::FAULTS,
    subscriptions::FAULTS,
    link_changes::FAULTS,
    association::FAULTS,
    registree::FAULTS,
    forwarding::FAULTS,
    elsewhere::FAULTS,
    far_originators::FAULTS,
];
