use std::time::Duration;

use onem2m_association::{OwnCertificate, Trust};

/// What a CSE was provisioned with as Terminating End-Point of ESCertKE (TS-0003 V3.18.0, 8.7.2.2, steps A and B).
#[derive(Clone, Debug)]
pub struct Terminating {
    /// Its certificate or raw public key.
    pub certificate: OwnCertificate,
    /// Trust anchors, and the Initiating End-Points that may carry the procedure out: each with the entity that the key is for,
    /// if its certificate does not name that.
    pub initiators: Trust,
    /// How long an exchange waits for ESCertKE Message 3.
    pub lifetime: Duration,
    /// How it tells that a handshake failed.
    pub failures: FailureStyle,
}

/// What an entity was provisioned with as Initiating End-Point of ESCertKE (TS-0003 V3.18.0, 8.7.2.2, steps A and B).
#[derive(Clone, Debug)]
pub struct Initiating {
    /// Its certificate.
    pub certificate: OwnCertificate,
    /// Trust anchors, in DER.
    pub anchors: Vec<Vec<u8>>,
}

/// How a handshake that failed is told: the specification leaves it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureStyle {
    /// With the Response Status Code alone.
    Code,
    /// With the alert of TLS in the place of the message that should have come, if there is one.
    Alert,
}
