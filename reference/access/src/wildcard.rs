use crate::Clauses;

/// Whether an absolute identifier matches an absolute pattern: segment by segment, so that a wildcard ends at the next
/// slash (TS-0003 V3.18.0, 7.1.3).
pub(crate) fn pattern(clauses: &Clauses, pattern: &str, identity: &str) -> bool {
    let mut segments = identity.split('/');
    pattern.split('/').all(|expected| {
        segments
            .next()
            .is_some_and(|got| (clauses.segment)(expected, got))
    }) && segments.next().is_none()
}

/// Whether one segment matches: `*` stands for any characters or none, everything else for itself.
///
/// The pieces between wildcards are looked for from left to right, each behind the one before, which is complete
/// because nothing but `*` is a wildcard, and linear in the lengths.
pub(crate) fn segment(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(inner) = text
        .strip_prefix(first)
        .and_then(|text| text.strip_suffix(last))
    else {
        return false;
    };
    let mut remaining = inner;
    middle
        .split('*')
        .all(|piece| match remaining.split_once(piece) {
            Some((_, behind)) => {
                remaining = behind;
                true
            }
            None => false,
        })
}

#[cfg(test)]
mod tests {
    use super::{pattern, segment};
    use crate::Clauses;

    #[test]
    fn wildcard_stands_for_any_characters_or_none() {
        for matching in [
            "*",
            "CtpA*",
            "*A2",
            "C*2",
            "C*A*2",
            "CtpA2*",
            "*CtpA2*",
            "**",
            "C**2",
            "C*t*p*A*2",
            "CtpA2",
        ] {
            assert!(segment(matching, "CtpA2"), "{matching}");
        }
    }

    #[test]
    fn pieces_keep_their_order_and_do_not_overlap() {
        for other in [
            "C*9",
            "A*2C",
            "CtpA2*A2",
            "C*p*t*2",
            "*A2*2*",
            "CtpA2*CtpA2",
            "C*A*A*2",
            "",
        ] {
            assert!(!segment(other, "CtpA2"), "{other}");
        }
    }

    #[test]
    fn no_other_character_is_a_wildcard() {
        for other in [
            "Ctp?2",
            "Ctp[A-B]2",
            "CtpA.",
            "CtpA+",
            ".*",
            "Ctp%2A",
            "ctpa2",
        ] {
            assert!(!segment(other, "CtpA2"), "{other}");
        }
    }

    #[test]
    fn wildcard_ends_at_the_next_slash() {
        let matches =
            |entry: &str, identity: &str| pattern(&Clauses::SPECIFICATION, entry, identity);
        assert!(matches("//sp.example/*/CtpA*", "//sp.example/iut/CtpA2"));
        assert!(matches("//*/iut/CtpA2", "//sp.example/iut/CtpA2"));
        assert!(!matches("//sp.example/*", "//sp.example/iut/CtpA2"));
        assert!(!matches("//sp.example/iut/*", "//sp.example/iut"));
        assert!(!matches("*", "//sp.example/iut"));
    }

    #[test]
    fn many_wildcards_against_a_long_text_are_quick() {
        let long = "a".repeat(100_000);
        assert!(!segment(&format!("{}b", "*a".repeat(10_000)), &long));
        assert!(segment(&"*a".repeat(10_000), &long));
    }
}
