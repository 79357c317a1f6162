use super::{
    Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, Reader, SignatureScheme, Writer,
};

/// A signature and how it was made (RFC 5246, 4.7).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DigitallySigned {
    /// Hash and signature algorithm.
    pub algorithm: SignatureScheme,
    /// The signature; that of ECDSA is in DER.
    pub signature: Vec<u8>,
}

impl Codec for DigitallySigned {
    const FIELD: &'static str = "DigitallySigned";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            algorithm: SignatureScheme::read(reader)?,
            signature: reader.opaque(Prefix::Two, "signature", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.algorithm.write(writer);
        writer.opaque(Prefix::Two, "signature", &self.signature);
    }
}

/// CertificateVerify: a signature over all handshake messages so far (RFC 5246, 7.4.8).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateVerify(pub DigitallySigned);

impl Codec for CertificateVerify {
    const FIELD: &'static str = "CertificateVerify";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        DigitallySigned::read(reader).map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

impl HandshakeBody for CertificateVerify {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE_VERIFY;
}
