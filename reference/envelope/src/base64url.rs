//! The one base64url text that stands for octets (RFC 7515, 2; RFC 4648, 5): no padding, no stray bits, no other letters.

use base64ct::{Base64UrlUnpadded, Encoding};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why a text is not the base64url of any octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Base64UrlError {
    /// An octet outside the alphabet, `=` apart.
    #[error("octet {octet:#04x} at {at} is outside the base64url alphabet")]
    Alphabet {
        /// The octet.
        octet: u8,
        /// The octets before it.
        at: usize,
    },
    /// `=`, which JOSE leaves out.
    #[error("padding at {at}")]
    Padding {
        /// The octets before it.
        at: usize,
    },
    /// One character over: six bits are no octet.
    #[error("expected a length other than 1 modulo 4, got {got}")]
    Length {
        /// The characters.
        got: usize,
    },
    /// The last character has bits that stand for nothing, and they are not zero: several texts would be the same octets.
    #[error("the last character has stray bits")]
    StrayBits,
}

/// The base64url of any octets.
pub fn encode(octets: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(octets)
}

/// The octets of which `text` is the base64url. No table is looked into and nothing branches on a character, so that how long it
/// takes says nothing of a key.
pub fn decode(text: &str) -> Result<Vec<u8>, Base64UrlError> {
    let mut foreign = 0;
    let mut sextets = Zeroizing::new(text.as_bytes().to_vec());
    for octet in sextets.iter_mut() {
        *octet = sextet(*octet);
        foreign |= *octet;
    }
    let (quartets, rest) = sextets.as_chunks::<4>();
    let mut octets = Vec::with_capacity(sextets.len() / 4 * 3 + 2);
    for [a, b, c, d] in quartets {
        octets.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    let stray = match *rest {
        [] => 0,
        [a, b] => {
            octets.push(a << 2 | b >> 4);
            b & 0x0f
        }
        [a, b, c] => {
            octets.extend([a << 2 | b >> 4, b << 4 | c >> 2]);
            c & 0x03
        }
        _ => return Err(reason(text)),
    };
    if foreign > 63 || stray != 0 {
        return Err(reason(text));
    }
    Ok(octets)
}

/// The six bits of a character, or more than six of another.
fn sextet(octet: u8) -> u8 {
    let within = |first: u8, last: u8, value: u8| {
        let inside = octet.wrapping_sub(first) <= last - first;
        u8::from(inside).wrapping_neg() & value
    };
    let known = within(b'A', b'Z', octet.wrapping_sub(b'A'))
        | within(b'a', b'z', octet.wrapping_sub(b'a').wrapping_add(26))
        | within(b'0', b'9', octet.wrapping_sub(b'0').wrapping_add(52))
        | within(b'-', b'-', 62)
        | within(b'_', b'_', 63);
    // `A` is the one character whose bits are none.
    let nothing = (known == 0) & (octet != b'A');
    known | u8::from(nothing) << 7
}

fn reason(text: &str) -> Base64UrlError {
    let foreign = text
        .bytes()
        .enumerate()
        .find(|(_, octet)| !octet.is_ascii_alphanumeric() && !b"-_".contains(octet));
    match foreign {
        Some((at, b'=')) => Base64UrlError::Padding { at },
        Some((at, octet)) => Base64UrlError::Alphabet { octet, at },
        None if text.len() % 4 == 1 => Base64UrlError::Length { got: text.len() },
        None => Base64UrlError::StrayBits,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use base64ct::{Base64UrlUnpadded, Encoding};

    use super::{Base64UrlError, decode, encode};

    #[test]
    fn each_deviation_has_its_error() {
        assert_eq!(decode("AA=="), Err(Base64UrlError::Padding { at: 2 }));
        let plus = Base64UrlError::Alphabet { octet: b'+', at: 1 };
        assert_eq!(decode("A+"), Err(plus));
        let line = Base64UrlError::Alphabet {
            octet: b'\n',
            at: 4,
        };
        assert_eq!(decode("AAAA\n"), Err(line));
        assert_eq!(decode("AAAAA"), Err(Base64UrlError::Length { got: 5 }));
        assert_eq!(decode("AB"), Err(Base64UrlError::StrayBits));
        assert_eq!(decode("AAB"), Err(Base64UrlError::StrayBits));
    }

    #[test]
    fn nothing_is_no_octets() {
        assert_eq!(decode(""), Ok(Vec::new()));
        assert_eq!(encode(&[]), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn octets_come_back(octets in vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(decode(&encode(&octets)), Ok(octets));
        }

        #[test]
        fn another_decoder_agrees(text in "[A-Za-z0-9_=+/é-]{0,40}") {
            let other = Base64UrlUnpadded::decode_vec(&text);
            prop_assert_eq!(decode(&text).ok(), other.ok());
        }

        #[test]
        fn no_two_texts_are_the_same_octets(text in "[A-Za-z0-9_=+/-]{0,9}") {
            if let Ok(octets) = decode(&text) {
                prop_assert_eq!(encode(&octets), text);
            }
        }
    }
}
