use super::attribute::{Attribute, Form};
use super::common::{
    CONSULTATION_IDS, CREATION_TIME, CREATOR, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME,
    PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.8.1-2 and 7.4.8.1-3.
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
    CONSULTATION_IDS,
    CREATOR,
    Attribute::optional("enc", Form::Object),
    Attribute::optional("exc", Form::Positive),
    Attribute::mandatory("nu", Form::TextList),
    Attribute::optional("gpi", Form::Text),
    Attribute::optional("nfu", Form::Text),
    Attribute::unsupported("bn"),
    Attribute::unsupported("rl"),
    Attribute::unsupported("psn").fixed(),
    Attribute::unsupported("pn"),
    Attribute::unsupported("nsp"),
    Attribute::unsupported("ln"),
    Attribute::optional("nct", Form::Positive).required(),
    Attribute::unsupported("nec"),
    Attribute::unsupported("su").fixed(),
    Attribute::unsupported("acrs"),
];
