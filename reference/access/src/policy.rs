use crate::{Context, ObjectDetail, Operations, OriginatorEntry};

/// The value of a privileges or selfPrivileges attribute: a set of access control rules (TS-0003 V3.18.0, 7.1.3).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// The rules, of which there may be none.
    pub rules: Vec<Rule>,
}

/// One access-control-rule-tuple (TS-0003 V3.18.0, Table 7.1.3-1).
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// accessControlOriginators.
    pub originators: Vec<OriginatorEntry>,
    /// accessControlOperations.
    pub operations: Operations,
    /// accessControlContexts; none means that any context is accepted.
    pub contexts: Vec<Context>,
    /// accessControlAuthenticationFlag; absent means `false`.
    pub authentication_flag: bool,
    /// accessControlObjectDetails; none means that any child resource type is accepted.
    pub object_details: Vec<ObjectDetail>,
}
