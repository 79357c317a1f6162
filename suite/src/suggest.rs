//! The nearest known word to one that is not known.

/// The candidate that is near enough to be what was meant.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_letters_are_near() {
        assert_eq!(nearest("htpt", ["mqtt", "http", "https"]), Some("http"));
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(
            nearest("pics_acp", ["PICS_ACP", "PICS_SUB"]),
            Some("PICS_ACP")
        );
    }

    #[test]
    fn nothing_alike_is_nothing() {
        assert_eq!(nearest("zzz", ["http", "https"]), None);
    }
}
