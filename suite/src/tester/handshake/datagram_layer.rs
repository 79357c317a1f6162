//! The record layer over datagrams (RFC 6347, 4.1).

use super::cipher::{Cipher, RecordLabel};
use super::conduct::DatagramConduct;
use super::fragments::fragments;
use super::piece::{Content, Incoming, Piece};
use super::plaintext::Plaintext;
use super::seen::FragmentSeen;
use super::write_state::WriteState;
use onem2m_association::messages::datagram::{
    DatagramRecord, Fragment, Reassembler, SequenceNumber,
};
use onem2m_association::messages::{
    Alert, ChangeCipherSpec, Codec, ContentType, EncodeError, HandshakeMessage, HandshakeType,
    ProtocolVersion,
};
use rand_chacha::rand_core::Rng;
use std::collections::{BTreeMap, VecDeque};

/// The longest handshake message that is taken.
const LONGEST_MESSAGE: usize = 128 * 1024;
/// The messages that are kept ahead of the next one.
const AHEAD: u16 = 16;
/// The most records that are kept for an epoch without keys: a flight ends in the epoch behind its own.
const MOST_EARLY: usize = 16;
/// The most fragments of which is remembered that they came.
const MOST_FRAGMENTS: usize = 4096;

/// The records of an exchange of datagrams, in both directions.
pub struct DatagramLayer {
    /// The version in the headers of what is sent.
    pub version: ProtocolVersion,
    write: BTreeMap<u16, WriteState>,
    read: BTreeMap<u16, Cipher>,
    /// The epoch in which the IUT writes, as far as it showed.
    read_epoch: u16,
    next_number: u16,
    reassembler: Reassembler,
    /// Records of the next epoch, whose keys are not there yet.
    early: Vec<DatagramRecord>,
    incoming: VecDeque<Incoming>,
    /// The fragments that came, in their order.
    pub fragments: Vec<FragmentSeen>,
    /// Whether application data of epoch 0 came, or a datagram that begins with no record.
    pub in_the_clear: bool,
}

impl DatagramLayer {
    /// The layer before anything was sent.
    pub fn new() -> Self {
        Self {
            version: ProtocolVersion::DTLS_1_2,
            write: BTreeMap::from([(0, WriteState::new(Cipher::Null))]),
            read: BTreeMap::from([(0, Cipher::Null)]),
            read_epoch: 0,
            next_number: 0,
            reassembler: Reassembler::new(LONGEST_MESSAGE, AHEAD),
            early: Vec::new(),
            incoming: VecDeque::new(),
            fragments: Vec::new(),
            in_the_clear: false,
        }
    }

    /// Goes on as if a first ClientHello had been sent and answered.
    pub fn skip_first_hello(&mut self) {
        self.next_number = 1;
        self.reassembler.expect(1);
        if let Some(state) = self.write.get_mut(&0) {
            state.number();
        }
    }

    /// The number of the next handshake message.
    pub fn number(&mut self) -> u16 {
        let number = self.next_number;
        self.next_number = number.wrapping_add(1);
        number
    }

    /// Whether the next handshake message has a number beyond this one.
    pub fn is_past(&self, number: u16) -> bool {
        number < self.next_number
    }

    /// A message as the handshake hash takes it: in one piece (RFC 6347, 4.2.6).
    pub fn transcribe(message: &HandshakeMessage, number: u16) -> Result<Vec<u8>, EncodeError> {
        Fragment::whole(number, message).encode()
    }

    /// What is sent in an epoch is protected so.
    pub fn install_write(&mut self, epoch: u16, cipher: Cipher) {
        self.write.insert(epoch, WriteState::new(cipher));
    }

    /// What comes in the next epoch is protected so.
    pub fn install_read(&mut self, cipher: Cipher) {
        self.read.insert(self.read_epoch.saturating_add(1), cipher);
        for record in std::mem::take(&mut self.early) {
            self.take(&record);
        }
    }

    /// The datagrams of pieces, each with one record.
    pub fn encode(
        &mut self,
        pieces: &[Piece],
        conduct: &DatagramConduct,
        random: &mut impl Rng,
    ) -> Result<Vec<Vec<u8>>, String> {
        let mut datagrams = Vec::new();
        for piece in pieces {
            match &piece.content {
                Content::Octets(raw) => datagrams.push(raw.clone()),
                Content::Record(content_type, body) => datagrams.push(self.seal(
                    piece.epoch,
                    &Plaintext::new(*content_type, body),
                    random,
                )?),
                Content::Message(message, number) => {
                    let first_hello =
                        message.message_type == HandshakeType::CLIENT_HELLO && *number == 0;
                    for fragment in fragments(message, *number, &conduct.fragments, first_hello) {
                        let body = fragment.encode().map_err(|error| error.to_string())?;
                        datagrams.push(self.seal(
                            piece.epoch,
                            &Plaintext::new(ContentType::HANDSHAKE, &body),
                            random,
                        )?);
                    }
                }
            }
        }
        Ok(datagrams)
    }

    /// A record in an epoch with the next number there.
    pub fn seal(
        &mut self,
        epoch: u16,
        plaintext: &Plaintext<'_>,
        random: &mut impl Rng,
    ) -> Result<Vec<u8>, String> {
        let state = self.write.get_mut(&epoch);
        let state = state.ok_or_else(|| format!("epoch {epoch} has no keys"))?;
        let number = state.number();
        self.seal_as(epoch, number, plaintext, random)
    }

    /// A record in an epoch with a number of its own. An epoch without keys takes those of the last one that has some.
    pub fn seal_as(
        &self,
        epoch: u16,
        number: u64,
        plaintext: &Plaintext<'_>,
        random: &mut impl Rng,
    ) -> Result<Vec<u8>, String> {
        let sequence_number = SequenceNumber::new(number)
            .ok_or_else(|| format!("number {number} is beyond 48 bits"))?;
        let last = self.write.last_key_value().map(|(_, state)| state);
        let state = self.write.get(&epoch).or(last);
        let state = state.ok_or_else(|| format!("epoch {epoch} has no keys"))?;
        let (content_type, version) = (plaintext.content_type, self.version);
        let label = label(epoch, sequence_number, content_type, version);
        let fragment = state
            .cipher
            .seal(&label, plaintext.content, plaintext.fault, random)
            .map_err(|error| error.to_string())?;
        let record = DatagramRecord {
            content_type,
            version,
            epoch,
            sequence_number,
            fragment,
        };
        record.encode().map_err(|error| error.to_string())
    }

    /// Takes a datagram. A record that does not open is dropped (RFC 6347, 4.1.2.7); what is no record at all, nobody sends who
    /// speaks DTLS.
    pub fn push(&mut self, datagram: &[u8]) {
        let (records, _) = DatagramRecord::read_datagram(datagram);
        self.in_the_clear |= is_in_the_clear(&records);
        if records.is_empty() {
            let what = "a datagram that begins with no record".into();
            self.incoming.push_back(Incoming::Violation(what));
        }
        for record in records {
            self.take(&record);
        }
    }

    /// What is there of it.
    pub fn next(&mut self) -> Option<Incoming> {
        self.incoming.pop_front()
    }

    fn take(&mut self, record: &DatagramRecord) {
        let Some(cipher) = self.read.get(&record.epoch) else {
            let is_next = record.epoch == self.read_epoch.saturating_add(1);
            if is_next && self.early.len() < MOST_EARLY {
                self.early.push(record.clone());
            }
            return;
        };
        let label = label(
            record.epoch,
            record.sequence_number,
            record.content_type,
            record.version,
        );
        let Ok(content) = cipher.open(&label, &record.fragment) else {
            return;
        };
        if record.epoch > self.read_epoch {
            self.change(record.epoch);
        }
        let is_current = record.epoch == self.read_epoch;
        match record.content_type {
            ContentType::HANDSHAKE => self.handshake(record, &content),
            ContentType::CHANGE_CIPHER_SPEC => {
                let next = self.read_epoch.saturating_add(1);
                if is_current
                    && ChangeCipherSpec::decode(&content).is_ok()
                    && self.read.contains_key(&next)
                {
                    self.change(next);
                }
            }
            // What is not protected as the IUT writes now is nobody's word.
            _ if !is_current => {}
            ContentType::ALERT => {
                if let Ok(alert) = Alert::decode(&content) {
                    self.incoming.push_back(Incoming::Alert(alert));
                }
            }
            ContentType::APPLICATION_DATA => self.incoming.push_back(Incoming::Data(content)),
            other => self.incoming.push_back(Incoming::Other(other, content)),
        }
    }

    fn change(&mut self, epoch: u16) {
        self.read_epoch = epoch;
        self.incoming.push_back(Incoming::ChangeCipherSpec);
    }

    fn handshake(&mut self, record: &DatagramRecord, content: &[u8]) {
        let Ok(fragments) = Fragment::read_record(content) else {
            let what = "fragments of a handshake record do not add up".into();
            self.incoming.push_back(Incoming::Violation(what));
            return;
        };
        for fragment in fragments {
            if self.fragments.len() < MOST_FRAGMENTS {
                self.fragments.push(FragmentSeen {
                    epoch: record.epoch,
                    record: record.sequence_number.number(),
                    message_type: fragment.message_type,
                    message_seq: fragment.message_seq,
                    offset: fragment.fragment_offset,
                    octets: fragment.body.len(),
                });
            }
            if fragment.message_type == HandshakeType::HELLO_VERIFY_REQUEST {
                self.verify_request(fragment);
            } else if let Err(error) = self.reassembler.push(&fragment) {
                self.incoming
                    .push_back(Incoming::Violation(error.to_string()));
            }
        }
        while let Some((number, message)) = self.reassembler.read() {
            self.incoming.push_back(whole(message, number));
        }
    }

    /// A HelloVerifyRequest comes in one fragment, and with the same number each time from a server that keeps no state.
    fn verify_request(&mut self, fragment: Fragment) {
        let next = fragment.message_seq.saturating_add(1);
        if self
            .reassembler
            .next()
            .is_some_and(|expected| expected < next)
        {
            self.reassembler.expect(next);
        }
        let message = HandshakeMessage {
            message_type: fragment.message_type,
            body: fragment.body,
        };
        self.incoming
            .push_back(whole(message, fragment.message_seq));
    }
}

/// Whether records of a datagram hold what nobody protected; a datagram in which there is none is nothing else.
fn is_in_the_clear(records: &[DatagramRecord]) -> bool {
    let is_clear = |record: &DatagramRecord| {
        record.epoch == 0 && record.content_type == ContentType::APPLICATION_DATA
    };
    records.is_empty() || records.iter().any(is_clear)
}

/// The number under which a record is protected: its epoch and its number within that (RFC 6347, 4.1.2.1).
fn label(
    epoch: u16,
    number: SequenceNumber,
    content_type: ContentType,
    version: ProtocolVersion,
) -> RecordLabel {
    RecordLabel {
        sequence: u64::from(epoch) << 48 | number.number(),
        content_type,
        version,
    }
}

fn whole(message: HandshakeMessage, number: u16) -> Incoming {
    match DatagramLayer::transcribe(&message, number) {
        Ok(octets) => Incoming::Message(message, octets),
        Err(error) => Incoming::Violation(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(epoch: u16, content_type: ContentType) -> Vec<u8> {
        let record = DatagramRecord {
            content_type,
            version: ProtocolVersion::DTLS_1_2,
            epoch,
            sequence_number: SequenceNumber::default(),
            fragment: vec![7; 20],
        };
        record.encode().unwrap()
    }

    #[track_caller]
    fn assert_in_the_clear(datagram: &[u8], expected: bool) {
        let mut layer = DatagramLayer::new();
        layer.push(datagram);
        assert_eq!(layer.in_the_clear, expected);
    }

    #[test]
    fn only_data_of_epoch_0_and_bare_coap_are_in_the_clear() {
        use onem2m_primitive::coap::{Code, Message};
        let bare = Message::response(Code::CONTENT).write().unwrap();
        assert_in_the_clear(&bare, true);
        assert_in_the_clear(&record(0, ContentType::APPLICATION_DATA), true);
        assert_in_the_clear(&record(1, ContentType::APPLICATION_DATA), false);
        assert_in_the_clear(&record(0, ContentType::ALERT), false);
    }
}
