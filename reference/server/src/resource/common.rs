use super::attribute::{Attribute, Form};

/// Attributes of several types (TS-0004 V3.32.0, 6.3.6), in the order of the tables of 7.4.
pub(super) const RESOURCE_NAME: Attribute = Attribute::optional("rn", Form::ResourceName)
    .fixed()
    .required();
pub(super) const RESOURCE_TYPE: Attribute = Attribute::kept("ty");
pub(super) const RESOURCE_ID: Attribute = Attribute::kept("ri");
pub(super) const PARENT_ID: Attribute = Attribute::kept("pi");
pub(super) const POLICY_IDS: Attribute = Attribute::optional("acpi", Form::PolicyLinks);
pub(super) const CREATION_TIME: Attribute = Attribute::kept("ct");
pub(super) const EXPIRATION_TIME: Attribute = Attribute::optional("et", Form::Timestamp).required();
pub(super) const LAST_MODIFIED_TIME: Attribute = Attribute::kept("lt");
pub(super) const STATE_TAG: Attribute = Attribute::kept("st");
pub(super) const LABELS: Attribute = Attribute::optional("lbl", Form::TextList);
pub(super) const ANNOUNCE_TO: Attribute = Attribute::unsupported("at");
pub(super) const ANNOUNCED_ATTRIBUTE: Attribute = Attribute::unsupported("aa");
pub(super) const CONSULTATION_IDS: Attribute = Attribute::unsupported("daci");
pub(super) const CREATOR: Attribute = Attribute::optional("cr", Form::Creator).fixed();
/// e2eSecInfo (TS-0004 V3.32.0, 6.3.5.52); of a `<CSEBase>` the CSE keeps it.
pub(super) const END_TO_END_INFORMATION: Attribute = Attribute::optional("esi", Form::Object);
