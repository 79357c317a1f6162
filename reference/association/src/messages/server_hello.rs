use super::{
    CipherSuite, Codec, CompressionMethod, DecodeError, Extensions, HandshakeBody, HandshakeType,
    Prefix, ProtocolVersion, Random, Reader, Writer,
};

/// ServerHello (RFC 5246, 7.4.1.3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerHello {
    /// The version of the connection.
    pub version: ProtocolVersion,
    /// The random value of the server.
    pub random: Random,
    /// The session, up to 32 octets; empty if it cannot be resumed.
    pub session_id: Vec<u8>,
    /// The suite of the connection.
    pub cipher_suite: CipherSuite,
    /// The compression method of the connection.
    pub compression_method: CompressionMethod,
    /// The extensions; `None` if the message ends before their length.
    pub extensions: Option<Extensions>,
}

impl Codec for ServerHello {
    const FIELD: &'static str = "ServerHello";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            version: ProtocolVersion::read(reader)?,
            random: Random::read(reader)?,
            session_id: reader.opaque(Prefix::One, "session_id", 0..=32)?,
            cipher_suite: CipherSuite::read(reader)?,
            compression_method: CompressionMethod::read(reader)?,
            extensions: Extensions::read_optional(reader)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.version.write(writer);
        self.random.write(writer);
        writer.opaque(Prefix::One, "session_id", &self.session_id);
        self.cipher_suite.write(writer);
        self.compression_method.write(writer);
        Extensions::write_optional(self.extensions.as_ref(), writer);
    }
}

impl HandshakeBody for ServerHello {
    const TYPE: HandshakeType = HandshakeType::SERVER_HELLO;
}
