use super::{HexOctets, IdentityChange};
use serde::Deserialize;

/// What the tester sends in a flight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// The certificates or the raw public key of the credential.
    Certificate,
    /// A Certificate without certificates.
    EmptyCertificate,
    /// The ClientKeyExchange.
    ClientKeyExchange,
    /// A ClientKeyExchange with another identity.
    ClientKeyExchangeAs(IdentityChange),
    /// The CertificateVerify.
    CertificateVerify,
    /// The ChangeCipherSpec.
    ChangeCipherSpec,
    /// The Finished.
    Finished,
    /// The ClientHello again.
    ClientHello,
    /// A HelloRequest, which only servers send.
    HelloRequest,
    /// The ServerHello that came.
    ServerHello,
    /// A ServerHelloDone.
    ServerHelloDone,
    /// A NewSessionTicket of 16 octets.
    NewSessionTicket,
    /// A handshake message as it is.
    Handshake(HandshakeMessageConduct),
    /// A handshake message of DTLS with a number of its own, which nobody hashes.
    Stray(StrayMessage),
    /// A handshake record without octets.
    EmptyHandshakeRecord,
    /// Application data, protected as records are at that place.
    ApplicationData(String),
    /// A heartbeat request (RFC 6520).
    Heartbeat(Heartbeat),
    /// Alerts.
    Alert(AlertMessage),
    /// A record as it is.
    Record(RecordMessage),
    /// Octets without a record.
    Octets(HexOctets),
}

/// A handshake message as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HandshakeMessageConduct {
    /// Its type.
    #[serde(rename = "type")]
    pub message_type: u8,
    /// Its body.
    #[serde(default)]
    pub hex: HexOctets,
}

/// A handshake message of DTLS outside the order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StrayMessage {
    /// message_seq.
    pub number: u16,
    /// Its type.
    #[serde(rename = "type")]
    pub message_type: u8,
    /// Its body.
    #[serde(default)]
    pub hex: HexOctets,
}

/// A heartbeat request (RFC 6520, 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Heartbeat {
    /// payload_length.
    pub announced: u16,
    /// The octets of the payload that are there.
    pub octets: u16,
}

impl Heartbeat {
    /// The request.
    pub fn encode(self) -> Vec<u8> {
        const REQUEST: u8 = 1;
        let [high, low] = self.announced.to_be_bytes();
        let mut octets = vec![REQUEST, high, low];
        octets.resize(octets.len() + usize::from(self.octets), b'h');
        octets
    }
}

/// Alerts (RFC 5246, 7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AlertMessage {
    /// 1 is a warning, 2 is fatal.
    pub level: u8,
    /// The number of the description.
    pub description: u8,
    /// How often, each in a record of its own.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

/// A record as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RecordMessage {
    /// Its content type.
    #[serde(rename = "type")]
    pub content_type: u8,
    /// What it carries, before protection.
    #[serde(default)]
    pub hex: HexOctets,
}
