use super::{
    Codec, DecodeError, DigitallySigned, HandshakeBody, HandshakeType, NamedGroup, Prefix, Reader,
    Writer,
};

/// ServerKeyExchange of ECDHE_ECDSA on a named curve (RFC 8422, 5.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EcdheServerKeyExchange {
    /// What is signed, behind the random values of both.
    pub parameters: EcdheParameters,
    /// The signature.
    pub signature: DigitallySigned,
}

impl Codec for EcdheServerKeyExchange {
    const FIELD: &'static str = "ServerKeyExchange";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            parameters: EcdheParameters::read(reader)?,
            signature: DigitallySigned::read(reader)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.parameters.write(writer);
        self.signature.write(writer);
    }
}

impl HandshakeBody for EcdheServerKeyExchange {
    const TYPE: HandshakeType = HandshakeType::SERVER_KEY_EXCHANGE;
}

/// ServerECDHParams on a named curve (RFC 8422, 5.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EcdheParameters {
    /// The curve.
    pub group: NamedGroup,
    /// The point of the server.
    pub point: Vec<u8>,
}

/// ECCurveType named_curve (RFC 8422, 5.4).
const NAMED_CURVE: u8 = 3;

impl Codec for EcdheParameters {
    const FIELD: &'static str = "ServerECDHParams";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let curve_type = reader.u8("curve_type")?;
        if curve_type != NAMED_CURVE {
            return Err(DecodeError::Value {
                field: "curve_type",
                expected: u32::from(NAMED_CURVE),
                got: u32::from(curve_type),
            });
        }
        Ok(Self {
            group: NamedGroup::read(reader)?,
            point: reader.opaque(Prefix::One, "point", 1..=0xff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.u8(NAMED_CURVE);
        self.group.write(writer);
        writer.opaque(Prefix::One, "point", &self.point);
    }
}

/// ServerKeyExchange of PSK (RFC 4279, 2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PskServerKeyExchange {
    /// The hint, whose meaning an application profile would define.
    pub psk_identity_hint: Vec<u8>,
}

impl Codec for PskServerKeyExchange {
    const FIELD: &'static str = "ServerKeyExchange";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            psk_identity_hint: reader.opaque(Prefix::Two, "psk_identity_hint", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(Prefix::Two, "psk_identity_hint", &self.psk_identity_hint);
    }
}

impl HandshakeBody for PskServerKeyExchange {
    const TYPE: HandshakeType = HandshakeType::SERVER_KEY_EXCHANGE;
}

/// ServerKeyExchange of DHE_PSK (RFC 4279, 3; RFC 5246, 7.4.3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DhePskServerKeyExchange {
    /// The hint, whose meaning an application profile would define.
    pub psk_identity_hint: Vec<u8>,
    /// The prime modulus, dh_p.
    pub prime: Vec<u8>,
    /// The generator, dh_g.
    pub generator: Vec<u8>,
    /// The public value of the server, dh_Ys.
    pub public: Vec<u8>,
}

impl Codec for DhePskServerKeyExchange {
    const FIELD: &'static str = "ServerKeyExchange";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            psk_identity_hint: reader.opaque(Prefix::Two, "psk_identity_hint", 0..=0xffff)?,
            prime: reader.opaque(Prefix::Two, "dh_p", 1..=0xffff)?,
            generator: reader.opaque(Prefix::Two, "dh_g", 1..=0xffff)?,
            public: reader.opaque(Prefix::Two, "dh_Ys", 1..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(Prefix::Two, "psk_identity_hint", &self.psk_identity_hint);
        writer.opaque(Prefix::Two, "dh_p", &self.prime);
        writer.opaque(Prefix::Two, "dh_g", &self.generator);
        writer.opaque(Prefix::Two, "dh_Ys", &self.public);
    }
}

impl HandshakeBody for DhePskServerKeyExchange {
    const TYPE: HandshakeType = HandshakeType::SERVER_KEY_EXCHANGE;
}
