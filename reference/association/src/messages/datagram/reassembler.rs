use std::collections::BTreeMap;

use thiserror::Error;

use super::Fragment;
use crate::messages::{HandshakeMessage, HandshakeType};

/// Puts handshake messages of DTLS together and in order, whatever the order, overlap and repetition of their fragments
/// (RFC 6347, 4.2.2 and 4.2.3).
///
/// It holds the next message and at most `ahead` beyond it, each of at most `maximum` octets, in memory proportional to
/// the octets that arrived, whatever was announced. A fragment that is refused changes nothing.
#[derive(Clone, Debug)]
pub struct Reassembler {
    maximum: usize,
    ahead: u16,
    /// One more than a message_seq can be, once the last one was read.
    next: u32,
    partial: BTreeMap<u16, Partial>,
}

impl Reassembler {
    /// A reassembler that expects message_seq 0 first.
    pub fn new(maximum: usize, ahead: u16) -> Self {
        Self {
            maximum,
            ahead,
            next: 0,
            partial: BTreeMap::new(),
        }
    }

    /// Takes a fragment.
    pub fn push(&mut self, fragment: &Fragment) -> Result<Arrival, ReassemblyError> {
        match u32::from(fragment.message_seq).checked_sub(self.next) {
            None => return Ok(Arrival::Old),
            Some(ahead) if ahead > u32::from(self.ahead) => return Ok(Arrival::TooFarAhead),
            Some(_) => {}
        }
        let length = octets(fragment.length);
        if length > self.maximum {
            return Err(ReassemblyError::TooLong {
                maximum: self.maximum,
                got: length,
            });
        }
        let end = octets(fragment.fragment_offset).saturating_add(fragment.body.len());
        if end > length {
            return Err(ReassemblyError::BeyondEnd { length, got: end });
        }
        match self.partial.get_mut(&fragment.message_seq) {
            Some(partial) => partial.extend(fragment)?,
            None => {
                let mut partial = Partial::new(fragment.message_type, length);
                partial.extend(fragment)?;
                self.partial.insert(fragment.message_seq, partial);
            }
        }
        Ok(Arrival::Stored)
    }

    /// The next message in order, with its message_seq, once all of it is there.
    pub fn read(&mut self) -> Option<(u16, HandshakeMessage)> {
        let entry = self.partial.first_entry()?;
        if u32::from(*entry.key()) != self.next || !entry.get().is_complete() {
            return None;
        }
        let (message_seq, partial) = entry.remove_entry();
        self.next += 1;
        Some((message_seq, partial.into_message()))
    }

    /// The message_seq that is read next; `None` after the last one that there can be.
    pub fn next(&self) -> Option<u16> {
        u16::try_from(self.next).ok()
    }

    /// Expects `message_seq` next, and forgets all earlier messages: a server that keeps no state before the cookie is
    /// verified goes on with what the client sends then (RFC 6347, 4.2.1).
    pub fn expect(&mut self, message_seq: u16) {
        self.next = u32::from(message_seq);
        self.partial.retain(|number, _| *number >= message_seq);
    }
}

/// What became of a fragment that is not contradictory.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Arrival {
    /// It is kept, or was there already.
    Stored,
    /// Its message was read before: the peer repeats a flight.
    Old,
    /// Its message is further ahead than is kept; it was dropped.
    TooFarAhead,
}

/// A fragment that contradicts itself, the limits, or what arrived before.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum ReassemblyError {
    /// The message is longer than the receiver takes.
    #[error("length of a handshake message: expected at most {maximum} octets, got {got}")]
    TooLong {
        /// The most octets that are taken.
        maximum: usize,
        /// The octets that the fragment announces.
        got: usize,
    },
    /// The fragment ends beyond its message.
    #[error("end of a fragment: expected at most {length}, got {got}")]
    BeyondEnd {
        /// The octets of the message.
        length: usize,
        /// Where the fragment would end.
        got: usize,
    },
    /// The type differs from that of an earlier fragment of the message.
    #[error("type of a fragment: expected {expected} as before, got {got}")]
    Type {
        /// The type of the earlier fragments.
        expected: HandshakeType,
        /// The type of this one.
        got: HandshakeType,
    },
    /// The length of the message differs from that in an earlier fragment.
    #[error("length of a handshake message: expected {expected} as before, got {got}")]
    Length {
        /// The length in the earlier fragments.
        expected: usize,
        /// The length in this one.
        got: usize,
    },
    /// The fragment overlaps an earlier one and has other octets there.
    #[error(
        "octet {offset} of a handshake message: expected {expected:#04x} as before, got {got:#04x}"
    )]
    Content {
        /// Where in the message they first differ.
        offset: usize,
        /// The octet of the earlier fragment.
        expected: u8,
        /// The octet of this one.
        got: u8,
    },
}

/// A message of which some octets arrived.
#[derive(Clone, Debug)]
struct Partial {
    message_type: HandshakeType,
    length: usize,
    /// What arrived, by its place.
    octets: BTreeMap<usize, u8>,
}

impl Partial {
    fn new(message_type: HandshakeType, length: usize) -> Self {
        Self {
            message_type,
            length,
            octets: BTreeMap::new(),
        }
    }

    /// Adds a fragment that ends within the message.
    fn extend(&mut self, fragment: &Fragment) -> Result<(), ReassemblyError> {
        if fragment.message_type != self.message_type {
            return Err(ReassemblyError::Type {
                expected: self.message_type,
                got: fragment.message_type,
            });
        }
        let length = octets(fragment.length);
        if length != self.length {
            return Err(ReassemblyError::Length {
                expected: self.length,
                got: length,
            });
        }
        let places = octets(fragment.fragment_offset)..;
        for (offset, &got) in places.clone().zip(&fragment.body) {
            match self.octets.get(&offset) {
                Some(&expected) if expected != got => {
                    return Err(ReassemblyError::Content {
                        offset,
                        expected,
                        got,
                    });
                }
                _ => {}
            }
        }
        self.octets
            .extend(places.zip(fragment.body.iter().copied()));
        Ok(())
    }

    fn is_complete(&self) -> bool {
        self.octets.len() == self.length
    }

    fn into_message(self) -> HandshakeMessage {
        HandshakeMessage {
            message_type: self.message_type,
            body: self.octets.into_values().collect(),
        }
    }
}

/// A count of 24 bits.
fn octets(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
