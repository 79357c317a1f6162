use super::{HexOctets, Suite};
use serde::Deserialize;

/// The ClientHello: what is not named follows from the credential and from the transport.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct HelloConduct {
    /// The version in the header of its record.
    pub record_version: Option<u16>,
    /// client_version.
    pub version: Option<u16>,
    /// The cipher suites, exactly these.
    pub suites: Option<Vec<Suite>>,
    /// The compression methods, exactly these.
    pub compression: Vec<u8>,
    /// The session.
    pub session_id: Option<HexOctets>,
    /// server_name.
    pub server_name: ServerNameConduct,
    /// supported_groups; no extension if empty.
    pub groups: Option<Vec<u16>>,
    /// ec_point_formats; no extension if empty.
    pub point_formats: Option<Vec<u8>>,
    /// signature_algorithms; no extension if empty.
    pub signature_algorithms: Option<Vec<u16>>,
    /// supported_versions; no extension if empty.
    pub supported_versions: Vec<u16>,
    /// Whether extended_master_secret is offered.
    pub extended_master_secret: bool,
    /// renegotiation_info.
    pub renegotiation_info: RenegotiationConduct,
    /// session_ticket.
    pub session_ticket: TicketConduct,
    /// client_certificate_type (RFC 7250), also an empty list.
    pub client_certificate_types: Option<Vec<u8>>,
    /// server_certificate_type (RFC 7250), also an empty list.
    pub server_certificate_types: Option<Vec<u8>>,
    /// Extensions behind all others, as they are.
    pub extensions: Vec<RawExtension>,
    /// What is done to the octets of the message.
    pub damage: HelloDamage,
}

impl Default for HelloConduct {
    fn default() -> Self {
        Self {
            record_version: None,
            version: None,
            suites: None,
            compression: vec![0],
            session_id: None,
            server_name: ServerNameConduct::Right,
            groups: None,
            point_formats: None,
            signature_algorithms: None,
            supported_versions: Vec::new(),
            extended_master_secret: true,
            renegotiation_info: RenegotiationConduct::Right,
            session_ticket: TicketConduct::Right,
            client_certificate_types: None,
            server_certificate_types: None,
            extensions: Vec::new(),
            damage: HelloDamage::None,
        }
    }
}

/// The server_name of a ClientHello (RFC 6066, 3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerNameConduct {
    /// The name of the IUT.
    #[default]
    Right,
    /// Its name in capital letters.
    UpperCase,
    /// Another name.
    Other(String),
    /// No extension.
    Absent,
    /// Its name, and behind it another one of the same type.
    Twice(String),
    /// Its name with a dot behind.
    TrailingDot,
    /// Its name, a NUL, and this.
    EmbeddedNul(String),
    /// A name without octets.
    Empty,
    /// A name of so many octets.
    Long(u16),
    /// Its name, its length stated as larger by one.
    InnerLengthTooLarge,
    /// Its name as one of this type alone.
    Type(u8),
}

/// renegotiation_info of a ClientHello (RFC 5746).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RenegotiationConduct {
    /// In a first handshake nothing, since the suites say it; in a renegotiation the verify_data of the client.
    #[default]
    Right,
    /// No extension.
    Absent,
    /// The extension, empty.
    Empty,
    /// These octets as verify_data.
    Octets(HexOctets),
    /// The verify_data of the client with a bit inverted.
    Wrong,
}

/// session_ticket of a ClientHello (RFC 5077).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketConduct {
    /// The ticket of the session that is resumed, or no extension.
    #[default]
    Right,
    /// The extension without a ticket, which asks for one.
    Empty,
    /// A ticket of so many random octets.
    Random(u16),
}

/// An extension as it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawExtension {
    /// Its type.
    #[serde(rename = "type")]
    pub extension_type: u16,
    /// Its content.
    #[serde(default)]
    pub hex: HexOctets,
}

/// What is done to the octets of a ClientHello.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelloDamage {
    /// Nothing.
    #[default]
    None,
    /// A session of 33 octets.
    LongSessionId,
    /// One octet more among the cipher suites.
    OddSuites,
    /// No cipher suites.
    NoSuites,
    /// The length of the extensions is larger by one.
    ExtensionsTooLong,
    /// The length of the extensions is smaller by one, and an octet is left.
    ExtensionsTooShort,
    /// The first extension stands twice.
    DuplicateExtension,
    /// The message ends within the random.
    TruncatedRandom,
    /// The message ends after so many octets of its body.
    Truncated(u16),
    /// The CLIENT-HELLO of SSL 2.0, naming that version.
    Ssl2,
    /// The CLIENT-HELLO of SSL 2.0, naming TLS 1.2 (RFC 5246, E.2).
    Ssl2Compatible,
}
