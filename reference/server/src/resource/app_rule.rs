use super::Kind;
use super::attribute::{Attribute, Form};
use super::common::{
    CONSULTATION_IDS, CREATION_TIME, EXPIRATION_TIME, LABELS, LAST_MODIFIED_TIME, PARENT_ID,
    POLICY_IDS, RESOURCE_ID, RESOURCE_NAME, RESOURCE_TYPE,
};
use crate::refusal::Refusal;
use crate::resource::Resource;

/// TS-0004 V3.32.0, Tables 7.4.29.1-2 and 7.4.29.1-3.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    RESOURCE_NAME,
    RESOURCE_TYPE,
    RESOURCE_ID,
    PARENT_ID,
    EXPIRATION_TIME,
    POLICY_IDS,
    CREATION_TIME,
    LAST_MODIFIED_TIME,
    LABELS,
    CONSULTATION_IDS,
    Attribute::optional("apci", Form::TextList),
    Attribute::optional("aai", Form::TextList),
    Attribute::optional("aae", Form::TextList),
    Attribute::optional("ari", Form::TextList),
];

/// TS-0004 V3.32.0, Table 7.4.29.1-4.
pub(super) const CHILDREN: &[Kind] = &[Kind::Subscription];

/// A pattern of App-IDs begins with `*`, `R` or `N` (TS-0004 V3.32.0, 7.4.29.2.1 and 7.4.29.2.3).
pub(crate) fn check_app_ids(rule: &Resource) -> Result<(), Refusal> {
    let patterns = rule.texts("aai").unwrap_or_default();
    match patterns
        .iter()
        .all(|pattern| pattern.starts_with(['*', 'R', 'N']))
    {
        true => Ok(()),
        false => Err(Refusal::bad_request(
            "aai: expected patterns that begin with *, R or N, got another",
        )),
    }
}
