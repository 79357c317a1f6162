use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CONSULTATION_IDS, CREATION_TIME, CREATOR, EXPIRATION_TIME,
    LABELS, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
    STATE_TAG,
};

/// TS-0004 V3.32.0, Tables 7.4.6.1-2 and 7.4.6.1-3.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    POLICY_IDS,
    CREATION_TIME,
    EXPIRATION_TIME,
    LAST_MODIFIED_TIME,
    STATE_TAG,
    LABELS,
    ANNOUNCE_TO,
    ANNOUNCED_ATTRIBUTE,
    CONSULTATION_IDS,
    CREATOR,
    Attribute::optional("mni", Form::Natural),
    Attribute::optional("mbs", Form::Natural),
    Attribute::optional("mia", Form::Natural),
    Attribute::kept("cni"),
    Attribute::kept("cbs"),
    Attribute::kept("li"),
    Attribute::optional("or", Form::Text),
    Attribute::optional("disr", Form::Boolean),
];

/// TS-0004 V3.32.0, Table 7.4.6.1-4; the virtual `<latest>` and `<oldest>` are no resources of their own.
pub(super) const CHILDREN: &[Kind] = &[
    Kind::ContentInstance,
    Kind::Subscription,
    Kind::Container,
    Kind::TimeSeries,
];
