//! Keys in what must not show them.

use super::requests::base64;

/// Whether a text holds eight octets of a key, in base64 or in hexadecimal digits.
pub fn shows(text: &str, key: &[u8]) -> bool {
    let small = text.to_ascii_lowercase();
    // Nine octets are twelve whole characters of base64, wherever the text begins.
    let encoded = |offset: usize| {
        let part = key.get(offset..).unwrap_or_default();
        let whole = part.len() - part.len() % 3;
        base64(part.get(..whole).unwrap_or_default())
    };
    let in_base64 = (0..3).map(encoded).any(|encoded| {
        let windows = encoded.as_bytes().windows(12);
        windows
            .filter_map(|window| std::str::from_utf8(window).ok())
            .any(|window| text.contains(window))
    });
    let in_digits = key.windows(8).any(|window| {
        let digits: String = window.iter().map(|octet| format!("{octet:02x}")).collect();
        small.contains(&digits)
    });
    in_base64 || in_digits
}

#[cfg(test)]
mod tests {
    use super::shows;
    use crate::purposes::services::requests::base64;

    #[test]
    fn part_of_a_key_is_seen_in_either_encoding() {
        let key: Vec<u8> = (100..132).collect();
        for shown in [
            base64(&key),
            base64(&key[1..]),
            base64(&key[5..20]),
            "..6C6d6e6f70717273..".to_owned(),
        ] {
            assert!(shows(&shown, &key), "{shown}");
        }
        assert!(!shows("nothing of this client is there", &key));
        assert!(!shows("6c6d6e6f707172", &key));
    }
}
