//! Messages as octets (RFC 7252, 3).

use coap_lite::{MessageClass, Packet};

use super::code::Code;
use super::number::OptionNumber;
use super::options::Options;
use super::token::Token;

/// The version of CoAP.
const VERSION: u8 = 1;

/// Octets before the Token.
const HEADER: usize = 4;

/// The octet between options and payload.
const PAYLOAD_MARKER: u8 = 0xff;

/// A CoAP message, which fills one datagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The type.
    pub kind: MessageType,
    /// The method, the response code, or that it is empty.
    pub code: Code,
    /// The Message ID, by which acknowledgements and duplicates are told.
    pub message_id: u16,
    /// The Token.
    pub token: Token,
    /// The options, also those that nobody here recognizes.
    pub options: Options,
    /// The payload.
    pub payload: Vec<u8>,
}

/// The type of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageType {
    /// CON: is retransmitted until it is acknowledged or reset.
    Confirmable,
    /// NON: is sent once.
    NonConfirmable,
    /// ACK.
    Acknowledgement,
    /// RST.
    Reset,
}

/// Why octets are no CoAP message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// There is no whole header.
    #[error("expected a header of {HEADER} octets, got {got}")]
    Header {
        /// How many octets there are.
        got: usize,
    },
    /// The version is another one; such messages are ignored in silence (RFC 7252, 3).
    #[error("expected version {VERSION}, got {got}")]
    Version {
        /// The version.
        got: u8,
    },
    /// The Token Length is reserved, or there are fewer octets.
    #[error("expected a whole token of at most 8 octets, got token length {got}")]
    Token {
        /// The Token Length.
        got: u8,
    },
    /// The class of the code is reserved (RFC 7252, 4.2).
    #[error("expected a code of class 0, 2, 3, 4 or 5, got {got}")]
    Class {
        /// The code.
        got: Code,
    },
    /// An Empty message goes on behind its header (RFC 7252, 4.1).
    #[error("expected nothing behind the header of an empty message, got {got} octets")]
    Empty {
        /// How many octets follow.
        got: usize,
    },
    /// An option is cut off, uses a reserved nibble, or its number is beyond 65535 (RFC 7252, 3.1).
    #[error("expected whole options, got {detail}")]
    Option {
        /// What the codec says.
        detail: String,
    },
    /// The payload marker is followed by nothing (RFC 7252, 3).
    #[error("expected a payload behind the payload marker, got none")]
    Payload,
}

/// Why a message has no octets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// An Empty message has nothing but its header (RFC 7252, 4.1).
    #[error("expected no token, options and payload in an empty message, got some")]
    Empty,
    /// The length of the value cannot be written.
    #[error("{number}: expected at most 65535 octets, got {got}")]
    Option {
        /// The option.
        number: OptionNumber,
        /// The length.
        got: usize,
    },
}

impl Message {
    /// A message without Token, options and payload, and with the Message ID 0.
    pub fn new(kind: MessageType, code: Code) -> Self {
        Self {
            kind,
            code,
            message_id: 0,
            token: Token::default(),
            options: Options::default(),
            payload: Vec::new(),
        }
    }

    /// An Empty message: an acknowledgement without response, a reset, or a ping.
    pub fn empty(kind: MessageType, message_id: u16) -> Self {
        Self {
            message_id,
            ..Self::new(kind, Code::EMPTY)
        }
    }

    /// A response without anything but its code, as an acknowledgement.
    pub fn response(code: Code) -> Self {
        Self::new(MessageType::Acknowledgement, code)
    }

    /// The same, in the acknowledgement of a confirmable `request` (RFC 7252, 5.2.1).
    #[must_use]
    pub fn piggybacked(self, request: &Self) -> Self {
        Self {
            kind: MessageType::Acknowledgement,
            message_id: request.message_id,
            token: request.token.clone(),
            ..self
        }
    }

    /// The same, as a response of its own: confirmable if the request is (RFC 7252, 5.2.2 and 5.2.3).
    #[must_use]
    pub fn separate(self, request: &Self, message_id: u16) -> Self {
        Self {
            kind: request.kind,
            message_id,
            token: request.token.clone(),
            ..self
        }
    }

    /// Reads a message that fills `octets`.
    ///
    /// What RFC 7252 calls a message format error is refused, and so is another version and a reserved class. Options are all
    /// kept, whether anybody recognizes them or not.
    pub fn read(octets: &[u8]) -> Result<Self, FormatError> {
        let header = Header::read(octets)?;
        if header.version != VERSION {
            return Err(FormatError::Version {
                got: header.version,
            });
        }
        if usize::from(header.token_length) > Token::MAX
            || octets.len() < HEADER + usize::from(header.token_length)
        {
            return Err(FormatError::Token {
                got: header.token_length,
            });
        }
        if header.code.is_reserved() {
            return Err(FormatError::Class { got: header.code });
        }
        if header.code == Code::EMPTY && octets.len() > HEADER {
            return Err(FormatError::Empty {
                got: octets.len() - HEADER,
            });
        }
        let option = |error: coap_lite::error::MessageError| FormatError::Option {
            detail: error.to_string(),
        };
        let packet = Packet::from_bytes(octets).map_err(option)?;
        if is_marked_for_nothing(&packet, octets).map_err(option)? {
            return Err(FormatError::Payload);
        }
        let mut options = Vec::new();
        for (number, values) in packet.options() {
            for value in values {
                options.push((OptionNumber::from(*number), value.clone()));
            }
        }
        Ok(Self {
            kind: header.kind,
            code: header.code,
            message_id: header.message_id,
            token: Token::try_from(packet.get_token()).map_err(|_| FormatError::Token {
                got: header.token_length,
            })?,
            options: options.into_iter().collect(),
            payload: packet.payload,
        })
    }

    /// Writes the message.
    pub fn write(&self) -> Result<Vec<u8>, Unwritable> {
        let is_bare =
            self.token == Token::default() && self.options.is_empty() && self.payload.is_empty();
        if self.code == Code::EMPTY && !is_bare {
            return Err(Unwritable::Empty);
        }
        let mut packet = Packet::new();
        packet.header.set_version(VERSION);
        packet.header.set_type(self.kind.into());
        packet.header.code = MessageClass::from(u8::from(self.code));
        packet.header.message_id = self.message_id;
        packet.set_token(self.token.as_octets().to_vec());
        for (number, value) in self.options.iter() {
            if value.len() > usize::from(u16::MAX) {
                return Err(Unwritable::Option {
                    number,
                    got: value.len(),
                });
            }
            packet.add_option(number.number().into(), value.to_vec());
        }
        packet.payload.clone_from(&self.payload);
        // The codec fails only for a header that it was not given room for.
        packet.to_bytes_unlimited().map_err(|_| Unwritable::Empty)
    }
}

/// What answers octets that [`Message::read`] refuses: a reset if they are a confirmable message of this version, else nothing
/// (RFC 7252, 3, 4.2 and 4.3).
pub fn rejection(octets: &[u8]) -> Option<Message> {
    Header::read(octets)
        .ok()
        .filter(|header| header.version == VERSION && header.kind == MessageType::Confirmable)
        .map(|header| Message::empty(MessageType::Reset, header.message_id))
}

/// The first four octets.
struct Header {
    version: u8,
    kind: MessageType,
    token_length: u8,
    code: Code,
    message_id: u16,
}

impl Header {
    fn read(octets: &[u8]) -> Result<Self, FormatError> {
        let Some(&[first, code, high, low]) = octets.first_chunk::<HEADER>() else {
            return Err(FormatError::Header { got: octets.len() });
        };
        Ok(Self {
            version: first >> 6,
            kind: match first >> 4 & 3 {
                0 => MessageType::Confirmable,
                1 => MessageType::NonConfirmable,
                2 => MessageType::Acknowledgement,
                _ => MessageType::Reset,
            },
            token_length: first & 0xf,
            code: Code::from(code),
            message_id: u16::from_be_bytes([high, low]),
        })
    }
}

/// Whether a payload marker ends the message, which the codec passes over. An option has one spelling only, so that what is
/// written anew lacks the marker and nothing else.
fn is_marked_for_nothing(
    packet: &Packet,
    octets: &[u8],
) -> Result<bool, coap_lite::error::MessageError> {
    let may_be = packet.payload.is_empty() && octets.last() == Some(&PAYLOAD_MARKER);
    Ok(may_be && packet.to_bytes_unlimited()?.len() < octets.len())
}

impl From<MessageType> for coap_lite::MessageType {
    fn from(kind: MessageType) -> Self {
        match kind {
            MessageType::Confirmable => Self::Confirmable,
            MessageType::NonConfirmable => Self::NonConfirmable,
            MessageType::Acknowledgement => Self::Acknowledgement,
            MessageType::Reset => Self::Reset,
        }
    }
}
