use super::{
    Fault, address_entries, addresses, aggregation, announcing, answers, app_rules, association,
    association_bindings, association_identities, association_keys, association_names,
    association_paths, association_raw_keys, association_sessions, association_suites,
    association_versions, attributes, authentication, certificates, combination, contexts,
    credentials, default_policy, domains, elsewhere, end_to_end_keys, escertke_certificates,
    escertke_exchanges, escertke_handshakes, escertke_initiators, escertke_keys,
    esdata_certificates, esdata_content, esdata_encryption, esdata_keys, esdata_nested,
    esdata_requirements, esdata_signatures, esdata_source, esprim_answers, esprim_derivation,
    esprim_errors, esprim_execution, esprim_form, esprim_identities, esprim_information,
    esprim_keys, esprim_originator, esprim_primitives, esprim_rand_objects, esprim_requests,
    esprim_responses, esprim_sessions, events, fan_out, far_originators, forwarding, groups,
    handshake_certificates, handshake_datagrams, handshake_finished, handshake_hello,
    handshake_keys, handshake_lengths, handshake_order, handshake_other_keys, handshake_records,
    handshake_renegotiation, handshake_suites, histories, identities, inheritance,
    invalid_requests, link_changes, linking, locations, long_lists, maf_client, object_details,
    odd_requests, odd_values, opening_certificates, opening_hello, opening_ways, operations, order,
    originators, polling, protection, provisioning, registration, registree, requester,
    schedule_entries, self_privileges, service_clients, service_end_to_end, service_enrolment,
    service_keys, service_retrieval, service_sessions, subscriptions, targets, token_algorithms,
    token_claims, token_envelopes, token_keys, token_signatures, visibility, wildcards, windows,
};

/// Who has to notice a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// A purpose that claims it.
    Purpose,
    /// A campaign: it takes a sequence, or a value, that no purpose sends.
    Campaign,
}

impl FoundBy {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Campaign => "campaign",
        }
    }
}

/// Every fault that a purpose has to notice, by group.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    GROUPS.iter().copied().flatten()
}

/// Every fault that a campaign has to notice, by group.
pub fn for_campaign() -> impl Iterator<Item = &'static Fault> {
    FOR_CAMPAIGN.iter().copied().flatten()
}

/// The fault of that name, whoever has to notice it.
pub fn find(name: &str) -> Option<&'static Fault> {
    all().chain(for_campaign()).find(|fault| fault.name == name)
}

impl Fault {
    /// Who has to notice it.
    pub fn found_by(&self) -> FoundBy {
        match for_campaign().any(|fault| fault.name == self.name) {
            true => FoundBy::Campaign,
            false => FoundBy::Purpose,
        }
    }
}

const FOR_CAMPAIGN: &[&[Fault]] = &[
    long_lists::FAULTS,
    histories::FAULTS,
    odd_values::FAULTS,
    odd_requests::FAULTS,
    events::FAULTS,
];

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
    credentials::FAULTS,
    app_rules::FAULTS,
    announcing::FAULTS,
    protection::FAULTS,
    association_versions::FAULTS,
    association_suites::FAULTS,
    association_identities::FAULTS,
    association_keys::FAULTS,
    association_bindings::FAULTS,
    association_paths::FAULTS,
    association_names::FAULTS,
    association_raw_keys::FAULTS,
    association_sessions::FAULTS,
    provisioning::FAULTS,
    maf_client::FAULTS,
    esdata_content::FAULTS,
    token_algorithms::FAULTS,
    token_signatures::FAULTS,
    token_keys::FAULTS,
    token_envelopes::FAULTS,
    token_claims::FAULTS,
    handshake_hello::FAULTS,
    handshake_lengths::FAULTS,
    handshake_suites::FAULTS,
    handshake_order::FAULTS,
    handshake_finished::FAULTS,
    handshake_keys::FAULTS,
    handshake_other_keys::FAULTS,
    handshake_certificates::FAULTS,
    handshake_records::FAULTS,
    handshake_renegotiation::FAULTS,
    handshake_datagrams::FAULTS,
    opening_certificates::FAULTS,
    opening_hello::FAULTS,
    opening_ways::FAULTS,
    escertke_certificates::FAULTS,
    escertke_handshakes::FAULTS,
    escertke_exchanges::FAULTS,
    escertke_keys::FAULTS,
    escertke_initiators::FAULTS,
    esprim_information::FAULTS,
    esprim_rand_objects::FAULTS,
    esprim_form::FAULTS,
    esprim_keys::FAULTS,
    esprim_primitives::FAULTS,
    esprim_sessions::FAULTS,
    esprim_derivation::FAULTS,
    esprim_identities::FAULTS,
    esprim_execution::FAULTS,
    esprim_responses::FAULTS,
    esprim_errors::FAULTS,
    esprim_originator::FAULTS,
    esprim_requests::FAULTS,
    esprim_answers::FAULTS,
    end_to_end_keys::FAULTS,
    esdata_keys::FAULTS,
    esdata_encryption::FAULTS,
    esdata_signatures::FAULTS,
    esdata_nested::FAULTS,
    esdata_source::FAULTS,
    esdata_requirements::FAULTS,
    esdata_certificates::FAULTS,
    service_sessions::FAULTS,
    service_sessions::OF_MAF,
    service_clients::FAULTS,
    service_keys::FAULTS,
    service_retrieval::FAULTS,
    service_retrieval::COMMANDS,
    service_enrolment::FAULTS,
    service_end_to_end::FAULTS,
    certificates::FAULTS,
    certificates::OUTSIDE,
];
