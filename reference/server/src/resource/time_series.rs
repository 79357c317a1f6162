use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CONSULTATION_IDS, CREATION_TIME, CREATOR, EXPIRATION_TIME,
    LABELS, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.38.1-2 and 7.4.38.1-3; missing data is not detected.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    POLICY_IDS,
    CREATION_TIME,
    EXPIRATION_TIME,
    LAST_MODIFIED_TIME,
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
    Attribute::optional("pei", Form::Positive),
    Attribute::unsupported("peid"),
    Attribute::unsupported("mdd"),
    Attribute::unsupported("mdn"),
    Attribute::kept("mdlt"),
    Attribute::kept("mdc"),
    Attribute::unsupported("mdt"),
    Attribute::optional("or", Form::Text),
    Attribute::optional("cnf", Form::Text).fixed(),
];

/// TS-0004 V3.32.0, Table 7.4.38.1-4.
pub(super) const CHILDREN: &[Kind] = &[Kind::TimeSeriesInstance, Kind::Subscription];
