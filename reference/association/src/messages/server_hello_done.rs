use super::{Codec, DecodeError, HandshakeBody, HandshakeType, Reader, Writer};

/// ServerHelloDone, which has no content (RFC 5246, 7.4.5).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ServerHelloDone;

impl Codec for ServerHelloDone {
    const FIELD: &'static str = "ServerHelloDone";

    fn read(_: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn write(&self, _: &mut Writer) {}
}

impl HandshakeBody for ServerHelloDone {
    const TYPE: HandshakeType = HandshakeType::SERVER_HELLO_DONE;
}
