use super::exporter::Exporter;
use onem2m_association::messages::datagram::HelloVerifyRequest;
use onem2m_association::messages::{
    Alert, CertificateRequest, ClientHello, EcdheServerKeyExchange, HandshakeType, NamedGroup,
    NewSessionTicket, ServerHello, SignatureScheme,
};

/// What was seen of the IUT in a handshake, and what the tester sent last.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The requests to repeat a cookie, in their order.
    pub hello_verify_requests: Vec<HelloVerifyRequest>,
    /// The ServerHello.
    pub server_hello: Option<ServerHello>,
    /// The certificates, each in DER, that of the IUT first.
    pub certificates: Vec<Vec<u8>>,
    /// The raw public key in DER.
    pub raw_public_key: Option<Vec<u8>>,
    /// The CertificateRequest.
    pub certificate_request: Option<CertificateRequest>,
    /// The ServerKeyExchange.
    pub server_key_exchange: Option<KeyExchangeSeen>,
    /// The NewSessionTicket.
    pub ticket: Option<NewSessionTicket>,
    /// The alerts in their order, warnings too.
    pub alerts: Vec<Alert>,
    /// The types of all handshake messages in their order.
    pub messages: Vec<HandshakeType>,
    /// Whether the IUT changed its cipher state.
    pub change_cipher_spec: bool,
    /// Whether a Finished came, right or wrong.
    pub finished: bool,
    /// Octets of application data that came before the association stood.
    pub application_data: usize,
    /// Whether a heartbeat came.
    pub heartbeat: bool,
    /// The ClientHellos, of an IUT that is the client.
    pub client_hellos: Vec<ClientHello>,
    /// psk_identity, of an IUT that is the client.
    pub psk_identity: Option<Vec<u8>>,
    /// Whether a CertificateVerify of the IUT verifies.
    pub proved: bool,
    /// Whether what the IUT sent first is no record, but a request in the clear.
    pub in_the_clear: bool,
    /// The ServerKeyExchange of the tester.
    pub sent_parameters: Option<EcdheServerKeyExchange>,
    /// The tester's last flight: octets of the stream in one, or datagrams.
    pub flight: Vec<Vec<u8>>,
    /// What keying material would be exported from, once the tester has sent its last flight.
    pub exporter: Option<Exporter>,
    /// The signature of the tester's CertificateVerify.
    pub signature: Option<Vec<u8>>,
    /// Of DTLS: the octets of the tester's first datagram.
    pub hello: usize,
    /// Of DTLS: the octets of each datagram that came.
    pub datagrams: Vec<usize>,
    /// Of DTLS: the fragments that came in their order, also those that were there already.
    pub fragments: Vec<FragmentSeen>,
    /// Of DTLS: how many datagrams of the last flight of the IUT were dropped each time.
    pub dropped: Vec<usize>,
}

/// A fragment of a handshake message that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FragmentSeen {
    /// The epoch of its record.
    pub epoch: u16,
    /// The number of its record.
    pub record: u64,
    /// The type of the message.
    pub message_type: HandshakeType,
    /// The number of the message.
    pub message_seq: u16,
    /// Where in the message it begins.
    pub offset: u32,
    /// Its octets.
    pub octets: usize,
}

/// The ServerKeyExchange of a handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyExchangeSeen {
    /// That of a pre-shared key, with its hint (RFC 4279, 2).
    Hint(Vec<u8>),
    /// That of a pre-shared key and a group (RFC 4279, 3).
    Group {
        /// The hint.
        hint: Vec<u8>,
        /// The prime of the group.
        prime: Vec<u8>,
    },
    /// A point on a curve, and with what it is signed (RFC 8422, 5.4).
    Curve {
        /// The curve.
        group: NamedGroup,
        /// The point.
        point: Vec<u8>,
        /// The hash and algorithm of the signature.
        scheme: SignatureScheme,
    },
}
