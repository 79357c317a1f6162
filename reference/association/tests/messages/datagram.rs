//! Fragments of DTLS and what is put together from them.

use std::num::NonZeroUsize;

use onem2m_association::messages::datagram::*;
use onem2m_association::messages::*;
use proptest::prelude::*;

use crate::octets::hex;
use crate::values::handshake_message;

fn message(body: &[u8]) -> HandshakeMessage {
    HandshakeMessage {
        message_type: HandshakeType::CLIENT_KEY_EXCHANGE,
        body: body.to_vec(),
    }
}

fn part(message_seq: u16, length: u32, fragment_offset: u32, body: &[u8]) -> Fragment {
    Fragment {
        message_type: HandshakeType::CLIENT_KEY_EXCHANGE,
        length,
        message_seq,
        fragment_offset,
        body: body.to_vec(),
    }
}

/// RFC 6347, 4.1 and 4.2.2.
#[test]
fn record_and_fragment_have_their_octets() {
    let fragment = part(3, 6, 2, &[7, 8]);
    let octets = hex("10 000006 0003 000002 000002 0708");
    assert_eq!(fragment.encode(), Ok(octets.clone()));
    assert_eq!(Fragment::decode(&octets), Ok(fragment));
    let record = DatagramRecord {
        content_type: ContentType::HANDSHAKE,
        version: ProtocolVersion::DTLS_1_2,
        epoch: 1,
        sequence_number: SequenceNumber::new(0x0102_0304_0506).unwrap(),
        fragment: octets,
    };
    let octets = hex("16 fefd 0001 010203040506 000e 10 000006 0003 000002 000002 0708");
    assert_eq!(record.encode(), Ok(octets.clone()));
    assert_eq!(DatagramRecord::decode(&octets), Ok(record));
}

#[test]
fn records_before_a_malformed_one_are_read() {
    let datagram = hex("15 fefd 0000 000000000000 0002 0100  16 fefd 00");
    let (records, rest) = DatagramRecord::read_datagram(&datagram);
    assert_eq!(records.len(), 1);
    assert!(matches!(rest, Err(DecodeError::Short { .. })));
}

#[test]
fn message_without_content_is_one_fragment() {
    let empty = message(&[]);
    let fragments = Fragment::split(4, &empty, NonZeroUsize::MIN);
    assert_eq!(fragments, [Fragment::whole(4, &empty)]);
}

#[test]
fn fragments_are_joined_in_any_order_with_overlap_and_repetition() {
    let parts = [
        part(0, 5, 3, &[4, 5]),
        part(0, 5, 0, &[1, 2]),
        part(0, 5, 0, &[1, 2]),
        part(0, 5, 1, &[2, 3, 4]),
    ];
    let mut reassembler = Reassembler::new(5, 0);
    for part in &parts {
        assert_eq!(reassembler.read(), None);
        assert_eq!(reassembler.push(part), Ok(Arrival::Stored));
    }
    assert_eq!(reassembler.read(), Some((0, message(&[1, 2, 3, 4, 5]))));
    assert_eq!(reassembler.push(&parts[0]), Ok(Arrival::Old));
}

#[test]
fn messages_are_read_in_the_order_of_their_numbers() {
    let mut reassembler = Reassembler::new(5, 1);
    assert_eq!(
        reassembler.push(&part(2, 1, 0, &[2])),
        Ok(Arrival::TooFarAhead)
    );
    assert_eq!(reassembler.push(&part(1, 1, 0, &[1])), Ok(Arrival::Stored));
    assert_eq!(reassembler.read(), None);
    assert_eq!(reassembler.push(&part(0, 0, 0, &[])), Ok(Arrival::Stored));
    assert_eq!(reassembler.read(), Some((0, message(&[]))));
    assert_eq!(reassembler.read(), Some((1, message(&[1]))));
    assert_eq!(reassembler.next(), Some(2));
}

#[test]
fn nothing_follows_the_last_message_number() {
    let mut reassembler = Reassembler::new(5, 0);
    reassembler.expect(u16::MAX);
    let last = part(u16::MAX, 0, 0, &[]);
    assert_eq!(reassembler.push(&last), Ok(Arrival::Stored));
    assert!(reassembler.read().is_some());
    assert_eq!(reassembler.next(), None);
    assert_eq!(reassembler.push(&last), Ok(Arrival::Old));
}

#[test]
fn contradictory_fragments_are_refused_and_change_nothing() {
    let mut reassembler = Reassembler::new(16, 0);
    reassembler.push(&part(0, 4, 0, &[1, 2])).unwrap();
    let mut other_type = part(0, 4, 2, &[3, 4]);
    other_type.message_type = HandshakeType::FINISHED;
    let refused = [
        (
            part(0, 5, 2, &[3, 4]),
            "length of a handshake message: expected 4 as before, got 5",
        ),
        (
            part(0, 4, 3, &[3, 4]),
            "end of a fragment: expected at most 4, got 5",
        ),
        (
            part(0, 4, 1, &[9, 4]),
            "octet 1 of a handshake message: expected 0x02 as before, got 0x09",
        ),
        (
            part(0, 0xff_ffff, 0, &[0; 10]),
            "length of a handshake message: expected at most 16 octets, got 16777215",
        ),
        (
            other_type,
            "type of a fragment: expected client_key_exchange(16) as before, got finished(20)",
        ),
    ];
    for (fragment, text) in refused {
        let error = reassembler.push(&fragment).unwrap_err();
        assert_eq!(error.to_string(), text);
    }
    reassembler.push(&part(0, 4, 2, &[3, 4])).unwrap();
    assert_eq!(reassembler.read(), Some((0, message(&[1, 2, 3, 4]))));
}

proptest! {
    #[test]
    fn fragments_of_any_size_are_joined_in_any_order(
        message in handshake_message(),
        size in 1_usize..50,
        order: Vec<prop::sample::Index>,
    ) {
        let size = NonZeroUsize::new(size).unwrap();
        let mut fragments = Fragment::split(7, &message, size);
        for index in order {
            let place = index.index(fragments.len());
            fragments.swap(0, place);
        }
        let mut reassembler = Reassembler::new(300, 0);
        reassembler.expect(7);
        for fragment in &fragments {
            prop_assert_eq!(reassembler.read(), None);
            let fragment = Fragment::decode(&fragment.encode().unwrap()).unwrap();
            prop_assert_eq!(reassembler.push(&fragment), Ok(Arrival::Stored));
        }
        prop_assert_eq!(reassembler.read(), Some((7, message)));
    }
}
