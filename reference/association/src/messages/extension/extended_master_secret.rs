use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Reader, Writer};

/// extended_master_secret, which has no content (RFC 7627, 5.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ExtendedMasterSecret;

impl Codec for ExtendedMasterSecret {
    const FIELD: &'static str = "extended_master_secret";

    fn read(_: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn write(&self, _: &mut Writer) {}
}

impl ExtensionBody for ExtendedMasterSecret {
    const TYPE: ExtensionType = ExtensionType::EXTENDED_MASTER_SECRET;
}
