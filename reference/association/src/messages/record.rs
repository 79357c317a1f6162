use std::num::NonZeroUsize;

use super::{Codec, ContentType, DecodeError, Prefix, ProtocolVersion, Reader, Writer};

/// A record of TLS; its fragment is plaintext or ciphertext, as the state of the connection is (RFC 5246, 6.2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Record {
    /// The protocol above the record layer.
    pub content_type: ContentType,
    /// The version.
    pub version: ProtocolVersion,
    /// What is carried, up to 2^16-1 octets.
    pub fragment: Vec<u8>,
}

impl Record {
    /// The most octets of a plaintext fragment (RFC 5246, 6.2.1).
    pub const MAXIMUM_PLAINTEXT: usize = 1 << 14;
    /// The most octets of a ciphertext fragment (RFC 5246, 6.2.3).
    pub const MAXIMUM_CIPHERTEXT: usize = (1 << 14) + 2048;

    /// Carries `octets` in records with fragments of up to `size` octets; no octets are carried in one empty record.
    pub fn split(
        content_type: ContentType,
        version: ProtocolVersion,
        octets: &[u8],
        size: NonZeroUsize,
    ) -> Vec<Self> {
        let record = |fragment: &[u8]| Self {
            content_type,
            version,
            fragment: fragment.to_vec(),
        };
        if octets.is_empty() {
            return vec![record(&[])];
        }
        octets.chunks(size.get()).map(record).collect()
    }
}

impl Codec for Record {
    const FIELD: &'static str = "TLSPlaintext";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            content_type: ContentType::read(reader)?,
            version: ProtocolVersion::read(reader)?,
            fragment: reader.opaque(Prefix::Two, "fragment", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.content_type.write(writer);
        self.version.write(writer);
        writer.opaque(Prefix::Two, "fragment", &self.fragment);
    }
}

/// What precedes the fragment of a record (RFC 5246, 6.2.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RecordHeader {
    /// The protocol above the record layer.
    pub content_type: ContentType,
    /// The version.
    pub version: ProtocolVersion,
    /// The octets of the fragment.
    pub length: u16,
}

impl RecordHeader {
    /// The octets of a header.
    pub const LENGTH: usize = 5;
}

impl Codec for RecordHeader {
    const FIELD: &'static str = "record header";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            content_type: ContentType::read(reader)?,
            version: ProtocolVersion::read(reader)?,
            length: reader.u16("length")?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.content_type.write(writer);
        self.version.write(writer);
        writer.u16(self.length);
    }
}
