use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CONSULTATION_IDS, CREATION_TIME, END_TO_END_INFORMATION,
    EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME,
    RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.4.1-2 and 7.4.4.1-3.
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
    Attribute::optional("cst", Form::Natural).fixed(),
    Attribute::optional("poa", Form::TextList),
    Attribute::mandatory("cb", Form::Text).fixed(),
    Attribute::optional("csi", Form::Text).fixed().required(),
    Attribute::optional("mei", Form::Text),
    Attribute::unsupported("tri"),
    Attribute::mandatory("rr", Form::Boolean),
    Attribute::optional("nl", Form::Text),
    Attribute::unsupported("trn"),
    Attribute::optional("csz", Form::TextList),
    END_TO_END_INFORMATION,
    Attribute::optional("dcse", Form::TextList),
    Attribute::mandatory("srv", Form::TextList),
    Attribute::unsupported("mtcc"),
    Attribute::unsupported("egid"),
    Attribute::unsupported("tren"),
    Attribute::unsupported("ape"),
];

/// TS-0004 V3.32.0, Table 7.4.4.1-4.
pub(super) const CHILDREN: &[Kind] = &[
    Kind::Container,
    Kind::AccessControlPolicy,
    Kind::Subscription,
    Kind::TimeSeries,
    Kind::AnnouncedApplication,
];
