use super::{Codec, DecodeError, Reader, Writer};

/// The change of the cipher state: one octet, which is 1 (RFC 5246, 7.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ChangeCipherSpec;

impl Codec for ChangeCipherSpec {
    const FIELD: &'static str = "ChangeCipherSpec";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.u8(Self::FIELD)? {
            1 => Ok(Self),
            other => Err(DecodeError::Value {
                field: Self::FIELD,
                expected: 1,
                got: u32::from(other),
            }),
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.u8(1);
    }
}
