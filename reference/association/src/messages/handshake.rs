use super::{Codec, DecodeError, EncodeError, Prefix, Reader, Writer};

/// A handshake message, its body not yet looked at (RFC 5246, 7.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HandshakeMessage {
    /// The type of the message.
    pub message_type: HandshakeType,
    /// The octets behind the header, up to 2^24-1.
    pub body: Vec<u8>,
}

impl HandshakeMessage {
    /// The octets of a header.
    pub const HEADER_LENGTH: usize = 4;

    /// The message with the body `body`.
    pub fn of<T: HandshakeBody>(body: &T) -> Result<Self, EncodeError> {
        Ok(Self {
            message_type: T::TYPE,
            body: body.encode()?,
        })
    }

    /// The body as a `T`, whatever the type of the message is.
    pub fn read_as<T: HandshakeBody>(&self) -> Result<T, DecodeError> {
        T::decode(&self.body)
    }
}

impl Codec for HandshakeMessage {
    const FIELD: &'static str = "Handshake";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            message_type: HandshakeType::read(reader)?,
            body: reader.opaque(Prefix::Three, "body", 0..=0xff_ffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.message_type.write(writer);
        writer.opaque(Prefix::Three, "body", &self.body);
    }
}

/// A structure that is the body of a handshake message.
pub trait HandshakeBody: Codec {
    /// The type of its messages.
    const TYPE: HandshakeType;
}

numbers! {
    /// The type of a handshake message (RFC 5246, 7.4; RFC 5077, 3.3; RFC 6347, 4.3.2; RFC 6066, 8).
    HandshakeType(u8), "msg_type" {
        HELLO_REQUEST = 0 "hello_request",
        CLIENT_HELLO = 1 "client_hello",
        SERVER_HELLO = 2 "server_hello",
        HELLO_VERIFY_REQUEST = 3 "hello_verify_request",
        NEW_SESSION_TICKET = 4 "new_session_ticket",
        CERTIFICATE = 11 "certificate",
        SERVER_KEY_EXCHANGE = 12 "server_key_exchange",
        CERTIFICATE_REQUEST = 13 "certificate_request",
        SERVER_HELLO_DONE = 14 "server_hello_done",
        CERTIFICATE_VERIFY = 15 "certificate_verify",
        CLIENT_KEY_EXCHANGE = 16 "client_key_exchange",
        FINISHED = 20 "finished",
        CERTIFICATE_URL = 21 "certificate_url",
        CERTIFICATE_STATUS = 22 "certificate_status",
        SUPPLEMENTAL_DATA = 23 "supplemental_data",
    }
}
