use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CONSULTATION_IDS, CREATION_TIME, END_TO_END_INFORMATION,
    EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME,
    RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.5.1-2 and 7.4.5.1-3.
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
    Attribute::optional("apn", Form::Text),
    Attribute::mandatory("api", Form::Text).fixed(),
    Attribute::kept("aei"),
    Attribute::optional("poa", Form::TextList),
    Attribute::optional("or", Form::Text),
    Attribute::optional("nl", Form::Text),
    Attribute::mandatory("rr", Form::Boolean),
    Attribute::optional("csz", Form::TextList),
    END_TO_END_INFORMATION,
    Attribute::optional("mei", Form::Text),
    Attribute::mandatory("srv", Form::TextList),
    Attribute::unsupported("regs"),
    Attribute::unsupported("trps"),
    Attribute::unsupported("scp"),
    Attribute::unsupported("tren"),
    Attribute::unsupported("ape"),
    Attribute::unsupported("tri"),
    Attribute::unsupported("trn"),
];

/// TS-0004 V3.32.0, Table 7.4.5.1-4.
pub(super) const CHILDREN: &[Kind] = &[
    Kind::Subscription,
    Kind::Container,
    Kind::Group,
    Kind::AccessControlPolicy,
    Kind::TimeSeries,
    Kind::PollingChannel,
];
