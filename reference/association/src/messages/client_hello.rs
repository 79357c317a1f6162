use super::{
    CipherSuite, Codec, CompressionMethod, DecodeError, Extensions, HandshakeBody, HandshakeType,
    Prefix, ProtocolVersion, Random, Reader, Writer,
};

/// ClientHello of TLS (RFC 5246, 7.4.1.2). That of DTLS is [`super::datagram::DatagramClientHello`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientHello {
    /// The highest version of the client.
    pub version: ProtocolVersion,
    /// The random value of the client.
    pub random: Random,
    /// The session to resume, up to 32 octets; empty for none.
    pub session_id: Vec<u8>,
    /// The suites, the preferred one first.
    pub cipher_suites: Vec<CipherSuite>,
    /// The compression methods, the preferred one first.
    pub compression_methods: Vec<CompressionMethod>,
    /// The extensions; `None` if the message ends before their length.
    pub extensions: Option<Extensions>,
}

impl ClientHello {
    /// What precedes the cookie of DTLS.
    pub(super) fn write_head(&self, writer: &mut Writer) {
        self.version.write(writer);
        self.random.write(writer);
        writer.opaque(Prefix::One, "session_id", &self.session_id);
    }

    /// What follows the cookie of DTLS.
    pub(super) fn write_tail(&self, writer: &mut Writer) {
        writer.list(Prefix::Two, "cipher_suites", &self.cipher_suites);
        writer.list(
            Prefix::One,
            "compression_methods",
            &self.compression_methods,
        );
        Extensions::write_optional(self.extensions.as_ref(), writer);
    }

    /// Reads the message, and between its parts, what `between` reads.
    pub(super) fn read_around<T>(
        reader: &mut Reader<'_>,
        between: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>,
    ) -> Result<(Self, T), DecodeError> {
        let version = ProtocolVersion::read(reader)?;
        let random = Random::read(reader)?;
        let session_id = reader.opaque(Prefix::One, "session_id", 0..=32)?;
        let between = between(reader)?;
        let hello = Self {
            version,
            random,
            session_id,
            cipher_suites: reader.list(Prefix::Two, "cipher_suites", 2..=0xfffe)?,
            compression_methods: reader.list(Prefix::One, "compression_methods", 1..=0xff)?,
            extensions: Extensions::read_optional(reader)?,
        };
        Ok((hello, between))
    }
}

impl Codec for ClientHello {
    const FIELD: &'static str = "ClientHello";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Self::read_around(reader, |_| Ok(())).map(|(hello, ())| hello)
    }

    fn write(&self, writer: &mut Writer) {
        self.write_head(writer);
        self.write_tail(writer);
    }
}

impl HandshakeBody for ClientHello {
    const TYPE: HandshakeType = HandshakeType::CLIENT_HELLO;
}
