use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    CONSULTATION_IDS, CREATION_TIME, END_TO_END_INFORMATION, EXPIRATION_TIME, LABELS,
    LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.26.1-2 and 7.4.26.1-3, and the attributes of an `<AE>` that are announced
/// (TS-0001 V3.36.0, Table 9.6.5-2).
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
    Attribute::mandatory("lnk", Form::Text),
    Attribute::optional("apn", Form::Text),
    Attribute::optional("api", Form::Text).fixed(),
    Attribute::optional("poa", Form::TextList),
    END_TO_END_INFORMATION,
];

/// TS-0001 V3.36.0, Table 9.6.26.1-1, of the types that the CSE implements.
pub(super) const CHILDREN: &[Kind] = &[
    Kind::Subscription,
    Kind::Container,
    Kind::Group,
    Kind::AccessControlPolicy,
    Kind::TimeSeries,
];
