use std::ops::RangeInclusive;

use super::{Codec, DecodeError, Prefix};

/// Reads structures from the front of octets (RFC 5246, 4).
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    octets: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader of all of `octets`.
    pub fn new(octets: &'a [u8]) -> Self {
        Self { octets }
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The next `count` octets.
    pub fn take(&mut self, field: &'static str, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self
            .octets
            .split_at_checked(count)
            .ok_or(DecodeError::Short {
                field,
                expected: count,
                got: self.octets.len(),
            })?;
        self.octets = rest;
        Ok(taken)
    }

    /// The next `N` octets.
    pub fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], DecodeError> {
        let (taken, rest) = self
            .octets
            .split_first_chunk::<N>()
            .ok_or(DecodeError::Short {
                field,
                expected: N,
                got: self.octets.len(),
            })?;
        self.octets = rest;
        Ok(*taken)
    }

    /// All octets that are left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.octets)
    }

    /// A number of one octet.
    pub fn u8(&mut self, field: &'static str) -> Result<u8, DecodeError> {
        self.array(field).map(u8::from_be_bytes)
    }

    /// A number of two octets.
    pub fn u16(&mut self, field: &'static str) -> Result<u16, DecodeError> {
        self.array(field).map(u16::from_be_bytes)
    }

    /// A number of three octets.
    pub fn u24(&mut self, field: &'static str) -> Result<u32, DecodeError> {
        let [high, middle, low] = self.array(field)?;
        Ok(u32::from_be_bytes([0, high, middle, low]))
    }

    /// A number of four octets.
    pub fn u32(&mut self, field: &'static str) -> Result<u32, DecodeError> {
        self.array(field).map(u32::from_be_bytes)
    }

    /// A vector whose length is in `range`, as a reader of its own.
    pub fn vector(
        &mut self,
        prefix: Prefix,
        field: &'static str,
        range: RangeInclusive<usize>,
    ) -> Result<Self, DecodeError> {
        let length = match prefix {
            Prefix::One => usize::from(self.u8(field)?),
            Prefix::Two => usize::from(self.u16(field)?),
            // Where an address has 16 bits, what does not fit is longer than any octets that are there.
            Prefix::Three => usize::try_from(self.u24(field)?).unwrap_or(usize::MAX),
        };
        if !range.contains(&length) {
            return Err(DecodeError::Length {
                field,
                minimum: *range.start(),
                maximum: *range.end(),
                got: length,
            });
        }
        self.take(field, length).map(Self::new)
    }

    /// A vector of octets whose length is in `range`.
    pub fn opaque(
        &mut self,
        prefix: Prefix,
        field: &'static str,
        range: RangeInclusive<usize>,
    ) -> Result<Vec<u8>, DecodeError> {
        self.vector(prefix, field, range)
            .map(|mut vector| vector.rest().to_vec())
    }

    /// A vector of structures, whose length in octets is in `range`.
    pub fn list<T: Codec>(
        &mut self,
        prefix: Prefix,
        field: &'static str,
        range: RangeInclusive<usize>,
    ) -> Result<Vec<T>, DecodeError> {
        let mut vector = self.vector(prefix, field, range)?;
        let mut list = Vec::new();
        while !vector.is_empty() {
            list.push(T::read(&mut vector)?);
        }
        Ok(list)
    }

    /// Nothing if everything was read.
    pub fn finish(&self, field: &'static str) -> Result<(), DecodeError> {
        if self.octets.is_empty() {
            return Ok(());
        }
        Err(DecodeError::Trailing {
            field,
            got: self.octets.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_within_its_range_is_read() {
        let mut reader = Reader::new(&[0, 2, 7, 8, 9]);
        let vector = reader.opaque(Prefix::Two, "vector", 1..=2);
        assert_eq!(vector, Ok(vec![7, 8]));
        assert_eq!(reader.rest(), [9]);
    }

    #[test]
    fn vector_outside_its_range_is_refused() {
        let error = Reader::new(&[2, 7, 8])
            .opaque(Prefix::One, "vector", 0..=1)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "length of vector: expected 0 to 1 octets, got 2"
        );
    }

    #[test]
    fn announced_length_beyond_the_octets_is_refused() {
        let error = Reader::new(&[0xff, 0xff, 0xff, 1])
            .opaque(Prefix::Three, "vector", 0..=0xff_ffff)
            .unwrap_err();
        assert_eq!(
            error,
            DecodeError::Short {
                field: "vector",
                expected: 0xff_ffff,
                got: 1
            }
        );
    }

    #[test]
    fn element_cut_by_the_end_of_its_vector_is_refused() {
        let mut reader = Reader::new(&[0, 3, 0, 0xae, 0, 0xa8]);
        let suites: Result<Vec<crate::messages::CipherSuite>, _> =
            reader.list(Prefix::Two, "cipher_suites", 2..=0xfffe);
        assert!(matches!(
            suites,
            Err(DecodeError::Short {
                expected: 2,
                got: 1,
                ..
            })
        ));
    }
}
