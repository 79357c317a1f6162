//! Bodies that arrive in blocks from several sides at once.

use std::hash::Hash;
use std::time::Duration;

use super::block::{Block, BlockError, Reassembly};
use super::retained::Retained;

/// Unfinished bodies by key: for Block1, whoever sends together with the options that all blocks of a request share
/// (RFC 7959, 2.5).
#[derive(Debug, Clone)]
pub struct Transfers<K> {
    unfinished: Retained<K, Reassembly>,
    body_limit: usize,
}

/// How far a body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// More blocks are to come.
    Unfinished,
    /// The whole body.
    Complete(Vec<u8>),
}

impl<K: Clone + Eq + Hash> Transfers<K> {
    /// Room for so many bodies at once, for a body of so many octets, and for so many octets in all. Whoever exceeds the first
    /// or the last puts out the body that waits for a block longest.
    pub fn new(most_bodies: usize, body_limit: usize, most_octets: usize) -> Self {
        Self {
            unfinished: Retained::new(most_bodies, most_octets),
            body_limit: body_limit.min(most_octets),
        }
    }

    /// Takes a block. After an error the body has to be sent from its first block on.
    pub fn take(
        &mut self,
        key: K,
        block: Block,
        octets: &[u8],
        now: Duration,
    ) -> Result<Progress, BlockError> {
        let mut reassembly = self.unfinished.remove(&key).unwrap_or_default();
        if reassembly.take(block, octets, self.body_limit)? {
            return Ok(Progress::Complete(reassembly.into_body()));
        }
        let octets = reassembly.len();
        self.unfinished.put(key, reassembly, octets, now);
        Ok(Progress::Unfinished)
    }

    /// Drops the bodies whose last block came before a moment.
    pub fn expire(&mut self, before: Duration) {
        self.unfinished.expire(before);
    }

    /// How many bodies are unfinished.
    pub fn len(&self) -> usize {
        self.unfinished.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.unfinished.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::block::{BlockSize, block};
    use super::*;

    const START: Duration = Duration::ZERO;

    fn take(
        transfers: &mut Transfers<char>,
        key: char,
        number: u32,
    ) -> Result<Progress, BlockError> {
        let body = [7; 48];
        let (place, octets) = block(&body, number, BlockSize::Octets16).unwrap();
        transfers.take(key, place, octets, START)
    }

    #[test]
    fn bodies_arrive_side_by_side() {
        let mut transfers = Transfers::new(2, 48, 100);
        for number in 0..2 {
            for key in ['a', 'b'] {
                assert_eq!(take(&mut transfers, key, number), Ok(Progress::Unfinished));
            }
        }
        assert_eq!(
            take(&mut transfers, 'a', 2),
            Ok(Progress::Complete(vec![7; 48]))
        );
        assert_eq!(transfers.len(), 1);
    }

    #[test]
    fn one_body_too_many_puts_out_the_one_that_waits_longest() {
        let mut transfers = Transfers::new(2, 48, 100);
        for key in ['a', 'b', 'c'] {
            assert_eq!(take(&mut transfers, key, 0), Ok(Progress::Unfinished));
        }
        assert!(matches!(
            take(&mut transfers, 'a', 1),
            Err(BlockError::Gap {
                expected: 0,
                got: 16
            })
        ));
        assert_eq!(take(&mut transfers, 'c', 1), Ok(Progress::Unfinished));
    }

    #[test]
    fn body_beyond_the_limit_is_refused() {
        let mut transfers = Transfers::new(2, 40, 100);
        for number in 0..2 {
            assert!(take(&mut transfers, 'a', number).is_ok());
        }
        assert_eq!(
            take(&mut transfers, 'a', 2),
            Err(BlockError::TooLarge { limit: 40 })
        );
        assert!(transfers.is_empty());
    }

    #[test]
    fn body_expires_with_its_last_block() {
        let mut transfers = Transfers::new(2, 48, 100);
        assert!(take(&mut transfers, 'a', 0).is_ok());
        transfers.expire(START);
        assert_eq!(transfers.len(), 1);
        transfers.expire(Duration::from_secs(1));
        assert!(transfers.is_empty());
    }
}
