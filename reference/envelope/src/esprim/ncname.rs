/// Whether a text is an xs:NCName: a letter or `_`, then also digits, `-`, `.` and combining characters, and no colon
/// (Namespaces in XML 1.0, 3; XML 1.0, 2.3).
pub fn is_ncname(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(starts) && characters.all(continues)
}

fn starts(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

fn continues(character: char) -> bool {
    starts(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::is_ncname;

    #[test]
    fn names_begin_with_a_letter_or_an_underscore() {
        for name in ["a", "_", "rr-0001", "c3d2e1", "a.b", "Öl", "名前"] {
            assert!(is_ncname(name), "{name}");
        }
        for other in [
            "", "1a", "-a", ".a", "a:b", "a b", " a", "a\n", "a/b", "\u{b7}",
        ] {
            assert!(!is_ncname(other), "{other}");
        }
    }
}
