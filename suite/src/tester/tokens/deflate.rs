//! Compression by DEFLATE (RFC 1951), in one block of fixed codes.

/// How many spaces stand behind what is compressed with a tail: 4096 runs of the longest length.
const RUNS: usize = 4096;

/// Octets, compressed to about as many.
pub(super) fn compressed(octets: &[u8]) -> Vec<u8> {
    let mut bits = Bits::begun();
    octets.iter().for_each(|octet| bits.literal(*octet));
    bits.ended()
}

/// Octets with a million spaces behind them, compressed to a few thousand.
pub(super) fn compressed_with_tail(octets: &[u8]) -> Vec<u8> {
    let mut bits = Bits::begun();
    octets
        .iter()
        .chain(b" ")
        .for_each(|octet| bits.literal(*octet));
    for _ in 0..RUNS {
        // 258 octets, each the same as the one before it (RFC 1951, 3.2.5).
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.ended()
}

struct Bits {
    octets: Vec<u8>,
    used: u32,
}

impl Bits {
    /// The last block, with fixed codes.
    fn begun() -> Self {
        let mut bits = Self {
            octets: Vec::new(),
            used: 0,
        };
        bits.bit(true);
        bits.bit(true);
        bits.bit(false);
        bits
    }

    fn bit(&mut self, bit: bool) {
        if self.used == 0 {
            self.octets.push(0);
        }
        if let Some(last) = self.octets.last_mut() {
            *last |= u8::from(bit) << self.used;
        }
        self.used = (self.used + 1) % 8;
    }

    /// A code, from its most significant bit.
    fn code(&mut self, code: u16, length: u32) {
        for place in (0..length).rev() {
            self.bit(code >> place & 1 == 1);
        }
    }

    /// RFC 1951, 3.2.6.
    fn literal(&mut self, octet: u8) {
        match octet {
            0..=143 => self.code(0x30 + u16::from(octet), 8),
            _ => self.code(0x190 + u16::from(octet) - 144, 9),
        }
    }

    fn ended(mut self) -> Vec<u8> {
        self.code(0, 7);
        self.octets
    }
}

#[cfg(test)]
mod tests {
    use super::{compressed, compressed_with_tail};

    #[test]
    fn what_zlib_makes_is_made() {
        // The raw stream of zlib for the same octets with its strategy of fixed codes.
        assert_eq!(compressed(b"{}"), [0xab, 0xae, 0x05, 0x00]);
        assert!(compressed_with_tail(b"{}").len() < 8000);
    }
}
