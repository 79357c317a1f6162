use crate::IdentityError;

/// Checks that a text is not empty and holds only what a URI may hold (RFC 3986, 2).
///
/// A percent sign need not begin an escape: the text is compared as it stands and never decoded.
pub(crate) fn check_characters(text: &str, what: &'static str) -> Result<(), IdentityError> {
    if text.is_empty() {
        return Err(IdentityError::Empty { expected: what });
    }
    match text.chars().find(|character| !is_character(*character)) {
        None => Ok(()),
        Some(got) => Err(IdentityError::Character {
            expected: "a character that RFC 3986 allows in a URI",
            got,
        }),
    }
}

/// Parts a URI at the colon behind its scheme; `None` if it has none (RFC 3986, 3.1).
pub(crate) fn split_scheme(text: &str) -> Option<(&str, &str)> {
    text.split_once(':').filter(|(scheme, _)| is_scheme(scheme))
}

/// An unreserved or reserved character, or the percent sign (RFC 3986, 2.1 to 2.3).
fn is_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.')
        })
}

#[cfg(test)]
mod tests {
    use super::{check_characters, split_scheme};

    #[test]
    fn all_reserved_and_unreserved_characters_are_accepted() {
        assert_eq!(
            check_characters("azAZ09-._~:/?#[]@!$&'()*+,;=%41", "a URI"),
            Ok(())
        );
    }

    #[test]
    fn blanks_controls_quotes_and_other_alphabets_are_refused() {
        for text in [
            "", " ", "a b", "a\0", "a\n", "\"a\"", "<a>", "a\\b", "^", "`", "{a}", "a|b", "ä",
        ] {
            assert!(check_characters(text, "a URI").is_err(), "{text:?}");
        }
    }

    #[test]
    fn scheme_begins_with_a_letter_and_ends_at_the_first_colon() {
        assert_eq!(split_scheme("urn:imei:1"), Some(("urn", "imei:1")));
        assert_eq!(split_scheme("a+-.9://b"), Some(("a+-.9", "//b")));
        for text in ["", ":", "//b", "9a:b", "a/b:c", "a"] {
            assert_eq!(split_scheme(text), None, "{text:?}");
        }
    }
}
