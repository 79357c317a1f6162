use super::SequenceNumber;
use crate::messages::{Codec, ContentType, DecodeError, Prefix, ProtocolVersion, Reader, Writer};

/// A record of DTLS (RFC 6347, 4.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatagramRecord {
    /// The protocol above the record layer.
    pub content_type: ContentType,
    /// The version.
    pub version: ProtocolVersion,
    /// The number of changes of the cipher state before it.
    pub epoch: u16,
    /// The number of the record within its epoch.
    pub sequence_number: SequenceNumber,
    /// What is carried, up to 2^16-1 octets.
    pub fragment: Vec<u8>,
}

impl DatagramRecord {
    /// The octets of a header.
    pub const HEADER_LENGTH: usize = 13;

    /// The records of a datagram, in their order, and what is wrong with the rest of it, if anything (RFC 6347, 4.1.1).
    pub fn read_datagram(datagram: &[u8]) -> (Vec<Self>, Result<(), DecodeError>) {
        let mut reader = Reader::new(datagram);
        let mut records = Vec::new();
        while !reader.is_empty() {
            match Self::read(&mut reader) {
                Ok(record) => records.push(record),
                Err(error) => return (records, Err(error)),
            }
        }
        (records, Ok(()))
    }
}

impl Codec for DatagramRecord {
    const FIELD: &'static str = "DTLSPlaintext";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            content_type: ContentType::read(reader)?,
            version: ProtocolVersion::read(reader)?,
            epoch: reader.u16("epoch")?,
            sequence_number: SequenceNumber::read(reader)?,
            fragment: reader.opaque(Prefix::Two, "fragment", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.content_type.write(writer);
        self.version.write(writer);
        writer.u16(self.epoch);
        self.sequence_number.write(writer);
        writer.opaque(Prefix::Two, "fragment", &self.fragment);
    }
}
