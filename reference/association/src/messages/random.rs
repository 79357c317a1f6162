use std::fmt;

use super::{Codec, DecodeError, Reader, Writer};

/// The random value of a hello, gmt_unix_time and random_bytes together (RFC 5246, 7.4.1.2).
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Random(pub [u8; 32]);

impl fmt::Debug for Random {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for octet in self.0 {
            write!(formatter, "{octet:02x}")?;
        }
        Ok(())
    }
}

impl Codec for Random {
    const FIELD: &'static str = "random";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.array(Self::FIELD).map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        writer.put(&self.0);
    }
}
