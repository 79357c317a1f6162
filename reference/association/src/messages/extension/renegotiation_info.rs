use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Prefix, Reader, Writer};

/// renegotiation_info (RFC 5746, 3.2): empty in a first handshake, verify_data of the one before in a renegotiation.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RenegotiationInfo {
    /// The verify_data, of the client or of both.
    pub renegotiated_connection: Vec<u8>,
}

impl Codec for RenegotiationInfo {
    const FIELD: &'static str = "RenegotiationInfo";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            renegotiated_connection: reader.opaque(
                Prefix::One,
                "renegotiated_connection",
                0..=0xff,
            )?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.opaque(
            Prefix::One,
            "renegotiated_connection",
            &self.renegotiated_connection,
        );
    }
}

impl ExtensionBody for RenegotiationInfo {
    const TYPE: ExtensionType = ExtensionType::RENEGOTIATION_INFO;
}
