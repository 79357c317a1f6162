use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    CONSULTATION_IDS, CREATION_TIME, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID,
    POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};
use crate::refusal::Refusal;
use crate::resource::Resource;

/// TS-0004 V3.32.0, Tables 7.4.20.1-2 and 7.4.20.1-3.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    EXPIRATION_TIME,
    POLICY_IDS,
    CREATION_TIME,
    LABELS,
    LAST_MODIFIED_TIME,
    CONSULTATION_IDS,
    Attribute::mandatory("ni", Form::Text).fixed(),
    Attribute::optional("csi", Form::Text).fixed(),
    Attribute::optional("di", Form::TextList).fixed(),
    Attribute::optional("rlk", Form::TextList),
    Attribute::unsupported("nrq"),
];

/// TS-0004 V3.32.0, Table 7.4.20.1-4.
pub(super) const CHILDREN: &[Kind] = &[Kind::Subscription];

/// ruleLinks exists beside a CSE-ID only (TS-0004 V3.32.0, 7.4.20.2.1 and 7.4.20.2.3).
pub(crate) fn check_rule_links(node: &Resource) -> Result<(), Refusal> {
    match node.attribute("rlk").is_some() && node.text("csi").is_none() {
        true => Err(Refusal::bad_request(
            "rlk: expected beside a CSE-ID only, got it without",
        )),
        false => Ok(()),
    }
}
