use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CONSULTATION_IDS, CREATION_TIME, CREATOR, EXPIRATION_TIME,
    LABELS, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.13.1-2 and 7.4.13.1-3. Neither specializations nor a notifyAggregation other than
/// the usual one are supported.
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
    Attribute::optional("mt", Form::Natural).fixed().required(),
    Attribute::unsupported("spty").fixed(),
    Attribute::kept("cnm"),
    Attribute::mandatory("mnm", Form::Positive),
    Attribute::mandatory("mid", Form::TextList),
    Attribute::optional("macp", Form::TextList),
    Attribute::kept("mtv"),
    Attribute::optional("csy", Form::Positive)
        .fixed()
        .required(),
    Attribute::optional("gn", Form::Text),
    Attribute::kept("ssi"),
    Attribute::unsupported("nar"),
];

/// TS-0004 V3.32.0, Table 7.4.13.1-4; the virtual `<fanOutPoint>` is no resource of its own.
pub(super) const CHILDREN: &[Kind] = &[Kind::Subscription];
