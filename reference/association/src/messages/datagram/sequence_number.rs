use crate::messages::{Codec, DecodeError, Reader, Writer};

/// The number of a record within its epoch: 48 bits (RFC 6347, 4.1).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SequenceNumber(u64);

impl SequenceNumber {
    /// The last number of an epoch.
    pub const MAXIMUM: Self = Self((1 << 48) - 1);

    /// The number, if it has 48 bits.
    pub fn new(number: u64) -> Option<Self> {
        (number <= Self::MAXIMUM.0).then_some(Self(number))
    }

    /// The number that follows; none follows the last of an epoch.
    pub fn next(self) -> Option<Self> {
        Self::new(self.0 + 1)
    }

    /// The number.
    pub fn number(self) -> u64 {
        self.0
    }

    /// The six octets of the number.
    pub fn octets(self) -> [u8; 6] {
        let [_, _, octets @ ..] = self.0.to_be_bytes();
        octets
    }
}

impl Codec for SequenceNumber {
    const FIELD: &'static str = "sequence_number";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let [a, b, c, d, e, f] = reader.array(Self::FIELD)?;
        Ok(Self(u64::from_be_bytes([0, 0, a, b, c, d, e, f])))
    }

    fn write(&self, writer: &mut Writer) {
        writer.put(&self.octets());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_the_last_number() {
        let last = SequenceNumber::new(0xffff_ffff_ffff).unwrap();
        assert_eq!(last, SequenceNumber::MAXIMUM);
        assert_eq!(last.next(), None);
        assert_eq!(SequenceNumber::new(1 << 48), None);
    }
}
