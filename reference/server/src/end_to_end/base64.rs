use base64ct::{Base64, Encoding};

/// The octets that a text stands for, if it is an xs:base64Binary (XML Schema Part 2, 3.2.16): groups of four characters, the
/// last of them padded, with nothing in the bits that no octet needs. White space may stand anywhere.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let characters: String = text
        .chars()
        .filter(|character| !character.is_ascii_whitespace())
        .collect();
    Base64::decode_vec(&characters).ok()
}

/// Octets as an xs:base64Binary.
pub(crate) fn encode(octets: &[u8]) -> String {
    Base64::encode_string(octets)
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
