use onem2m_association::messages::{
    Alert, ChangeCipherSpec, Codec, ContentType, EncodeError, HandshakeMessage,
};

/// A part of what the tester sends.
#[derive(Debug, Clone)]
pub struct Piece {
    /// How many changes of the cipher state precede it.
    pub epoch: u16,
    /// What it is.
    pub content: Content,
}

/// What a part is.
#[derive(Debug, Clone)]
pub enum Content {
    /// A handshake message with its number.
    Message(HandshakeMessage, u16),
    /// What one record carries.
    Record(ContentType, Vec<u8>),
    /// Octets without a record.
    Octets(Vec<u8>),
}

impl Content {
    /// A ChangeCipherSpec.
    pub fn change_cipher_spec() -> Result<Self, EncodeError> {
        let body = ChangeCipherSpec.encode()?;
        Ok(Self::Record(ContentType::CHANGE_CIPHER_SPEC, body))
    }

    /// An alert.
    pub fn alert(alert: Alert) -> Result<Self, EncodeError> {
        Ok(Self::Record(ContentType::ALERT, alert.encode()?))
    }
}

/// What came, once records are opened and messages are whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A handshake message, and its octets as the handshake hash takes them.
    Message(HandshakeMessage, Vec<u8>),
    /// A ChangeCipherSpec.
    ChangeCipherSpec,
    /// An alert.
    Alert(Alert),
    /// Application data.
    Data(Vec<u8>),
    /// A record of another type.
    Other(ContentType, Vec<u8>),
    /// What no such peer sends.
    Violation(String),
    /// The IUT ended its side.
    Closed,
    /// The connection broke.
    Reset,
    /// Nothing in time.
    Silence,
}
