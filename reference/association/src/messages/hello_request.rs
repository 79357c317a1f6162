use super::{Codec, DecodeError, HandshakeBody, HandshakeType, Reader, Writer};

/// HelloRequest, which has no content (RFC 5246, 7.4.1.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct HelloRequest;

impl Codec for HelloRequest {
    const FIELD: &'static str = "HelloRequest";

    fn read(_: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn write(&self, _: &mut Writer) {}
}

impl HandshakeBody for HelloRequest {
    const TYPE: HandshakeType = HandshakeType::HELLO_REQUEST;
}
