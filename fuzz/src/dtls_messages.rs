//! Octets as a datagram of DTLS.

use std::num::NonZeroUsize;

use onem2m_association::messages::datagram::{DatagramRecord, Fragment, Reassembler};
use onem2m_association::messages::{Alert, ChangeCipherSpec, ContentType, HandshakeMessage};

use crate::second_reading;

/// The longest handshake message that is taken.
const LONGEST: usize = 1 << 12;

/// How many messages are kept beyond the next one.
const AHEAD: u16 = 4;

/// Any octets are a datagram whose records and messages are written as the same octets; messages that were put together
/// from fragments are no longer than allowed, and are the same when they are taken apart again.
pub fn dtls_messages(data: &[u8]) {
    let (records, rest) = DatagramRecord::read_datagram(data);
    let mut reassembler = Reassembler::new(LONGEST, AHEAD);
    let mut read = 0;
    for record in &records {
        let length = DatagramRecord::HEADER_LENGTH + record.fragment.len();
        let octets = data.get(read..read + length).unwrap_or_default();
        let again = second_reading::read::<DatagramRecord>(octets);
        assert_eq!(again.as_ref(), Some(record));
        read += length;
        match record.content_type {
            ContentType::ALERT => drop(second_reading::read::<Alert>(&record.fragment)),
            ContentType::CHANGE_CIPHER_SPEC => {
                second_reading::read::<ChangeCipherSpec>(&record.fragment);
            }
            ContentType::HANDSHAKE => take(&mut reassembler, &record.fragment),
            _ => {}
        }
    }
    assert_eq!(rest.is_ok(), read == data.len());
}

fn take(reassembler: &mut Reassembler, fragment: &[u8]) {
    let Ok(fragments) = Fragment::read_record(fragment) else {
        return;
    };
    for fragment in &fragments {
        if let Err(error) = reassembler.push(fragment) {
            assert!(!error.to_string().is_empty());
        }
        while let Some((message_seq, message)) = reassembler.read() {
            assert!(message.body.len() <= LONGEST);
            second_reading::read_body(&message);
            check_parts(message_seq, &message);
        }
    }
}

fn check_parts(message_seq: u16, message: &HandshakeMessage) {
    let mut reassembler = Reassembler::new(LONGEST, 0);
    reassembler.expect(message_seq);
    let size = NonZeroUsize::MIN.saturating_add(message.body.len() / 3);
    for part in Fragment::split(message_seq, message, size).iter().rev() {
        assert_eq!(reassembler.read(), None);
        assert!(reassembler.push(part).is_ok());
    }
    assert_eq!(reassembler.read(), Some((message_seq, message.clone())));
}
