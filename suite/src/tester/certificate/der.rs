//! A writer of DER (ITU-T X.690), element by element. It does not keep anybody from writing what is wrong.

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const RELATIVE_OID: u8 = 0x0d;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag of a primitive element of the context, `[number]`.
pub(super) const fn primitive(number: u8) -> u8 {
    0x80 | number
}

/// The tag of a constructed element of the context, `[number]`.
pub(super) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// One element: tag, the shortest form of its length, content.
pub(super) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    claiming(tag, content.len(), content)
}

/// An element whose length field claims something else than its content has.
pub(super) fn claiming(tag: u8, length: usize, content: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(content.len() + 10);
    octets.push(tag);
    match u8::try_from(length) {
        Ok(short @ 0..0x80) => octets.push(short),
        _ => {
            let significant: Vec<u8> = length
                .to_be_bytes()
                .into_iter()
                .skip_while(|octet| *octet == 0)
                .collect();
            // A usize has at most eight octets.
            octets.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            octets.extend(significant);
        }
    }
    octets.extend_from_slice(content);
    octets
}

/// A SEQUENCE of elements.
pub(super) fn sequence<Part: AsRef<[u8]>>(parts: impl IntoIterator<Item = Part>) -> Vec<u8> {
    element(SEQUENCE, &concatenate(parts))
}

/// Elements one behind the other.
pub(super) fn concatenate<Part: AsRef<[u8]>>(parts: impl IntoIterator<Item = Part>) -> Vec<u8> {
    parts.into_iter().fold(Vec::new(), |mut octets, part| {
        octets.extend_from_slice(part.as_ref());
        octets
    })
}

/// The INTEGER of a number without a sign, given from its most significant octet.
pub(super) fn unsigned(magnitude: &[u8]) -> Vec<u8> {
    let mut content: Vec<u8> = magnitude
        .iter()
        .copied()
        .skip_while(|octet| *octet == 0)
        .collect();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    element(INTEGER, &content)
}

/// A BOOLEAN that is true.
pub(super) fn truth() -> Vec<u8> {
    element(BOOLEAN, &[0xff])
}

/// A BIT STRING of whole octets.
pub(super) fn bit_string(octets: &[u8]) -> Vec<u8> {
    let mut content = vec![0];
    content.extend_from_slice(octets);
    element(BIT_STRING, &content)
}

/// A BIT STRING of named bits: those that are set, by their numbers, without zeros at the end (X.690, 11.2.2).
pub(super) fn named_bits(numbers: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let bits = numbers
        .into_iter()
        .fold(0_u16, |bits, number| bits | (0x8000_u16 >> number.min(15)));
    let unused = bits.trailing_zeros().min(16);
    let octets: Vec<u8> = bits
        .to_be_bytes()
        .into_iter()
        .take(usize::from(bits != 0) + usize::from(unused < 8))
        .collect();
    let mut content = vec![u8::try_from(unused % 8).unwrap_or(0)];
    content.extend(octets);
    element(BIT_STRING, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_their_shortest_form() {
        assert_eq!(element(OCTET_STRING, &[7; 127])[..2], [4, 127]);
        assert_eq!(element(OCTET_STRING, &[7; 128])[..3], [4, 0x81, 128]);
        assert_eq!(element(OCTET_STRING, &[7; 256])[..4], [4, 0x82, 1, 0]);
    }

    #[test]
    fn a_number_without_a_sign_is_never_negative() {
        assert_eq!(unsigned(&[0, 0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(unsigned(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0]), [2, 1, 0]);
    }

    #[test]
    fn named_bits_end_with_one_that_is_set() {
        assert_eq!(named_bits([0]), [3, 2, 7, 0x80]);
        assert_eq!(named_bits([0, 5, 6]), [3, 2, 1, 0x86]);
        assert_eq!(named_bits([7]), [3, 2, 0, 0x01]);
        assert_eq!(named_bits([8]), [3, 3, 7, 0, 0x80]);
        assert_eq!(named_bits([]), [3, 1, 0]);
    }
}
