use serde_json::{Map, Value};

use super::security_info::SecurityInfo;
use super::{information, security_info};
use crate::clauses::Clauses as Table;
use crate::refusal::Refusal;

/// The decisions of the CSE about end-to-end security, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// What an originator writes into e2eSecInfo (TS-0003 V3.18.0, 8.4.3.1.3).
    pub(crate) written: fn(&Table, &Map<String, Value>) -> Result<(), Refusal>,
    /// Whether a value is an e2eSecInfo (TS-0004 V3.32.0, 6.3.5.52).
    pub(crate) information: fn(&Table, &Value) -> Result<(), Refusal>,
    /// supportedE2ESecFeatures (TS-0004 V3.32.0, 6.3.4.2.39).
    pub(crate) features: fn(&Value) -> bool,
    /// certificates (TS-0004 V3.32.0, 6.3.5.52).
    pub(crate) certificates: fn(&Value) -> bool,
    /// sharedReceiverESPrimRandObject (TS-0004 V3.32.0, 6.3.5.51).
    pub(crate) shared_object: fn(&Value) -> bool,
    /// The answer to whoever asks for attributes that are not there (TS-0003 V3.18.0, 8.4.2, step B.2b).
    pub(crate) absent: fn(&[String]) -> Result<(), Refusal>,

    /// What a Notify to the CSE itself asks for (TS-0004 V3.32.0, 6.3.5.48).
    pub(crate) security_info: for<'a> fn(&'a Value) -> Result<SecurityInfo<'a>, Refusal>,
}

impl Clauses {
    /// Every clause as specified.
    pub(crate) const SPECIFICATION: Self = Self {
        written: information::written,
        information: information::information,
        features: information::features,
        certificates: information::certificates,
        shared_object: information::shared_object,
        absent: information::absent,
        security_info: security_info::read,
    };
}
