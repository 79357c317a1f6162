//! What the tester does in a handshake.

mod datagram;
mod hello;
mod identity;
mod key;
mod message;
mod octets;
mod point;
mod records;
mod resume;
mod signature;
mod stop;
mod suite;
mod verify;

pub use datagram::{
    Contradiction, CookieChange, DatagramConduct, FragmentedMessages, FragmentsConduct, SecondHello,
};
pub use hello::{
    HelloConduct, HelloDamage, RawExtension, RenegotiationConduct, ServerNameConduct, TicketConduct,
};
pub use identity::{IdentityChange, LengthLie};
pub use key::KeyChange;
pub use message::{
    AlertMessage, HandshakeMessageConduct, Heartbeat, Message, RecordMessage, StrayMessage,
};
pub use octets::HexOctets;
pub use point::PointChange;
pub use records::RecordsConduct;
pub use resume::Resume;
pub use signature::SignatureChange;
pub use stop::{Stop, StopAt, StopEnding};
pub use suite::Suite;
pub use verify::{FinishedChange, FinishedKeys};

use serde::Deserialize;

/// What the tester does in a handshake: everything right, but for what is named here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Conduct {
    /// The ClientHello.
    pub hello: HelloConduct,
    /// What is sent before the ClientHello.
    pub before: Vec<Message>,
    /// The identity of a pre-shared key.
    pub identity: IdentityChange,
    /// What the length field before the identity says.
    pub identity_length: LengthLie,
    /// The pre-shared key.
    pub key: KeyChange,
    /// The point of the client in an ECDHE exchange.
    pub point: PointChange,
    /// What the length field before the list of certificates says.
    pub certificate_list_length: LengthLie,
    /// The signature of the CertificateVerify.
    pub certificate_verify: SignatureChange,
    /// The messages that follow those of the server, in their order; the right ones for the credential without it.
    pub flight: Option<Vec<Message>>,
    /// The verify_data of the Finished.
    pub finished: FinishedChange,
    /// With which keys the tester goes on after its ChangeCipherSpec.
    pub keys: FinishedKeys,
    /// How messages are laid into records.
    pub records: RecordsConduct,
    /// Where the tester stops.
    pub stop: Option<Stop>,
    /// Which part of an earlier session is resumed.
    pub resume: Option<Resume>,
    /// Whether the last flight of an earlier handshake is sent in place of the own, octet for octet.
    pub replay: bool,
    /// What it does in DTLS alone.
    pub datagram: DatagramConduct,
}
