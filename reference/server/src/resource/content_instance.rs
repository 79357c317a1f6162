use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CREATION_TIME, CREATOR, EXPIRATION_TIME, LABELS,
    LAST_MODIFIED_TIME, PARENT_ID, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE, STATE_TAG,
};

/// TS-0004 V3.32.0, Tables 7.4.7.1-2 and 7.4.7.1-3: no accessControlPolicyIDs and no Update.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    EXPIRATION_TIME,
    CREATION_TIME,
    LAST_MODIFIED_TIME,
    STATE_TAG,
    LABELS,
    ANNOUNCE_TO,
    ANNOUNCED_ATTRIBUTE,
    CREATOR,
    Attribute::optional("cnf", Form::Text),
    Attribute::kept("cs"),
    Attribute::optional("conr", Form::Any),
    Attribute::optional("or", Form::Text),
    Attribute::mandatory("con", Form::Any),
];
