use serde_json::{Map, Value};

/// The bits of a digit of base64 or base64url.
fn bits(octet: u8) -> Option<u32> {
    let value = match octet {
        b'A'..=b'Z' => octet - b'A',
        b'a'..=b'z' => octet - b'a' + 26,
        b'0'..=b'9' => octet - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

/// What a text may stand for: digits of base64 and base64url count, everything else is passed over, and so are bits that
/// are no octet.
pub fn octets(text: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let mut held = 0_u32;
    let mut count = 0;
    for digit in text.bytes().filter_map(bits) {
        held = held << 6 | digit;
        count += 6;
        if count >= 8 {
            count -= 8;
            let [.., octet] = (held >> count).to_be_bytes();
            octets.push(octet);
        }
    }
    octets
}

/// The members of a JSON object, the last of those that stand twice; `None` if it is none.
pub fn object(octets: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(octets).ok()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::{object, octets};
    use crate::base64url;

    #[test]
    fn what_the_strict_reader_refuses_is_read() {
        assert_eq!(octets("-_8="), octets("+/8"));
        assert_eq!(octets("QUJ\nD"), b"ABC");
        assert_eq!(octets("AB"), [0]);
        assert_eq!(object(br#"{"a":1,"a":2}"#).unwrap()["a"], 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_the_strict_reader_accepts_is_the_same(taken in vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(octets(&base64url::encode(&taken)), taken);
        }
    }
}
