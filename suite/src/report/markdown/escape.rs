//! Text that Markdown shows as it is.

use crate::report::text::{bounded, visible};

/// What is longer than this many octets is cut: the page of a job is bounded.
const LONGEST: usize = 512;

/// Text in which no character has a meaning; on one line, also in a cell of a table.
pub(super) fn plain(text: &str) -> String {
    escaped(&bounded(text, LONGEST))
}

/// The same for names that stand beside each other, as long as it takes: the catalogue bounds them.
pub(super) fn list(names: &str) -> String {
    escaped(&visible(names))
}

/// The same as code. A span between backticks could not hold a pipe in a cell of a table.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", plain(text))
}

/// Text within an element of HTML, where Markdown has no meaning.
pub(super) fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    for character in bounded(text, LONGEST).chars() {
        if !push_entity(character, &mut html) {
            html.push(character);
        }
    }
    html
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            known if push_entity(known, &mut escaped) => {}
            '/' | ',' | ';' | '\'' | '"' | '-' | '%' => escaped.push(character),
            other if other.is_ascii_punctuation() => escaped.extend(['\\', other]),
            other => escaped.push(other),
        }
    }
    escaped
}

fn push_entity(character: char, text: &mut String) -> bool {
    text.push_str(match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        // A backslash before it would be read differently in a cell of a table.
        '|' => "&#124;",
        // The comment keeps forges from taking what follows for somebody to be told.
        '@' => "&#64;<!-- -->",
        _ => return false,
    });
    true
}
