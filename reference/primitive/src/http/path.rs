//! To and the path component (TS-0009 V3.9.1, 6.2.2.1).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::error::TargetError;
use crate::field::percent;

/// What RFC 3986 asks to encode within a path: everything but `pchar` and the slash.
const NOT_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// Splits `to` into the resource identifier and the attribute of a partial Retrieve behind `#`.
pub(super) fn split_attribute(to: &str) -> (&str, Option<&str>) {
    match to.split_once('#') {
        Some((identifier, attribute)) => (identifier, Some(attribute)),
        None => (to, None),
    }
}

/// The path for a resource identifier without attribute.
pub(super) fn encode(identifier: &str) -> Result<String, TargetError> {
    let (mark, segments) = if let Some(absolute) = identifier.strip_prefix("//") {
        ("/_/", absolute)
    } else if let Some(relative) = identifier.strip_prefix('/') {
        ("/~/", relative)
    } else {
        ("/", identifier)
    };
    let empty_allowed = mark == "/";
    check_segments(segments, identifier, empty_allowed)?;
    if mark == "/" && is_marked(identifier) {
        return Err(TargetError::ReservedSegment {
            got: identifier.to_owned(),
        });
    }
    Ok(format!("{mark}{}", utf8_percent_encode(segments, NOT_PATH)))
}

/// The resource identifier of a path.
///
/// One last slash is dropped, since the example of Table 6.2.2.1-1 has one. Every identifier has one spelling apart from that:
/// an encoded slash, an encoded number sign and empty segments are refused.
pub(super) fn decode(path: &str) -> Result<String, TargetError> {
    let identifier = path.strip_prefix('/').ok_or_else(|| TargetError::NoPath {
        got: path.to_owned(),
    })?;
    let decoded = percent::decode(identifier).ok_or_else(|| TargetError::Encoding {
        got: path.to_owned(),
    })?;
    if count(&decoded, '/') != count(identifier, '/') || decoded.contains('#') {
        return Err(TargetError::EncodedDelimiter {
            got: path.to_owned(),
        });
    }
    let decoded = decoded.strip_suffix('/').unwrap_or(&decoded);
    let (mark, segments) = if let Some(absolute) = decoded.strip_prefix("_/") {
        ("//", absolute)
    } else if let Some(relative) = decoded.strip_prefix("~/") {
        ("/", relative)
    } else {
        ("", decoded)
    };
    check_segments(segments, path, mark.is_empty())?;
    if mark.is_empty() && matches!(segments, "~" | "_") {
        return Err(TargetError::ReservedSegment {
            got: path.to_owned(),
        });
    }
    Ok(format!("{mark}{segments}"))
}

fn check_segments(segments: &str, whole: &str, empty_allowed: bool) -> Result<(), TargetError> {
    if empty_allowed && segments.is_empty() {
        return Ok(());
    }
    if segments.split('/').any(str::is_empty) {
        return Err(TargetError::EmptySegment {
            got: whole.to_owned(),
        });
    }
    Ok(())
}

fn is_marked(identifier: &str) -> bool {
    let first = identifier.split('/').next();
    matches!(first, Some("~" | "_"))
}

fn count(text: &str, character: char) -> usize {
    text.matches(character).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// TS-0009 V3.9.1, Table 6.2.2.1-1, with the blanks and the last slash of the printed table removed.
    const TABLE: [(&str, &str); 6] = [
        (
            "CSEBase/ae12/cont27/contInst696",
            "/CSEBase/ae12/cont27/contInst696",
        ),
        ("cin00856", "/cin00856"),
        (
            "/CSE178/CSEBase/ae12/cont27/contInst696",
            "/~/CSE178/CSEBase/ae12/cont27/contInst696",
        ),
        ("/CSE178/cin00856", "/~/CSE178/cin00856"),
        (
            "//mym2msp.org/CSE178/CSEBase/ae12/cont27/contInst696",
            "/_/mym2msp.org/CSE178/CSEBase/ae12/cont27/contInst696",
        ),
        (
            "//mym2msp.org/CSE178/cin00856",
            "/_/mym2msp.org/CSE178/cin00856",
        ),
    ];

    #[test]
    fn identifiers_become_the_paths_of_the_table() {
        for (identifier, path) in TABLE {
            assert_eq!(encode(identifier).as_deref(), Ok(path));
        }
    }

    #[test]
    fn paths_become_the_identifiers_of_the_table() {
        for (identifier, path) in TABLE {
            assert_eq!(decode(path).as_deref(), Ok(identifier));
        }
    }

    #[test]
    fn last_slash_is_dropped() {
        assert_eq!(decode("/CSEBase/ae12/").as_deref(), Ok("CSEBase/ae12"));
        assert_eq!(decode("/").as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_path_character_is_encoded() {
        assert_eq!(
            encode("cse-in/a b?c%d\u{e9}\"\0").as_deref(),
            Ok("/cse-in/a%20b%3Fc%25d%C3%A9%22%00")
        );
        assert_eq!(
            encode("a!$&'()*+,;=:@-._~").as_deref(),
            Ok("/a!$&'()*+,;=:@-._~")
        );
    }

    #[test]
    fn encoded_characters_are_read() {
        assert_eq!(
            decode("/cse-in/a%20b%3Fc%25d%C3%A9%22%00").as_deref(),
            Ok("cse-in/a b?c%d\u{e9}\"\0")
        );
        assert_eq!(decode("/%7E/iut/%63se-in").as_deref(), Ok("/iut/cse-in"));
    }

    #[test]
    fn second_spelling_of_a_target_is_refused() {
        for path in [
            "//iut/x",
            "/~//sp.example/iut/x",
            "/_//iut",
            "/cse-in%2Fx",
            "/cse-in%2fx",
            "/cse-in%23rr",
            "/a//b",
            "/a//",
        ] {
            assert!(decode(path).is_err(), "{path}");
        }
    }

    #[test]
    fn mark_without_identifier_is_refused() {
        for path in ["/~", "/~/", "/_", "/_/"] {
            assert!(decode(path).is_err(), "{path}");
        }
    }

    #[test]
    fn what_is_no_path_or_badly_encoded_is_refused() {
        for path in ["", "*", "cse-in", "/a%", "/a%4", "/a%zz", "/%ff"] {
            assert!(decode(path).is_err(), "{path}");
        }
    }

    #[test]
    fn identifier_that_would_be_read_as_another_is_refused() {
        for identifier in [
            "~/iut/x",
            "_/sp.example/x",
            "~",
            "_",
            "a/",
            "a//b",
            "/",
            "//",
            "///x",
        ] {
            assert!(encode(identifier).is_err(), "{identifier}");
        }
    }
}
