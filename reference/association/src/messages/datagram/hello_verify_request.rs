use crate::messages::{
    Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, ProtocolVersion, Reader, Writer,
};

/// HelloVerifyRequest (RFC 6347, 4.2.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HelloVerifyRequest {
    /// A version that says nothing about the one to be agreed.
    pub version: ProtocolVersion,
    /// What the client has to repeat.
    pub cookie: Vec<u8>,
}

impl Codec for HelloVerifyRequest {
    const FIELD: &'static str = "HelloVerifyRequest";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            version: ProtocolVersion::read(reader)?,
            cookie: reader.opaque(Prefix::One, "cookie", 0..=0xff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.version.write(writer);
        writer.opaque(Prefix::One, "cookie", &self.cookie);
    }
}

impl HandshakeBody for HelloVerifyRequest {
    const TYPE: HandshakeType = HandshakeType::HELLO_VERIFY_REQUEST;
}
