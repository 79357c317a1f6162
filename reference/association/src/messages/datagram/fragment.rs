use std::num::NonZeroUsize;

use crate::messages::{
    Codec, DecodeError, HandshakeMessage, HandshakeType, Prefix, Reader, Writer,
};

/// A handshake message of DTLS or a part of it (RFC 6347, 4.2.2). Numbers that contradict each other are kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fragment {
    /// The type of the message.
    pub message_type: HandshakeType,
    /// The octets of the whole body, 24 bits.
    pub length: u32,
    /// The number of the message within the handshake.
    pub message_seq: u16,
    /// Where in the body the part begins, 24 bits.
    pub fragment_offset: u32,
    /// The part, up to 2^24-1 octets.
    pub body: Vec<u8>,
}

impl Fragment {
    /// The octets of a header.
    pub const HEADER_LENGTH: usize = 12;

    /// The message in one piece, which is also what the handshake hash takes (RFC 6347, 4.2.6).
    pub fn whole(message_seq: u16, message: &HandshakeMessage) -> Self {
        Self {
            message_type: message.message_type,
            length: number(message.body.len()),
            message_seq,
            fragment_offset: 0,
            body: message.body.clone(),
        }
    }

    /// The message in parts of up to `size` octets of its body, in their order (RFC 6347, 4.2.3).
    pub fn split(message_seq: u16, message: &HandshakeMessage, size: NonZeroUsize) -> Vec<Self> {
        if message.body.is_empty() {
            return vec![Self::whole(message_seq, message)];
        }
        message
            .body
            .chunks(size.get())
            .zip((0..).step_by(size.get()))
            .map(|(part, offset)| Self {
                message_type: message.message_type,
                length: number(message.body.len()),
                message_seq,
                fragment_offset: number(offset),
                body: part.to_vec(),
            })
            .collect()
    }

    /// The fragments of a handshake record, in their order (RFC 6347, 4.2.3).
    pub fn read_record(fragment: &[u8]) -> Result<Vec<Self>, DecodeError> {
        let mut reader = Reader::new(fragment);
        let mut fragments = Vec::new();
        while !reader.is_empty() {
            fragments.push(Self::read(&mut reader)?);
        }
        Ok(fragments)
    }
}

/// A count of octets for a field of 24 bits, whose writer refuses what does not fit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Codec for Fragment {
    const FIELD: &'static str = "Handshake";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            message_type: HandshakeType::read(reader)?,
            length: reader.u24("length")?,
            message_seq: reader.u16("message_seq")?,
            fragment_offset: reader.u24("fragment_offset")?,
            body: reader.opaque(Prefix::Three, "fragment_length", 0..=0xff_ffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.message_type.write(writer);
        writer.u24("length", self.length);
        writer.u16(self.message_seq);
        writer.u24("fragment_offset", self.fragment_offset);
        writer.opaque(Prefix::Three, "fragment_length", &self.body);
    }
}
