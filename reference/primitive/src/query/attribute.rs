//! Whose attribute a query argument filters by.

/// The resource whose attribute is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// The resource itself: `name=value`.
    Resource,
    /// A child of it: `c.name=value`.
    Child,
    /// Its parent: `p.name=value`.
    Parent,
}

/// Names that stand for a parameter: those of TS-0009 V3.9.1, Table 6.2.2.2-1, `atr`, which is out of use, and `atrl`.
const PARAMETERS: [&str; 35] = [
    "rt", "rp", "rcn", "da", "crb", "cra", "ms", "us", "sts", "stb", "exb", "exa", "lbl", "ty",
    "sza", "szb", "cty", "lim", "atr", "fu", "smf", "fo", "cfs", "cfq", "lvl", "ofst", "drt",
    "rids", "tids", "ltids", "tqi", "asi", "auri", "sqi", "atrl",
];

impl Holder {
    /// What stands before the name of the attribute.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Resource => "",
            Self::Child => "c.",
            Self::Parent => "p.",
        }
    }

    /// Holder and attribute name of a query argument; `None` if the field names no attribute.
    pub(super) fn of(field: &str) -> Option<(Self, &str)> {
        let (holder, name) = if let Some(name) = field.strip_prefix("c.") {
            (Self::Child, name)
        } else if let Some(name) = field.strip_prefix("p.") {
            (Self::Parent, name)
        } else {
            (Self::Resource, field)
        };
        holder.accepts(name).then_some((holder, name))
    }

    /// Whether the prefix and `name` make a query argument that is read as this attribute of this holder.
    pub(super) fn accepts(self, name: &str) -> bool {
        let taken = self == Self::Resource
            && (PARAMETERS.contains(&name) || name.starts_with("c.") || name.starts_with("p."));
        !taken && is_ncname(name)
    }
}

/// Whether `name` is an XML name without colon, with every character beyond ASCII taken as a letter.
fn is_ncname(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    name.starts_with(letter)
        && name
            .chars()
            .all(|c| letter(c) || c.is_ascii_digit() || c == '-' || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_tells_the_holder() {
        assert_eq!(Holder::of("cr"), Some((Holder::Resource, "cr")));
        assert_eq!(Holder::of("c.cr"), Some((Holder::Child, "cr")));
        assert_eq!(Holder::of("p.ty"), Some((Holder::Parent, "ty")));
        assert_eq!(Holder::of("c.c.cr"), Some((Holder::Child, "c.cr")));
    }

    #[test]
    fn parameters_and_what_is_no_name_are_no_attributes() {
        for field in [
            "ty", "atr", "atrl", "", "c.", "1a", "-a", "a:b", "a b", "c.1",
        ] {
            assert_eq!(Holder::of(field), None, "{field}");
        }
    }
}
