//! Octets as the stream of a TLS connection.

use onem2m_association::messages::{
    Alert, ChangeCipherSpec, Codec, ContentType, HandshakeMessage, HandshakeReader, Record,
    RecordOverflow, RecordReader,
};

use crate::second_reading;

/// The longest handshake message that is taken.
const LONGEST: usize = 1 << 14;

/// Any octets are a stream of records in whatever chunks they come, and its messages are written as the same octets.
pub fn tls_messages(data: &[u8]) {
    let (records, overflow) = records(data.chunks(data.len().max(1)));
    assert_eq!((records.clone(), overflow), self::records(data.chunks(7)));
    let mut read = 0;
    let mut handshake = HandshakeReader::new(LONGEST);
    for record in &records {
        let octets = record.encode().unwrap_or_default();
        assert_eq!(data.get(read..read + octets.len()), Some(octets.as_slice()));
        read += octets.len();
        match record.content_type {
            ContentType::ALERT => drop(second_reading::read::<Alert>(&record.fragment)),
            ContentType::CHANGE_CIPHER_SPEC => {
                second_reading::read::<ChangeCipherSpec>(&record.fragment);
            }
            ContentType::HANDSHAKE => handshake.push(&record.fragment),
            _ => {}
        }
    }
    while let Ok(Some(message)) = handshake.read() {
        assert!(message.body.len() <= LONGEST);
        let octets = message.encode().unwrap_or_default();
        assert_eq!(HandshakeMessage::decode(&octets).as_ref(), Ok(&message));
        second_reading::read_body(&message);
    }
}

/// The records of a stream that comes in `chunks`, and the one that ends it by its length, if there is one.
fn records<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> (Vec<Record>, Option<RecordOverflow>) {
    let mut reader = RecordReader::default();
    let mut records = Vec::new();
    for chunk in chunks {
        reader.push(chunk);
        loop {
            match reader.read() {
                Ok(Some(record)) => {
                    assert!(record.fragment.len() <= Record::MAXIMUM_CIPHERTEXT);
                    records.push(record);
                }
                Ok(None) => break,
                Err(overflow) => return (records, Some(overflow)),
            }
        }
    }
    (records, None)
}
