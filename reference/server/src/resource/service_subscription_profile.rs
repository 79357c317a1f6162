use super::Kind;
use super::attribute::Attribute;
use super::common::{
    CONSULTATION_IDS, CREATION_TIME, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID,
    POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Table 7.4.19.1-2.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    EXPIRATION_TIME,
    POLICY_IDS,
    CREATION_TIME,
    LABELS,
    LAST_MODIFIED_TIME,
    CONSULTATION_IDS,
];

/// TS-0004 V3.32.0, Table 7.4.19.1-3.
pub(super) const CHILDREN: &[Kind] = &[Kind::Subscription, Kind::SubscribedNode];
