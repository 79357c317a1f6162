/// Whether a text is an xs:base64Binary (XML Schema Part 2, 3.2.16): groups of four characters, the last of them padded, with
/// nothing in the bits that no octet needs. White space may stand anywhere.
pub(super) fn is_base64(text: &str) -> bool {
    let characters: Vec<u8> = text
        .bytes()
        .filter(|octet| !octet.is_ascii_whitespace())
        .collect();
    let padding = characters
        .iter()
        .rev()
        .take_while(|octet| **octet == b'=')
        .count();
    let digits = characters
        .iter()
        .take(characters.len() - padding)
        .map(|octet| value(*octet))
        .collect::<Option<Vec<u8>>>();
    let Some(digits) = digits else {
        return false;
    };
    let spare = match padding {
        0 => 0,
        1 => 0b11,
        2 => 0b1111,
        _ => return false,
    };
    characters.len().is_multiple_of(4) && digits.last().is_none_or(|last| last & spare == 0)
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
    use super::is_base64;

    #[test]
    fn groups_of_four_are_padded() {
        for text in ["", "AAAA", "AAA=", "AA==", "AAAA AAAA", "+/9z", "AAAAAA=="] {
            assert!(is_base64(text), "{text}");
        }
        for text in [
            "***", "A", "AA", "AAA", "A===", "====", "AA=A", "AB==", "AAB=", "AA-_",
        ] {
            assert!(!is_base64(text), "{text}");
        }
    }
}
