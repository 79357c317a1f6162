use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, NamedGroup, Prefix, Reader, Writer};

/// supported_groups: the curves of a client, the preferred one first (RFC 8422, 5.1.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SupportedGroups(pub Vec<NamedGroup>);

impl Codec for SupportedGroups {
    const FIELD: &'static str = "NamedCurveList";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader
            .list(Prefix::Two, "named_curve_list", 2..=0xffff)
            .map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::Two, "named_curve_list", &self.0);
    }
}

impl ExtensionBody for SupportedGroups {
    const TYPE: ExtensionType = ExtensionType::SUPPORTED_GROUPS;
}

/// ec_point_formats (RFC 8422, 5.1.2 and 5.2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EcPointFormats(pub Vec<PointFormat>);

impl Codec for EcPointFormats {
    const FIELD: &'static str = "ECPointFormatList";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader
            .list(Prefix::One, "ec_point_format_list", 1..=0xff)
            .map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.list(Prefix::One, "ec_point_format_list", &self.0);
    }
}

impl ExtensionBody for EcPointFormats {
    const TYPE: ExtensionType = ExtensionType::EC_POINT_FORMATS;
}

numbers! {
    /// How a point is written (RFC 8422, 5.1.2).
    PointFormat(u8), "ec_point_format" {
        UNCOMPRESSED = 0 "uncompressed",
        ANSIX962_COMPRESSED_PRIME = 1 "ansiX962_compressed_prime",
        ANSIX962_COMPRESSED_CHAR2 = 2 "ansiX962_compressed_char2",
    }
}
