use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Prefix, Reader, SignatureScheme, Writer};

/// signature_algorithms: what a client can verify, the preferred one first (RFC 5246, 7.4.1.4.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignatureAlgorithms(pub Vec<SignatureScheme>);

impl Codec for SignatureAlgorithms {
    const FIELD: &'static str = "signature_algorithms";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader
            .list(Prefix::Two, "supported_signature_algorithms", 2..=0xfffe)
            .map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::Two, "supported_signature_algorithms", &self.0);
    }
}

impl ExtensionBody for SignatureAlgorithms {
    const TYPE: ExtensionType = ExtensionType::SIGNATURE_ALGORITHMS;
}
