use onem2m_access::Policy;

use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    ANNOUNCE_TO, ANNOUNCED_ATTRIBUTE, CREATION_TIME, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME,
    PARENT_ID, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};

/// TS-0004 V3.32.0, Tables 7.4.2.1-2 and 7.4.2.1-3: no accessControlPolicyIDs and no creator. Distributed authorization
/// is not supported.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    EXPIRATION_TIME,
    LABELS,
    CREATION_TIME,
    LAST_MODIFIED_TIME,
    ANNOUNCE_TO,
    ANNOUNCED_ATTRIBUTE,
    Attribute::mandatory("pv", Form::Privileges),
    Attribute::mandatory("pvs", Form::Privileges),
    Attribute::unsupported("adri"),
    Attribute::unsupported("apri"),
    Attribute::unsupported("airi"),
];

/// TS-0004 V3.32.0, Table 7.4.2.1-4.
pub(super) const CHILDREN: &[Kind] = &[Kind::Subscription];

/// privileges and selfPrivileges as the decision reads them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Policies {
    pub(crate) privileges: Policy,
    pub(crate) self_privileges: Policy,
}
