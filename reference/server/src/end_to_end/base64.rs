/// The octets that a text stands for, if it is an xs:base64Binary (XML Schema Part 2, 3.2.16): groups of four characters, the
/// last of them padded, with nothing in the bits that no octet needs. White space may stand anywhere.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let characters: Vec<u8> = text
        .bytes()
        .filter(|octet| !octet.is_ascii_whitespace())
        .collect();
    let padding = characters
        .iter()
        .rev()
        .take_while(|octet| **octet == b'=')
        .count();
    if padding > 2 || !characters.len().is_multiple_of(4) {
        return None;
    }
    let digits = characters
        .iter()
        .take(characters.len() - padding)
        .map(|octet| value(*octet))
        .collect::<Option<Vec<u8>>>()?;
    let mut octets = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let bits = group.iter().zip([18, 12, 6, 0]);
        let number = bits.fold(0_u32, |number, (digit, shift)| {
            number | (u32::from(*digit) << shift)
        });
        let [_, row @ ..] = number.to_be_bytes();
        let (whole, spare) = row.split_at(group.len() - 1);
        if spare.iter().any(|octet| *octet != 0) {
            return None;
        }
        octets.extend_from_slice(whole);
    }
    Some(octets)
}

/// Octets as an xs:base64Binary.
pub(crate) fn encode(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().div_ceil(3) * 4);
    for group in octets.chunks(3) {
        let number = group
            .iter()
            .zip([16, 8, 0])
            .fold(0_u32, |number, (octet, shift)| {
                number | (u32::from(*octet) << shift)
            });
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            text.push(match place <= group.len() {
                true => character(number >> shift),
                false => '=',
            });
        }
    }
    text
}

/// The character of the last six bits.
fn character(number: u32) -> char {
    let digit = number.to_be_bytes()[3] & 0b11_1111;
    char::from(match digit {
        0..=25 => b'A' + digit,
        26..=51 => b'a' + (digit - 26),
        52..=61 => b'0' + (digit - 52),
        62 => b'+',
        _ => b'/',
    })
}

fn value(character: u8) -> Option<u8> {
    match character {
        b'A'..=b'Z' => Some(character - b'A'),
        b'a'..=b'z' => Some(character - b'a' + 26),
        b'0'..=b'9' => Some(character - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn groups_of_four_are_padded() {
        for text in ["", "AAAA", "AAA=", "AA==", "AAAA AAAA", "+/9z", "AAAAAA=="] {
            assert!(decode(text).is_some(), "{text}");
        }
        for text in [
            "***", "A", "AA", "AAA", "A===", "====", "AA=A", "AB==", "AAB=", "AA-_",
        ] {
            assert!(decode(text).is_none(), "{text}");
        }
    }

    #[test]
    fn octets_are_read_as_they_were_written() {
        for (octets, text) in [
            (&b""[..], ""),
            (b"f", "Zg=="),
            (b"fo", "Zm8="),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg=="),
            (&[0xfb, 0xff, 0xfe], "+//+"),
        ] {
            assert_eq!(encode(octets), text);
            assert_eq!(decode(text).as_deref(), Some(octets));
        }
    }
}
