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
    fn one_is_singular() {
        assert_eq!(count(1, "purpose"), "1 purpose");
        assert_eq!(count(0, "purpose"), "0 purposes");
    }
}
