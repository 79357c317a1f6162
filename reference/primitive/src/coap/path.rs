//! To and Uri-Path (TS-0008 V3.9.0, 6.2.2.3).

use super::error::TargetError;

/// The Uri-Path options of a resource identifier without attribute.
pub(super) fn encode(identifier: &str) -> Result<Vec<String>, TargetError> {
    let (mark, segments) = if let Some(absolute) = identifier.strip_prefix("//") {
        (Some("_"), absolute)
    } else if let Some(relative) = identifier.strip_prefix('/') {
        (Some("~"), relative)
    } else {
        (None, identifier)
    };
    if mark.is_none() && segments.is_empty() {
        return Ok(Vec::new());
    }
    let path: Vec<String> = mark
        .into_iter()
        .chain(segments.split('/'))
        .map(str::to_owned)
        .collect();
    match decode(&path) {
        Ok(read) if read == identifier => Ok(path),
        Ok(_) => Err(TargetError::ReservedSegment {
            got: identifier.to_owned(),
        }),
        Err(error) => Err(error),
    }
}

/// The resource identifier of Uri-Path options. Every identifier has one spelling.
pub(super) fn decode(path: &[String]) -> Result<String, TargetError> {
    for segment in path {
        if segment.is_empty() {
            return Err(TargetError::EmptySegment {
                got: path.join("/"),
            });
        }
        if segment.contains(['/', '#']) {
            return Err(TargetError::Delimiter {
                got: segment.clone(),
            });
        }
        if matches!(segment.as_str(), "." | "..") {
            return Err(TargetError::DotSegment {
                got: path.join("/"),
            });
        }
    }
    match path {
        [mark] if matches!(mark.as_str(), "~" | "_") => {
            Err(TargetError::ReservedSegment { got: mark.clone() })
        }
        [mark, segments @ ..] if mark == "_" => Ok(format!("//{}", segments.join("/"))),
        [mark, segments @ ..] if mark == "~" => Ok(format!("/{}", segments.join("/"))),
        segments => Ok(segments.join("/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// TS-0008 V3.9.0, Table 6.2.2.3-1.
    const TABLE: [(&str, &[&str]); 6] = [
        (
            "CSEBase/ae12/cont27/contInst696",
            &["CSEBase", "ae12", "cont27", "contInst696"],
        ),
        (
            "/CSE178/CSEBase/ae12/cont27/contInst696",
            &["~", "CSE178", "CSEBase", "ae12", "cont27", "contInst696"],
        ),
        (
            "//mym2msp.org/CSE178/CSEBase/ae12/cont27/contInst696",
            &[
                "_",
                "mym2msp.org",
                "CSE178",
                "CSEBase",
                "ae12",
                "cont27",
                "contInst696",
            ],
        ),
        ("cin00856", &["cin00856"]),
        ("/CSE178/cin00856", &["~", "CSE178", "cin00856"]),
        (
            "//mym2msp.org/CSE178/cin00856",
            &["_", "mym2msp.org", "CSE178", "cin00856"],
        ),
    ];

    fn owned(path: &[&str]) -> Vec<String> {
        path.iter().map(|segment| (*segment).to_owned()).collect()
    }

    #[test]
    fn identifiers_become_the_paths_of_the_table() {
        for (identifier, path) in TABLE {
            assert_eq!(encode(identifier), Ok(owned(path)));
        }
    }

    #[test]
    fn paths_become_the_identifiers_of_the_table() {
        for (identifier, path) in TABLE {
            assert_eq!(decode(&owned(path)).as_deref(), Ok(identifier));
        }
    }

    #[test]
    fn segments_are_carried_as_they_are() {
        assert_eq!(
            encode("cse-in/a b?c%20é"),
            Ok(owned(&["cse-in", "a b?c%20é"]))
        );
        assert_eq!(encode(""), Ok(Vec::new()));
        assert_eq!(decode(&[]).as_deref(), Ok(""));
    }

    #[test]
    fn second_spelling_of_a_target_is_refused() {
        for path in [
            &["cse-in/x"][..],
            &["cse-in#rr"],
            &["cse-in", ""],
            &["", "x"],
            &[""],
            &["~", "", "sp.example", "iut"],
            &["cse-in", ".."],
            &["."],
            &["~"],
            &["_"],
        ] {
            assert!(decode(&owned(path)).is_err(), "{path:?}");
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
            "a/../b",
            "a#b",
        ] {
            assert!(encode(identifier).is_err(), "{identifier}");
        }
    }
}
