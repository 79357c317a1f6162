use super::{DecodeError, EncodeError, Reader, Writer};

/// A structure of the presentation language (RFC 5246, 4).
pub trait Codec: Sized {
    /// The structure as the standard names it, for errors.
    const FIELD: &'static str;

    /// Reads the structure from the front of `reader`.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Writes the structure.
    fn write(&self, writer: &mut Writer);

    /// The structure that is exactly `octets`.
    fn decode(octets: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(octets);
        let value = Self::read(&mut reader)?;
        reader.finish(Self::FIELD)?;
        Ok(value)
    }

    /// The octets of the structure.
    fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.finish()
    }
}
