//! Message IDs and tokens of the tester.

use onem2m_primitive::coap::{Message, Token};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU16, Ordering};

/// Message IDs one after the other from a random one (RFC 7252, 4.4), and tokens that cannot be guessed (5.3.1).
pub struct Numbers {
    next: AtomicU16,
    tokens: RandomState,
}

impl Numbers {
    /// Draws the first.
    pub fn new() -> Self {
        let tokens = RandomState::new();
        let [high, low, ..] = tokens.hash_one("message").to_be_bytes();
        Self {
            next: AtomicU16::new(u16::from_be_bytes([high, low])),
            tokens,
        }
    }

    /// Numbers a request.
    pub fn give(&self, request: &mut Message) {
        request.message_id = self.next.fetch_add(1, Ordering::Relaxed);
        let token = self.tokens.hash_one((request.message_id, "token"));
        request.token = Token::from(token.to_be_bytes());
    }
}

impl Default for Numbers {
    fn default() -> Self {
        Self::new()
    }
}
