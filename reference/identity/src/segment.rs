use crate::IdentityError;

/// Checks one segment of an identifier: the unreserved characters of RFC 3986, 2.3.
///
/// TS-0001 V3.36.0, Table 7.2-1 allows all of them anywhere; the ABNF of TS-0004 V3.32.0, 6.2.3 leaves out `~` and wants
/// a letter or digit first. The wider set is read here, so that nothing that one of the two documents allows is refused;
/// only the dot segments `.` and `..` are refused, which RFC 3986, 5.2.4 removes from any path on its way.
pub(crate) fn check(text: &str, what: &'static str) -> Result<(), IdentityError> {
    if text.is_empty() {
        return Err(IdentityError::Empty { expected: what });
    }
    if let Some(got) = text.chars().find(|character| !is_unreserved(*character)) {
        return Err(IdentityError::Character {
            expected: "an unreserved character of RFC 3986",
            got,
        });
    }
    if text == "." || text == ".." {
        return Err(IdentityError::Form {
            expected: what,
            got: text.to_owned(),
        });
    }
    Ok(())
}

fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn every_unreserved_character_is_accepted() {
        assert_eq!(check("azAZ09-._~", "a segment"), Ok(()));
    }

    #[test]
    fn empty_segments_dot_segments_and_other_characters_are_refused() {
        for text in ["", ".", "..", "a/b", "a*", "a%41", "a b", "a#b", "ä", "a\0"] {
            assert!(check(text, "a segment").is_err(), "{text:?}");
        }
    }
}
