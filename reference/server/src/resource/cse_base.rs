use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    CONSULTATION_IDS, CREATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS,
    RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.3.1-2 and 7.4.3.1-3.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    CREATION_TIME,
    LAST_MODIFIED_TIME,
    LABELS,
    POLICY_IDS,
    Attribute::kept("cst"),
    Attribute::kept("csi"),
    Attribute::kept("srt"),
    Attribute::optional("poa", Form::TextList),
    Attribute::optional("nl", Form::Text),
    CONSULTATION_IDS,
    Attribute::kept("csz"),
    Attribute::kept("esi"),
    Attribute::kept("srv"),
];

/// TS-0004 V3.32.0, Table 7.4.3.1-4. A `<request>` comes about implicitly only.
pub(super) const CHILDREN: &[Kind] = &[
    Kind::ApplicationEntity,
    Kind::Container,
    Kind::Group,
    Kind::AccessControlPolicy,
    Kind::Subscription,
    Kind::TimeSeries,
    Kind::RemoteCse,
    Kind::ServiceSubscriptionProfile,
    Kind::AppRule,
];
