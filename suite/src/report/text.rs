//! Text that came from elsewhere, made harmless for terminals and reports.

use std::borrow::Cow;
use std::fmt::Write;

/// The text on one line, with everything that a terminal or a reader could take for something else
/// spelled as an escape: control characters, bidirectional overrides, and what XML 1.0 forbids.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_treacherous) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => visible.push_str("\\n"),
            '\r' => visible.push_str("\\r"),
            '\t' => visible.push_str("\\t"),
            // Writing to a string cannot fail.
            other if is_treacherous(other) => {
                let _ = write!(visible, "\\u{{{:x}}}", u32::from(other));
            }
            other => visible.push(other),
        }
    }
    Cow::Owned(visible)
}

/// The beginning of a text that is not longer than so many octets, and how many octets it leaves out.
pub(crate) fn beginning(text: &str, octets: usize) -> (&str, usize) {
    let kept = text
        .get(..text.floor_char_boundary(octets))
        .unwrap_or_default();
    (kept, text.len() - kept.len())
}

/// The text as [`visible`], cut after so many octets, with a mark that says how much was left out.
pub(crate) fn bounded(text: &str, octets: usize) -> Cow<'_, str> {
    match beginning(text, octets) {
        (all, 0) => visible(all),
        (kept, left_out) => Cow::Owned(format!(
            "{} … (cut, {} more)",
            visible(kept),
            count(left_out, "octet")
        )),
    }
}

/// A number with its noun, plural but for one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn is_treacherous(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_spelled() {
        assert_eq!(visible("a\u{1b}[2Jb\0"), "a\\u{1b}[2Jb\\u{0}");
    }

    #[test]
    fn lines_cannot_be_forged() {
        assert_eq!(visible("x\nseed: 1\r"), "x\\nseed: 1\\r");
    }

    #[test]
    fn ordinary_text_stays() {
        assert_eq!(visible("Zürich 東京 ]]> <&>"), "Zürich 東京 ]]> <&>");
    }

    #[test]
    fn long_text_is_cut_between_characters_and_says_so() {
        assert_eq!(bounded("Zürich", 2), "Z … (cut, 6 octets more)");
        assert_eq!(bounded("Zürich", 3), "Zü … (cut, 4 octets more)");
        assert_eq!(bounded("Zürich", 7), "Zürich");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(count(1, "purpose"), "1 purpose");
        assert_eq!(count(0, "purpose"), "0 purposes");
    }
}
