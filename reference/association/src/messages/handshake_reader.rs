use std::collections::VecDeque;

use thiserror::Error;

use super::{HandshakeMessage, HandshakeType};

/// Joins the fragments of handshake records to messages: a message may span records, and a record hold several messages
/// (RFC 5246, 6.2.1).
///
/// It keeps what was pushed and not yet read, and nothing else.
#[derive(Clone, Debug)]
pub struct HandshakeReader {
    octets: VecDeque<u8>,
    maximum: usize,
}

impl HandshakeReader {
    /// A reader that refuses messages whose body has more than `maximum` octets.
    pub fn new(maximum: usize) -> Self {
        Self {
            octets: VecDeque::new(),
            maximum,
        }
    }

    /// Takes the fragment of the next handshake record.
    pub fn push(&mut self, fragment: &[u8]) {
        self.octets.extend(fragment);
    }

    /// Whether no message has begun.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The next message, once it is there. A message that is too long is refused by its header alone, and stays.
    pub fn read(&mut self) -> Result<Option<HandshakeMessage>, MessageTooLong> {
        let mut header = self.octets.iter().copied();
        let (Some(message_type), Some(high), Some(middle), Some(low)) =
            (header.next(), header.next(), header.next(), header.next())
        else {
            return Ok(None);
        };
        let length = u32::from_be_bytes([0, high, middle, low]);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > self.maximum {
            return Err(MessageTooLong {
                maximum: self.maximum,
                got: length,
            });
        }
        if self.octets.len() - HandshakeMessage::HEADER_LENGTH < length {
            return Ok(None);
        }
        self.octets.drain(..HandshakeMessage::HEADER_LENGTH);
        Ok(Some(HandshakeMessage {
            message_type: HandshakeType(message_type),
            body: self.octets.drain(..length).collect(),
        }))
    }
}

/// A handshake message that is longer than the receiver takes.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("body of a handshake message: expected at most {maximum} octets, got {got}")]
pub struct MessageTooLong {
    /// The most octets that are taken.
    pub maximum: usize,
    /// The octets that the header says.
    pub got: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_that_spans_records_is_joined() {
        let mut reader = HandshakeReader::new(2);
        for octet in [16, 0, 0, 2, 7] {
            reader.push(&[octet]);
            assert_eq!(reader.read(), Ok(None));
        }
        reader.push(&[8, 14]);
        let message = HandshakeMessage {
            message_type: HandshakeType::CLIENT_KEY_EXCHANGE,
            body: vec![7, 8],
        };
        assert_eq!(reader.read(), Ok(Some(message)));
        assert!(!reader.is_empty(), "the next message has begun");
    }

    #[test]
    fn message_beyond_the_maximum_is_refused_by_its_header() {
        let mut reader = HandshakeReader::new(2);
        reader.push(&[16, 0, 0, 3]);
        assert_eq!(reader.read(), Err(MessageTooLong { maximum: 2, got: 3 }));
    }
}
