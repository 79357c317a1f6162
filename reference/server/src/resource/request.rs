use super::Kind;
use super::attribute::Attribute;
use super::common::{
    CREATION_TIME, LAST_MODIFIED_TIME, PARENT_ID, POLICY_IDS, RESOURCE_ID, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.12.1-2 and 7.4.12.1-3: nothing but the policies can be updated.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute::kept("rn"),
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    POLICY_IDS,
    CREATION_TIME,
    Attribute::kept("et"),
    LAST_MODIFIED_TIME,
    Attribute::kept("lbl"),
    Attribute::kept("op"),
    Attribute::kept("tg"),
    Attribute::kept("org"),
    Attribute::kept("rid"),
    Attribute::kept("mi"),
    Attribute::kept("pc"),
    Attribute::kept("rs"),
    Attribute::kept("ors"),
];

/// TS-0004 V3.32.0, Table 7.4.12.1-4.
pub(super) const CHILDREN: &[Kind] = &[Kind::Subscription];
