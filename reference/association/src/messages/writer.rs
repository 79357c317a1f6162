use super::{Codec, EncodeError, Prefix};

/// Writes structures one after the other (RFC 5246, 4).
///
/// The first field that cannot express its value is kept, and is what [`Writer::finish`] then returns.
#[derive(Debug, Default)]
pub struct Writer {
    octets: Vec<u8>,
    error: Option<EncodeError>,
}

impl Writer {
    /// Octets as they are.
    pub fn put(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    /// A number of one octet.
    pub fn u8(&mut self, number: u8) {
        self.octets.push(number);
    }

    /// A number of two octets.
    pub fn u16(&mut self, number: u16) {
        self.put(&number.to_be_bytes());
    }

    /// A number of three octets.
    pub fn u24(&mut self, field: &'static str, number: u32) {
        let [high, rest @ ..] = number.to_be_bytes();
        if high != 0 {
            self.refuse(field, Prefix::Three.maximum(), u64::from(number));
        }
        self.put(&rest);
    }

    /// A number of four octets.
    pub fn u32(&mut self, number: u32) {
        self.put(&number.to_be_bytes());
    }

    /// A vector: the length of what `body` writes, and what it writes.
    pub fn vector(&mut self, prefix: Prefix, field: &'static str, body: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        body(&mut inner);
        if self.error.is_none() {
            self.error = inner.error;
        }
        self.opaque(prefix, field, &inner.octets);
    }

    /// A vector of octets.
    pub fn opaque(&mut self, prefix: Prefix, field: &'static str, octets: &[u8]) {
        let length = octets.len();
        let announced = u32::try_from(length).unwrap_or(u32::MAX);
        if length > prefix.maximum() {
            let got = u64::try_from(length).unwrap_or(u64::MAX);
            self.refuse(field, prefix.maximum(), got);
        }
        let [_, high, middle, low] = announced.to_be_bytes();
        match prefix {
            Prefix::One => self.put(&[low]),
            Prefix::Two => self.put(&[middle, low]),
            Prefix::Three => self.put(&[high, middle, low]),
        }
        self.put(octets);
    }

    /// A vector of structures.
    pub fn list<T: Codec>(&mut self, prefix: Prefix, field: &'static str, list: &[T]) {
        self.vector(prefix, field, |writer| {
            for element in list {
                element.write(writer);
            }
        });
    }

    /// What was written, unless some field could not express its value.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.octets),
        }
    }

    fn refuse(&mut self, field: &'static str, maximum: usize, got: u64) {
        self.error.get_or_insert(EncodeError {
            field,
            maximum: u64::try_from(maximum).unwrap_or(u64::MAX),
            got,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_nest() {
        let mut writer = Writer::default();
        writer.vector(Prefix::Two, "outer", |writer| {
            writer.opaque(Prefix::One, "inner", &[7, 8]);
        });
        assert_eq!(writer.finish(), Ok(vec![0, 3, 2, 7, 8]));
    }

    #[test]
    fn vector_too_long_for_its_length_is_refused() {
        let mut writer = Writer::default();
        writer.vector(Prefix::Two, "outer", |writer| {
            writer.opaque(Prefix::One, "inner", &[0; 256]);
        });
        let error = writer.finish().unwrap_err();
        assert_eq!(error.to_string(), "inner: expected at most 255, got 256");
    }
}
