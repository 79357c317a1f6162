//! What the wildcard reaches (TS-0003 V3.18.0, 7.1.3).

use onem2m_access::{Clauses as Access, OriginatorEntry, Situation};

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "WildcardUnknown",
        requirement: "TS-0003/7.1.3/4",
        summary: "an asterisk stands for itself",
        apply: |clauses| clauses.access.segment = |pattern, text| pattern == text,
    },
    Fault {
        name: "WildcardOnlyTrailing",
        requirement: "TS-0003/7.1.3/4",
        summary: "only an asterisk at the end is a wildcard",
        apply: |clauses| clauses.access.segment = only_trailing,
    },
    Fault {
        name: "WildcardOnlyAtEnds",
        requirement: "TS-0003/7.1.3/4",
        summary: "an asterisk between other characters stands for itself",
        apply: |clauses| clauses.access.segment = only_at_ends,
    },
    Fault {
        name: "WildcardOnlyFirst",
        requirement: "TS-0003/7.1.3/4",
        summary: "a second asterisk in a segment stands for itself",
        apply: |clauses| clauses.access.segment = only_first,
    },
    Fault {
        name: "WildcardEndsPattern",
        requirement: "TS-0003/7.1.3/4",
        summary: "what follows an asterisk is ignored",
        apply: |clauses| clauses.access.segment = ends_pattern,
    },
    Fault {
        name: "WildcardPiecesUnordered",
        requirement: "TS-0003/7.1.3/4",
        summary: "the pieces around an asterisk may appear anywhere and in any order",
        apply: |clauses| clauses.access.segment = unordered,
    },
    Fault {
        name: "WildcardPiecesOverlap",
        requirement: "TS-0003/7.1.3/4",
        summary: "prefix and suffix are compared independently and may overlap",
        apply: |clauses| clauses.access.segment = overlapping,
    },
    Fault {
        name: "WildcardOnlyInLastSegment",
        requirement: "TS-0003/7.1.3/4",
        summary: "an asterisk before the last slash stands for itself",
        apply: |clauses| clauses.access.pattern = only_in_last_segment,
    },
    Fault {
        name: "WildcardOncePerEntry",
        requirement: "TS-0003/7.1.3/4",
        summary: "an entry with several asterisks matches nobody",
        apply: |clauses| clauses.access.identifier = once_per_entry,
    },
    Fault {
        name: "WildcardInDomain",
        requirement: "TS-0003/7.1.3/5",
        summary: "an SP domain name with an asterisk stands for every domain that it matches",
        apply: |clauses| clauses.access.domain = in_domain,
    },
    Fault {
        name: "WildcardPercentEncoded",
        requirement: "TS-0003/7.1.3/4",
        summary: "entries are percent-decoded before they are matched",
        apply: |clauses| clauses.access.identifier = percent_encoded,
    },
    Fault {
        name: "WildcardsOfShell",
        requirement: "TS-0003/7.1.3/4",
        summary: "question marks and brackets are wildcards too",
        apply: |clauses| clauses.access.segment = shell,
    },
    Fault {
        name: "WildcardsOfRegularExpression",
        requirement: "TS-0003/7.1.3/4",
        summary: "dots and plus signs mean what they mean in a regular expression",
        apply: |clauses| clauses.access.segment = regular_expression,
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn only_trailing(pattern: &str, text: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => text.starts_with(prefix),
        None => pattern == text,
    }
}

fn only_at_ends(pattern: &str, text: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (_, Some(prefix)) => text.starts_with(prefix),
        (Some(suffix), None) => text.ends_with(suffix),
        (None, None) => pattern == text,
    }
}

fn only_first(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        Some((prefix, suffix)) => text
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.ends_with(suffix)),
        None => pattern == text,
    }
}

fn ends_pattern(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        Some((prefix, _)) => text.starts_with(prefix),
        None => pattern == text,
    }
}

fn unordered(pattern: &str, text: &str) -> bool {
    match pattern.contains('*') {
        true => pattern.split('*').all(|piece| text.contains(piece)),
        false => pattern == text,
    }
}

fn overlapping(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        Some((prefix, suffix)) if !suffix.contains('*') => {
            text.starts_with(prefix) && text.ends_with(suffix)
        }
        _ => (SPECIFICATION.segment)(pattern, text),
    }
}

fn only_in_last_segment(clauses: &Access, pattern: &str, identity: &str) -> bool {
    match (pattern.rsplit_once('/'), identity.rsplit_once('/')) {
        (Some((path, last)), Some((expected, got))) => {
            path == expected && (clauses.segment)(last, got)
        }
        _ => pattern == identity,
    }
}

fn once_per_entry(clauses: &Access, situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    let count = entry.as_str().matches('*').count();
    count <= 1 && (SPECIFICATION.identifier)(clauses, situation, entry)
}

fn in_domain(situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    let domain = entry
        .as_str()
        .strip_prefix("//")
        .filter(|domain| !domain.contains('/'));
    let got = situation.request.originator.sp().domain().as_str();
    domain.is_some_and(|domain| (SPECIFICATION.segment)(domain, got))
}

fn percent_encoded(clauses: &Access, situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    let decoded = OriginatorEntry::new(&entry.as_str().replace("%2A", "*").replace("%2a", "*"));
    decoded.is_some_and(|decoded| (SPECIFICATION.identifier)(clauses, situation, &decoded))
}

/// `?` for one character and `[a-b]` for one of a range, beside the asterisk.
fn shell(pattern: &str, text: &str) -> bool {
    let mut behind = pattern.chars();
    let Some(first) = behind.next() else {
        return text.is_empty();
    };
    let mut rest = text.chars();
    match (first, rest.next()) {
        ('*', _) => (SPECIFICATION.segment)(pattern, text),
        (_, None) => false,
        ('[', Some(character)) => match pattern.split_once(']') {
            Some((class, behind)) => in_class(class, character) && shell(behind, rest.as_str()),
            None => false,
        },
        (expected, Some(character)) => {
            (expected == '?' || expected == character) && shell(behind.as_str(), rest.as_str())
        }
    }
}

fn in_class(class: &str, character: char) -> bool {
    match class.trim_start_matches('[').split_once('-') {
        Some((low, high)) => {
            low.chars().next() <= Some(character) && Some(character) <= high.chars().next()
        }
        None => class.contains(character),
    }
}

/// `.` for one character and `+` for more of the one before.
fn regular_expression(pattern: &str, text: &str) -> bool {
    if !pattern.contains(['.', '+']) {
        return (SPECIFICATION.segment)(pattern, text);
    }
    let stem = pattern.trim_end_matches('+');
    let is_open = stem.len() < pattern.len();
    let holds = |(expected, got): (char, char)| expected == '.' || expected == got;
    let is_long_enough = text.chars().count() >= stem.chars().count();
    let has_length = is_open || text.chars().count() == stem.chars().count();
    is_long_enough && has_length && stem.chars().zip(text.chars()).all(holds)
}
