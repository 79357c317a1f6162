use std::collections::VecDeque;

use thiserror::Error;

use super::{Codec, Record, RecordHeader};

/// Takes the stream of a connection in any chunks and gives its records (RFC 5246, 6.2.1).
///
/// It keeps what was pushed and not yet read, and nothing else.
#[derive(Clone, Debug)]
pub struct RecordReader {
    octets: VecDeque<u8>,
    maximum: usize,
}

impl RecordReader {
    /// A reader that refuses fragments of more than `maximum` octets.
    pub fn new(maximum: usize) -> Self {
        Self {
            octets: VecDeque::new(),
            maximum,
        }
    }

    /// Takes the next chunk of the stream.
    pub fn push(&mut self, octets: &[u8]) {
        self.octets.extend(octets);
    }

    /// Whether the stream is between two records.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The octets that were not yet read.
    pub fn pending(&self) -> usize {
        self.octets.len()
    }

    /// The header of the next record, once it is there; its fragment may still be missing.
    pub fn header(&self) -> Option<RecordHeader> {
        let octets: Vec<u8> = self
            .octets
            .iter()
            .take(RecordHeader::LENGTH)
            .copied()
            .collect();
        RecordHeader::decode(&octets).ok()
    }

    /// The next record, once it is there. A record that is too long is refused by its header alone, and stays.
    pub fn read(&mut self) -> Result<Option<Record>, RecordOverflow> {
        let Some(header) = self.header() else {
            return Ok(None);
        };
        let length = usize::from(header.length);
        if length > self.maximum {
            return Err(RecordOverflow {
                maximum: self.maximum,
                got: length,
            });
        }
        if self.octets.len() < RecordHeader::LENGTH + length {
            return Ok(None);
        }
        self.octets.drain(..RecordHeader::LENGTH);
        Ok(Some(Record {
            content_type: header.content_type,
            version: header.version,
            fragment: self.octets.drain(..length).collect(),
        }))
    }
}

impl Default for RecordReader {
    /// A reader with the limit of ciphertext.
    fn default() -> Self {
        Self::new(Record::MAXIMUM_CIPHERTEXT)
    }
}

/// A record whose fragment is too long (RFC 5246, 7.2.2, record_overflow).
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("fragment of a record: expected at most {maximum} octets, got {got}")]
pub struct RecordOverflow {
    /// The most octets that are taken.
    pub maximum: usize,
    /// The octets that the header says.
    pub got: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{ContentType, ProtocolVersion};

    #[test]
    fn record_is_read_once_its_last_octet_arrived() {
        let mut reader = RecordReader::default();
        for octet in [23, 3, 3, 0, 2, 7] {
            reader.push(&[octet]);
            assert_eq!(reader.read(), Ok(None));
        }
        reader.push(&[8]);
        let record = Record {
            content_type: ContentType::APPLICATION_DATA,
            version: ProtocolVersion::TLS_1_2,
            fragment: vec![7, 8],
        };
        assert_eq!(reader.read(), Ok(Some(record)));
        assert!(reader.is_empty());
    }

    #[test]
    fn oversized_record_is_refused_by_its_header() {
        let mut reader = RecordReader::default();
        reader.push(&[23, 3, 3, 0x48, 0x01]);
        let overflow = RecordOverflow {
            maximum: 18432,
            got: 18433,
        };
        assert_eq!(reader.read(), Err(overflow));
        assert_eq!(reader.read(), Err(overflow));
    }

    #[test]
    fn largest_ciphertext_is_read() {
        let mut reader = RecordReader::default();
        reader.push(&[23, 3, 3, 0x48, 0x00]);
        reader.push(&[0; 18432]);
        let record = reader.read().unwrap().unwrap();
        assert_eq!(record.fragment.len(), 18432);
    }
}
