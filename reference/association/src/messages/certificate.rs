use super::{Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, Reader, StatusType, Writer};

/// Certificate with a chain, that of the sender first (RFC 5246, 7.4.2 and 7.4.6).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Certificate {
    /// Each certificate in DER; empty if a client has none.
    pub certificate_list: Vec<Vec<u8>>,
}

impl Codec for Certificate {
    const FIELD: &'static str = "Certificate";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut vector = reader.vector(Prefix::Three, "certificate_list", 0..=0xff_ffff)?;
        let mut certificate_list = Vec::new();
        while !vector.is_empty() {
            certificate_list.push(vector.opaque(Prefix::Three, "ASN.1Cert", 1..=0xff_ffff)?);
        }
        Ok(Self { certificate_list })
    }

    fn write(&self, writer: &mut Writer) {
        writer.vector(Prefix::Three, "certificate_list", |writer| {
            for certificate in &self.certificate_list {
                writer.opaque(Prefix::Three, "ASN.1Cert", certificate);
            }
        });
    }
}

impl HandshakeBody for Certificate {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE;
}

/// Certificate with a raw public key (RFC 7250, 3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RawPublicKey {
    /// SubjectPublicKeyInfo in DER.
    pub subject_public_key_info: Vec<u8>,
}

impl Codec for RawPublicKey {
    const FIELD: &'static str = "Certificate";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            subject_public_key_info: reader.opaque(
                Prefix::Three,
                "ASN.1_subjectPublicKeyInfo",
                1..=0xff_ffff,
            )?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(
            Prefix::Three,
            "ASN.1_subjectPublicKeyInfo",
            &self.subject_public_key_info,
        );
    }
}

impl HandshakeBody for RawPublicKey {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE;
}

/// CertificateStatus with an OCSP response (RFC 6066, 8).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateStatus {
    /// What the response is.
    pub status_type: StatusType,
    /// The response in DER.
    pub response: Vec<u8>,
}

impl Codec for CertificateStatus {
    const FIELD: &'static str = "CertificateStatus";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            status_type: StatusType::read(reader)?,
            response: reader.opaque(Prefix::Three, "response", 1..=0xff_ffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.status_type.write(writer);
        writer.opaque(Prefix::Three, "response", &self.response);
    }
}

impl HandshakeBody for CertificateStatus {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE_STATUS;
}
