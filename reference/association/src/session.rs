use zeroize::Zeroizing;

use crate::AssociationError;
use crate::messages::Alert;

/// One end of a security association, without I/O of its own.
pub trait Session: Send {
    /// Takes octets that arrived: any chunk of the stream for TLS, one datagram for DTLS.
    fn receive(&mut self, octets: &[u8]);

    /// What has to be sent next: a chunk of the stream for TLS, one datagram for DTLS.
    fn transmit(&mut self) -> Option<Vec<u8>>;

    /// Application data that arrived: for DTLS what one record held.
    fn read(&mut self) -> Option<Vec<u8>>;

    /// Protects application data for sending.
    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError>;

    /// Where the association stands.
    fn state(&self) -> State;

    /// What the peer showed, once the association is established.
    fn peer(&self) -> Option<&PeerCredential>;

    /// Keying material by RFC 5705, without context (TS-0003 V3.18.0, 10.3.1).
    fn export(&self, label: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, AssociationError>;

    /// Sends close_notify.
    fn close(&mut self);
}

/// Where an association stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Peers are about to agree.
    Handshaking,
    /// Both ends are authenticated; application data may pass.
    Established,
    /// Nothing passes any more; `None` after close_notify of either end.
    Closed(Option<Closure>),
}

/// Why an association ended otherwise than by close_notify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closure {
    /// The peer sent a fatal alert.
    ByPeer(Alert),
    /// This end sent a fatal alert.
    ByUs {
        /// The alert.
        alert: Alert,
        /// What was wrong.
        reason: String,
    },
    /// No alert passed.
    Silent {
        /// What was wrong.
        reason: String,
    },
}

/// What a peer authenticated with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerCredential {
    /// A symmetric key, known by its psk_identity.
    Psk {
        /// The identity as it was sent.
        identity: Vec<u8>,
    },
    /// Certificates in DER, the peer's own first. After resumption only that one.
    Certificates(Vec<Vec<u8>>),
    /// A SubjectPublicKeyInfo in DER (RFC 7250).
    RawPublicKey(Vec<u8>),
}
