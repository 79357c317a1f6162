//! Blocks of a body (RFC 7959, 2).

use super::code::Code;
use super::message::Message;
use super::number::OptionNumber;
use super::options::{read_uint, uint};

/// What a Block1 or Block2 option says (RFC 7959, 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// NUM: which block, counted from 0; below 2^20.
    pub number: u32,
    /// M: whether more blocks follow.
    pub more: bool,
    /// SZX: the size of the blocks.
    pub size: BlockSize,
}

/// How many octets a block has that is not the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockSize {
    /// 16.
    Octets16,
    /// 32.
    Octets32,
    /// 64.
    Octets64,
    /// 128.
    Octets128,
    /// 256.
    Octets256,
    /// 512.
    Octets512,
    /// 1024.
    Octets1024,
}

/// Why a block does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// The option has more than three octets.
    #[error("block option: expected at most 3 octets, got {got}")]
    Length {
        /// The length.
        got: usize,
    },
    /// The size exponent 7, which is reserved.
    #[error("block option: expected a size exponent from 0 to 6, got 7")]
    Size,
    /// A block with another one before it that did not come.
    #[error("block: expected octets from {expected} on, got octets from {got} on")]
    Gap {
        /// Where the next block has to begin.
        expected: usize,
        /// Where it begins.
        got: usize,
    },
    /// A block is not as long as it says, or the last one is longer.
    #[error("block: expected {expected} octets, got {got}")]
    Payload {
        /// The size of a block.
        expected: usize,
        /// How many octets came.
        got: usize,
    },
    /// The body becomes too large.
    #[error("body: expected at most {limit} octets, got more")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

impl Block {
    /// The first number that has no place in an option.
    const NUMBERS: u32 = 1 << 20;

    /// The block before everything else, by which a size is asked for.
    pub const fn first(size: BlockSize) -> Self {
        Self {
            number: 0,
            more: false,
            size,
        }
    }

    /// The Block1 or Block2 option of a message.
    pub fn of(message: &Message, number: OptionNumber) -> Result<Option<Self>, BlockError> {
        message
            .options
            .all(number)
            .next()
            .map(Self::read)
            .transpose()
    }

    /// Reads the value of an option.
    pub fn read(value: &[u8]) -> Result<Self, BlockError> {
        let number = read_uint(value)
            .filter(|_| value.len() <= 3)
            .ok_or(BlockError::Length { got: value.len() })?;
        let size = BlockSize::ALL
            .into_iter()
            .find(|size| size.exponent() == number & 7)
            .ok_or(BlockError::Size)?;
        Ok(Self {
            number: number >> 4,
            more: number & 8 != 0,
            size,
        })
    }

    /// The value of the option.
    pub fn value(self) -> Vec<u8> {
        uint(self.number << 4 | u32::from(self.more) << 3 | self.size.exponent())
    }

    /// Where in the body it begins.
    pub fn offset(self) -> usize {
        usize::try_from(self.number)
            .unwrap_or(usize::MAX)
            .saturating_mul(self.size.octets())
    }
}

impl BlockSize {
    /// Every size, ascending.
    pub const ALL: [Self; 7] = [
        Self::Octets16,
        Self::Octets32,
        Self::Octets64,
        Self::Octets128,
        Self::Octets256,
        Self::Octets512,
        Self::Octets1024,
    ];

    /// How many octets.
    pub const fn octets(self) -> usize {
        16 << self.exponent()
    }

    /// SZX.
    pub const fn exponent(self) -> u32 {
        self as u32
    }
}

impl BlockError {
    /// The code that answers it in a request (RFC 7959, 2.2, 2.9.2 and 2.9.3).
    pub const fn code(self) -> Code {
        match self {
            Self::Length { .. } => Code::BAD_OPTION,
            Self::Size | Self::Payload { .. } => Code::BAD_REQUEST,
            Self::Gap { .. } => Code::REQUEST_ENTITY_INCOMPLETE,
            Self::TooLarge { .. } => Code::REQUEST_ENTITY_TOO_LARGE,
        }
    }
}

/// The block of `body` with a number, and its octets; `None` behind the end. An empty body has one block.
pub fn block(body: &[u8], number: u32, size: BlockSize) -> Option<(Block, &[u8])> {
    let place = Block {
        number,
        more: false,
        size,
    };
    let rest = body.get(place.offset()..)?;
    if number >= Block::NUMBERS || rest.is_empty() && number > 0 {
        return None;
    }
    let (octets, more) = match rest.split_at_checked(size.octets()) {
        Some((octets, behind)) => (octets, !behind.is_empty()),
        None => (rest, false),
    };
    Some((Block { more, ..place }, octets))
}

/// A body that is put together from blocks in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reassembly {
    octets: Vec<u8>,
}

impl Reassembly {
    /// How many octets have come.
    pub fn len(&self) -> usize {
        self.octets.len()
    }

    /// Whether none has come.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// Takes the next block, and tells whether it was the last. The first block begins anew.
    ///
    /// The size may change between blocks, as long as they follow each other (RFC 7959, 2.3 and 2.4).
    pub fn take(&mut self, block: Block, octets: &[u8], limit: usize) -> Result<bool, BlockError> {
        let expected = block.size.octets();
        let got = octets.len();
        if got > expected || block.more && got < expected {
            return Err(BlockError::Payload { expected, got });
        }
        if block.number == 0 {
            self.octets.clear();
        }
        if block.offset() != self.octets.len() {
            return Err(BlockError::Gap {
                expected: self.octets.len(),
                got: block.offset(),
            });
        }
        if self.octets.len() + got > limit {
            return Err(BlockError::TooLarge { limit });
        }
        self.octets.extend_from_slice(octets);
        Ok(!block.more)
    }

    /// The body so far.
    pub fn into_body(self) -> Vec<u8> {
        self.octets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_examples_are_read_and_written() {
        // RFC 7959, 3: 1:0/1/128 and 2:3/0/64, and an absent value, which is 0/0/16.
        for (value, number, more, octets) in [
            (&[0x0b][..], 0, true, 128),
            (&[0x32], 3, false, 64),
            (&[], 0, false, 16),
            (&[0x01, 0x0e], 16, true, 1024),
        ] {
            let block = Block::read(value).unwrap();
            assert_eq!((block.number, block.more), (number, more));
            assert_eq!(block.size.octets(), octets);
            assert_eq!(block.value(), value);
        }
    }

    #[test]
    fn reserved_size_and_overlong_option_are_refused() {
        assert_eq!(Block::read(&[0x07]), Err(BlockError::Size));
        assert_eq!(Block::read(&[0; 4]), Err(BlockError::Length { got: 4 }));
    }

    #[test]
    fn body_is_cut_into_blocks() {
        let body = [7; 40];
        let (first, octets) = block(&body, 0, BlockSize::Octets16).unwrap();
        assert!(first.more && octets.len() == 16);
        let (last, octets) = block(&body, 2, BlockSize::Octets16).unwrap();
        assert!(!last.more && octets.len() == 8);
        assert_eq!(block(&body, 3, BlockSize::Octets16), None);
        let (whole, octets) = block(&body[..16], 0, BlockSize::Octets16).unwrap();
        assert!(!whole.more && octets.len() == 16);
        assert_eq!(block(&body[..16], 1, BlockSize::Octets16), None);
        assert!(block(&[], 0, BlockSize::Octets16).is_some());
    }

    #[test]
    fn number_beyond_twenty_bits_is_no_block() {
        let body = vec![0; 16 * ((1 << 20) + 1)];
        assert!(block(&body, (1 << 20) - 1, BlockSize::Octets16).is_some());
        assert_eq!(block(&body, 1 << 20, BlockSize::Octets16), None);
    }

    #[test]
    fn blocks_are_joined_in_their_order_only() {
        let body: Vec<u8> = (0..100).collect();
        let mut reassembly = Reassembly::default();
        for number in 0..4 {
            let (place, octets) = block(&body, number, BlockSize::Octets32).unwrap();
            assert_eq!(reassembly.take(place, octets, 100), Ok(number == 3));
        }
        assert_eq!(reassembly.clone().into_body(), body);
        let (second, octets) = block(&body, 1, BlockSize::Octets32).unwrap();
        assert!(matches!(
            reassembly.take(second, octets, 200),
            Err(BlockError::Gap {
                expected: 100,
                got: 32
            })
        ));
        let (first, octets) = block(&body, 0, BlockSize::Octets32).unwrap();
        assert_eq!(reassembly.take(first, octets, 100), Ok(false));
        assert_eq!(reassembly.len(), 32);
    }

    #[test]
    fn block_of_another_length_and_too_large_body_are_refused() {
        let place = Block {
            number: 0,
            more: true,
            size: BlockSize::Octets16,
        };
        let mut reassembly = Reassembly::default();
        assert!(matches!(
            reassembly.take(place, &[0; 15], 100),
            Err(BlockError::Payload { .. })
        ));
        assert!(matches!(
            reassembly.take(Block::first(BlockSize::Octets16), &[0; 17], 100),
            Err(BlockError::Payload { .. })
        ));
        assert_eq!(
            reassembly.take(place, &[0; 16], 15),
            Err(BlockError::TooLarge { limit: 15 })
        );
    }
}
