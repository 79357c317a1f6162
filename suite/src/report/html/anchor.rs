//! Places in the page, and files beside it.

use super::text::Text;
use crate::report::folder::stays_inside;
use std::fmt::Write;
use std::path::Path;

/// The place of a purpose in the table of all of them; `#` and this lead there.
pub(super) fn purpose(id: &str) -> Text {
    Text::new(&format!("purpose-{}", plain(id)))
}

/// The place where it is told why a purpose did not pass.
pub(super) fn finding(id: &str) -> Text {
    Text::new(&format!("finding-{}", plain(id)))
}

/// A relative reference to a file beside the page; none if the name leads elsewhere. Everything but
/// letters, digits, `-`, `_`, `.` and `/` is escaped, so that no name can be read as a scheme.
pub(super) fn file(name: &str) -> Option<Text> {
    if name.is_empty() || !stays_inside(Path::new(name)) {
        return None;
    }
    let mut reference = String::with_capacity(name.len());
    for octet in name.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                reference.push(char::from(octet));
            }
            // Writing to a string cannot fail.
            other => {
                let _ = write!(reference, "%{other:02X}");
            }
        }
    }
    Some(Text::new(&reference))
}

fn plain(id: &str) -> String {
    let plain = |character: char| match character.is_ascii_alphanumeric() {
        true => character,
        false => '.',
    };
    id.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(name: &str) -> Option<String> {
        file(name).map(|text| text.to_string())
    }

    #[test]
    fn a_transcript_is_referred_to_as_it_is_named() {
        let name = "transcripts/CSE.ACP.OPS.001.jsonl";
        assert_eq!(reference(name).as_deref(), Some(name));
    }

    #[test]
    fn no_name_is_a_scheme() {
        let escaped = "javascript%3Aalert%281%29";
        assert_eq!(reference("javascript:alert(1)").as_deref(), Some(escaped));
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_reference() {
        for name in ["", "/etc/passwd", "../secret", "//host/file"] {
            assert_eq!(reference(name), None, "{name}");
        }
    }
}
