use super::offer::Previous;
use super::session::Session;
use onem2m_association::messages::{CipherSuite, ProtocolVersion};

/// What both sides agree on when an association stands.
#[derive(Debug, Clone)]
pub struct Agreed {
    /// The version.
    pub version: ProtocolVersion,
    /// The suite.
    pub suite: CipherSuite,
    /// Whether an earlier session was resumed.
    pub resumed: bool,
    /// Whether the master secret is the extended one (RFC 7627).
    pub extended_master_secret: bool,
    /// The session.
    pub session: Session,
    /// What a renegotiation says of this handshake.
    pub previous: Previous,
}
