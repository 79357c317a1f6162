//! Parts of a name in a certificate, as templates of wrong names hold them.

use std::fmt;

/// What a placeholder in a wrong name stands for, such as `{name}.evil.example`.
///
/// The name is a domain name, a URI, a URN or the arcs of an object identifier. Its own part is what is behind the last slash
/// of a URI, the first label of a domain name, and the last arc; the rest of it is its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamePart {
    /// `{name}`: all of it.
    Whole,
    /// `{NAME}`: all of it in capital letters.
    Capitals,
    /// `{cut}`: all of it but the last character.
    Cut,
    /// `{last-changed}`: all of it, the last character replaced by another one.
    LastChanged,
    /// `{own}`: its own part.
    Own,
    /// `{own-cut}`: its own part but for the last character.
    OwnCut,
    /// `{own-other-case}`: its own part, the first character a small letter instead of a capital one or the reverse.
    OwnOtherCase,
    /// `{own-percent}`: its own part, the first character percent-encoded.
    OwnPercent,
    /// `{parent}`: its parent.
    Parent,
    /// `{grandparent}`: the parent of its parent.
    Grandparent,
    /// `{scheme}`: what stands before the slashes of a URI, with its colon.
    Scheme,
    /// `{host}`: the host of a URI.
    Host,
}

impl NamePart {
    /// Every part.
    pub const ALL: [Self; 12] = [
        Self::Whole,
        Self::Capitals,
        Self::Cut,
        Self::LastChanged,
        Self::Own,
        Self::OwnCut,
        Self::OwnOtherCase,
        Self::OwnPercent,
        Self::Parent,
        Self::Grandparent,
        Self::Scheme,
        Self::Host,
    ];

    /// The word in braces.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "name",
            Self::Capitals => "NAME",
            Self::Cut => "cut",
            Self::LastChanged => "last-changed",
            Self::Own => "own",
            Self::OwnCut => "own-cut",
            Self::OwnOtherCase => "own-other-case",
            Self::OwnPercent => "own-percent",
            Self::Parent => "parent",
            Self::Grandparent => "grandparent",
            Self::Scheme => "scheme",
            Self::Host => "host",
        }
    }

    /// The part of a name; none where it has no such part.
    pub fn of(self, name: &str) -> Option<String> {
        let split = split(name);
        match self {
            Self::Whole => Some(name.to_owned()),
            Self::Capitals => Some(name.to_uppercase()),
            Self::Cut => without_last(name).map(|(rest, _)| rest.to_owned()),
            Self::LastChanged => without_last(name).map(|(rest, last)| {
                let other = if last == '3' { '4' } else { '3' };
                format!("{rest}{other}")
            }),
            Self::Own => split.map(|(_, own)| own.to_owned()),
            Self::OwnCut => split
                .and_then(|(_, own)| without_last(own))
                .map(|(rest, _)| rest.to_owned()),
            Self::OwnOtherCase => split.and_then(|(_, own)| other_case(own)),
            Self::OwnPercent => split.and_then(|(_, own)| percent(own)),
            Self::Parent => split.map(|(parent, _)| parent.to_owned()),
            Self::Grandparent => split.and_then(|(parent, _)| Self::Parent.of(parent)),
            Self::Scheme => name.split_once("//").map(|(scheme, _)| scheme.to_owned()),
            Self::Host => {
                let (_, rest) = name.split_once("//")?;
                rest.split('/').next().map(str::to_owned)
            }
        }
    }
}

impl fmt::Display for NamePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{{{}}}", self.word())
    }
}

/// The parent and the own part.
fn split(name: &str) -> Option<(&str, &str)> {
    if name.contains('/') {
        return name.rsplit_once('/');
    }
    let is_arcs = name
        .bytes()
        .all(|octet| octet == b'.' || octet.is_ascii_digit());
    if is_arcs {
        return name.rsplit_once('.');
    }
    let (own, parent) = name.split_once('.')?;
    Some((parent, own))
}

fn without_last(name: &str) -> Option<(&str, char)> {
    let last = name.chars().next_back()?;
    Some((name.strip_suffix(last)?, last))
}

fn other_case(own: &str) -> Option<String> {
    let mut characters = own.chars();
    let first = characters.next().filter(char::is_ascii_alphabetic)?;
    let first = match first.is_ascii_uppercase() {
        true => first.to_ascii_lowercase(),
        false => first.to_ascii_uppercase(),
    };
    Some(format!("{first}{}", characters.as_str()))
}

fn percent(own: &str) -> Option<String> {
    let mut characters = own.chars();
    let first = characters.next().filter(char::is_ascii)?;
    Some(format!("%{:02X}{}", u32::from(first), characters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_parts(name: &str, parts: &[(NamePart, Option<&str>)]) {
        for (part, expected) in parts {
            assert_eq!(part.of(name).as_deref(), *expected, "{part} of {name}");
        }
    }

    #[test]
    fn own_part_of_a_domain_name_is_its_first_label() {
        assert_parts(
            "tstcse1.in.example.com",
            &[
                (NamePart::Capitals, Some("TSTCSE1.IN.EXAMPLE.COM")),
                (NamePart::Own, Some("tstcse1")),
                (NamePart::OwnCut, Some("tstcse")),
                (NamePart::Parent, Some("in.example.com")),
                (NamePart::Grandparent, Some("example.com")),
                (NamePart::Host, None),
            ],
        );
    }

    #[test]
    fn own_part_of_a_uri_is_its_last_segment() {
        assert_parts(
            "//m2m.example.com/S98821",
            &[
                (NamePart::Own, Some("S98821")),
                (NamePart::OwnOtherCase, Some("s98821")),
                (NamePart::OwnPercent, Some("%5398821")),
                (NamePart::Parent, Some("//m2m.example.com")),
                (NamePart::Scheme, Some("")),
                (NamePart::Host, Some("m2m.example.com")),
                (NamePart::Cut, Some("//m2m.example.com/S9882")),
            ],
        );
    }

    #[test]
    fn own_part_of_arcs_is_the_last_one() {
        assert_parts(
            "100.3030.10011",
            &[
                (NamePart::Own, Some("10011")),
                (NamePart::Parent, Some("100.3030")),
                (NamePart::LastChanged, Some("100.3030.10013")),
            ],
        );
    }

    #[test]
    fn last_character_is_always_changed() {
        assert_parts("svn=43", &[(NamePart::LastChanged, Some("svn=44"))]);
        assert_parts("svn=42", &[(NamePart::LastChanged, Some("svn=43"))]);
    }
}
