use crate::messages::{
    ClientHello, Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, Reader, Writer,
};

/// ClientHello of DTLS: that of TLS with a cookie behind the session (RFC 6347, 4.2.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatagramClientHello {
    /// What it has in common with TLS.
    pub hello: ClientHello,
    /// The cookie of the HelloVerifyRequest; empty before there is one.
    pub cookie: Vec<u8>,
}

impl Codec for DatagramClientHello {
    const FIELD: &'static str = "ClientHello";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (hello, cookie) = ClientHello::read_around(reader, |reader| {
            reader.opaque(Prefix::One, "cookie", 0..=0xff)
        })?;
        Ok(Self { hello, cookie })
    }

    fn write(&self, writer: &mut Writer) {
        self.hello.write_head(writer);
        writer.opaque(Prefix::One, "cookie", &self.cookie);
        self.hello.write_tail(writer);
    }
}

impl HandshakeBody for DatagramClientHello {
    const TYPE: HandshakeType = HandshakeType::CLIENT_HELLO;
}
