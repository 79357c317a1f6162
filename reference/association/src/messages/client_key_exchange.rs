use super::{Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, Reader, Writer};

/// ClientKeyExchange of PSK (RFC 4279, 2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PskClientKeyExchange {
    /// The identity as octets; whether it is text is for the receiver to find out.
    pub psk_identity: Vec<u8>,
}

impl Codec for PskClientKeyExchange {
    const FIELD: &'static str = "ClientKeyExchange";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            psk_identity: reader.opaque(Prefix::Two, "psk_identity", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(Prefix::Two, "psk_identity", &self.psk_identity);
    }
}

impl HandshakeBody for PskClientKeyExchange {
    const TYPE: HandshakeType = HandshakeType::CLIENT_KEY_EXCHANGE;
}

/// ClientKeyExchange of ECDHE_ECDSA (RFC 8422, 5.7).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EcdheClientKeyExchange {
    /// The point of the client.
    pub point: Vec<u8>,
}

impl Codec for EcdheClientKeyExchange {
    const FIELD: &'static str = "ClientKeyExchange";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            point: reader.opaque(Prefix::One, "point", 1..=0xff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(Prefix::One, "point", &self.point);
    }
}

impl HandshakeBody for EcdheClientKeyExchange {
    const TYPE: HandshakeType = HandshakeType::CLIENT_KEY_EXCHANGE;
}

/// ClientKeyExchange of DHE_PSK (RFC 4279, 3; RFC 5246, 7.4.7.2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DhePskClientKeyExchange {
    /// The identity as octets.
    pub psk_identity: Vec<u8>,
    /// The public value of the client, dh_Yc.
    pub public: Vec<u8>,
}

impl Codec for DhePskClientKeyExchange {
    const FIELD: &'static str = "ClientKeyExchange";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            psk_identity: reader.opaque(Prefix::Two, "psk_identity", 0..=0xffff)?,
            public: reader.opaque(Prefix::Two, "dh_Yc", 1..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(Prefix::Two, "psk_identity", &self.psk_identity);
        writer.opaque(Prefix::Two, "dh_Yc", &self.public);
    }
}

impl HandshakeBody for DhePskClientKeyExchange {
    const TYPE: HandshakeType = HandshakeType::CLIENT_KEY_EXCHANGE;
}
