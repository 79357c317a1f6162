use super::attribute::Attribute;
use super::common::{
    CREATION_TIME, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID, RESOURCE_ID,
    RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Table 7.4.21.1-2: no accessControlPolicyIDs, since the channel is for its owner alone.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    CREATION_TIME,
    LAST_MODIFIED_TIME,
    EXPIRATION_TIME,
    LABELS,
];
