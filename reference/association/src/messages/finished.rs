use super::{Codec, DecodeError, HandshakeBody, HandshakeType, Reader, Writer};

/// Finished (RFC 5246, 7.4.9). Its length is that of the message, and is for the receiver to judge.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finished {
    /// verify_data, 12 octets in every suite of oneM2M.
    pub verify_data: Vec<u8>,
}

impl Codec for Finished {
    const FIELD: &'static str = "Finished";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            verify_data: reader.rest().to_vec(),
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.put(&self.verify_data);
    }
}

impl HandshakeBody for Finished {
    const TYPE: HandshakeType = HandshakeType::FINISHED;
}
