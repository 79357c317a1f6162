use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Prefix, ProtocolVersion, Reader, Writer};

/// supported_versions of a client that also knows TLS 1.3 (RFC 8446, 4.2.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OfferedVersions(pub Vec<ProtocolVersion>);

impl Codec for OfferedVersions {
    const FIELD: &'static str = "SupportedVersions";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.list(Prefix::One, "versions", 2..=254).map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::One, "versions", &self.0);
    }
}

impl ExtensionBody for OfferedVersions {
    const TYPE: ExtensionType = ExtensionType::SUPPORTED_VERSIONS;
}
