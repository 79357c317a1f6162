use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CREATION_TIME, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME,
    PARENT_ID, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.39.1-2 and 7.4.39.1-3: no accessControlPolicyIDs and no Update.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    CREATION_TIME,
    EXPIRATION_TIME,
    LAST_MODIFIED_TIME,
    LABELS,
    ANNOUNCE_TO,
    ANNOUNCED_ATTRIBUTE,
    Attribute::mandatory("dgt", Form::Timestamp),
    Attribute::mandatory("con", Form::Any),
    Attribute::optional("snr", Form::Natural),
    Attribute::kept("cs"),
];
