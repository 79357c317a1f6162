//! What both hellos agreed.

use onem2m_keys::Randoms;

use crate::messages::{CertificateRequest, CertificateType, ProtocolVersion};
use crate::written_out::Suite;

/// What both hellos agreed.
#[derive(Clone, Debug)]
pub(super) struct Agreed {
    pub(super) version: ProtocolVersion,
    pub(super) suite: Suite,
    pub(super) randoms: Randoms,
    pub(super) session_id: Vec<u8>,
    pub(super) extended: bool,
    pub(super) host: Option<usize>,
    pub(super) certificates: Option<CertificateTypes>,
}

/// What both sides show, in a full handshake with certificates.
#[derive(Clone, Debug)]
pub(super) struct CertificateTypes {
    pub(super) server: CertificateType,
    /// Of the client, if it is asked.
    pub(super) client: Option<(CertificateType, CertificateRequest)>,
}
