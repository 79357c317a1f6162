use crate::IdentityError;

/// One number of an object identifier. X.660 sets no limit; 128 bits hold the longest in use, a UUID below `2.25`.
pub type OidArc = u128;

/// As many bits as an octet of the encoding carries (X.690, 8.19.2).
const BITS: u32 = 7;
/// Set in every octet of a number but its last.
const GOES_ON: u8 = 0x80;

/// Reads a decimal number without sign and leading zeros.
pub(crate) fn parse(text: &str) -> Result<OidArc, IdentityError> {
    if text.is_empty() {
        return Err(IdentityError::Empty {
            expected: "a number of an object identifier",
        });
    }
    if let Some(got) = text.chars().find(|character| !character.is_ascii_digit()) {
        return Err(IdentityError::Character {
            expected: "a digit in a number of an object identifier",
            got,
        });
    }
    if text.len() > 1 && text.starts_with('0') {
        return Err(IdentityError::Form {
            expected: "a number without leading zeros",
            got: text.to_owned(),
        });
    }
    text.parse().map_err(|_| IdentityError::Number {
        expected: "a number below 2 to the power of 128",
        got: text.to_owned(),
    })
}

/// Reads the numbers of an OBJECT IDENTIFIER or RELATIVE-OID (X.690, 8.19 and 8.20).
pub(crate) fn decode(octets: &[u8]) -> Result<Vec<OidArc>, IdentityError> {
    let malformed = |expected| IdentityError::Octets {
        expected,
        got: octets.to_vec(),
    };
    let mut arcs = Vec::new();
    let mut open: Option<OidArc> = None;
    for octet in octets {
        if open.is_none() && *octet == GOES_ON {
            return Err(malformed("numbers in as few octets as they need"));
        }
        let value = open
            .unwrap_or(0)
            .checked_mul(1 << BITS)
            .ok_or_else(|| malformed("numbers below 2 to the power of 128"))?
            | OidArc::from(octet & !GOES_ON);
        if octet & GOES_ON == 0 {
            arcs.push(value);
            open = None;
        } else {
            open = Some(value);
        }
    }
    match open {
        None if !arcs.is_empty() => Ok(arcs),
        _ => Err(malformed("numbers that end")),
    }
}

/// Appends a number in as few octets as it needs (X.690, 8.19.2).
pub(crate) fn encode(arc: OidArc, octets: &mut Vec<u8>) {
    let length = (OidArc::BITS - arc.leading_zeros()).div_ceil(BITS).max(1);
    for index in (0..length).rev() {
        let [septet, ..] = (arc >> (index * BITS)).to_le_bytes();
        let mark = if index == 0 { 0 } else { GOES_ON };
        octets.push(septet & !GOES_ON | mark);
    }
}

#[cfg(test)]
mod tests {
    use super::{OidArc, decode, encode, parse};

    fn encoded(arc: OidArc) -> Vec<u8> {
        let mut octets = Vec::new();
        encode(arc, &mut octets);
        octets
    }

    #[test]
    fn numbers_take_as_few_octets_as_they_need() {
        assert_eq!(encoded(0), [0]);
        assert_eq!(encoded(127), [0x7f]);
        assert_eq!(encoded(128), [0x81, 0]);
        assert_eq!(encoded(3030), [0x97, 0x56]);
        assert_eq!(encoded(10011), [0xce, 0x1b]);
        assert_eq!(encoded(OidArc::MAX).len(), 19);
    }

    #[test]
    fn largest_number_is_read_and_the_next_is_not() {
        assert_eq!(decode(&encoded(OidArc::MAX)), Ok(vec![OidArc::MAX]));
        let mut beyond = vec![0x84];
        beyond.extend([0x80; 17]);
        beyond.push(0);
        assert!(decode(&beyond).is_err());
        assert_eq!(parse(&OidArc::MAX.to_string()), Ok(OidArc::MAX));
        assert!(parse("340282366920938463463374607431768211456").is_err());
    }

    #[test]
    fn nothing_open_ends_and_long_forms_are_refused() {
        for octets in [&[][..], &[0x81], &[1, 0x81], &[0x80, 1], &[1, 0x80, 0]] {
            assert!(decode(octets).is_err(), "{octets:02x?}");
        }
    }

    #[test]
    fn signs_zeros_and_other_characters_are_refused() {
        for text in ["", "+1", "-1", "01", "00", "1 ", "0x1", "١"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
