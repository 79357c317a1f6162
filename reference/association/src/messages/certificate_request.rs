use super::{
    Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, Reader, SignatureScheme, Writer,
};

/// CertificateRequest (RFC 5246, 7.4.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateRequest {
    /// The kinds of certificates that the client may show.
    pub certificate_types: Vec<ClientCertificateKind>,
    /// The signatures that the server can verify.
    pub supported_signature_algorithms: Vec<SignatureScheme>,
    /// The distinguished names, in DER, of acceptable authorities; empty for any.
    pub certificate_authorities: Vec<Vec<u8>>,
}

impl Codec for CertificateRequest {
    const FIELD: &'static str = "CertificateRequest";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let certificate_types = reader.list(Prefix::One, "certificate_types", 1..=0xff)?;
        let supported_signature_algorithms =
            reader.list(Prefix::Two, "supported_signature_algorithms", 2..=0xfffe)?;
        let mut vector = reader.vector(Prefix::Two, "certificate_authorities", 0..=0xffff)?;
        let mut certificate_authorities = Vec::new();
        while !vector.is_empty() {
            certificate_authorities.push(vector.opaque(
                Prefix::Two,
                "DistinguishedName",
                1..=0xffff,
            )?);
        }
        Ok(Self {
            certificate_types,
            supported_signature_algorithms,
            certificate_authorities,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::One, "certificate_types", &self.certificate_types);
        writer.list(
            Prefix::Two,
            "supported_signature_algorithms",
            &self.supported_signature_algorithms,
        );
        writer.vector(Prefix::Two, "certificate_authorities", |writer| {
            for name in &self.certificate_authorities {
                writer.opaque(Prefix::Two, "DistinguishedName", name);
            }
        });
    }
}

impl HandshakeBody for CertificateRequest {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE_REQUEST;
}

numbers! {
    /// What a client certificate can do, ClientCertificateType (RFC 5246, 7.4.4; RFC 8422, 5.5).
    ClientCertificateKind(u8), "certificate_types" {
        RSA_SIGN = 1 "rsa_sign",
        DSS_SIGN = 2 "dss_sign",
        RSA_FIXED_DH = 3 "rsa_fixed_dh",
        DSS_FIXED_DH = 4 "dss_fixed_dh",
        ECDSA_SIGN = 64 "ecdsa_sign",
    }
}
