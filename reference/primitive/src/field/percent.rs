//! Strict percent-decoding (RFC 3986, 2.1).

use percent_encoding::percent_decode_str;

/// The text behind `encoded`; `None` if a percent sign is not followed by two hexadecimal digits or the octets are not UTF-8.
pub(crate) fn decode(encoded: &str) -> Option<String> {
    let complete = encoded.split('%').skip(1).all(|behind| {
        let mut digits = behind.bytes().take(2).filter(u8::is_ascii_hexdigit);
        digits.next().is_some() && digits.next().is_some()
    });
    if !complete {
        return None;
    }
    percent_decode_str(encoded)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_escapes_are_decoded() {
        assert_eq!(decode("a%2Bb%c3%A9").as_deref(), Some("a+bé"));
        assert_eq!(decode("%25%32%35").as_deref(), Some("%25"));
    }

    #[test]
    fn incomplete_escapes_are_refused() {
        for text in ["%", "a%", "%4", "%4g", "%g4", "%%41", "%C3", "%ff"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
