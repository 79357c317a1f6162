use std::fmt;

use super::arc;
use crate::text::parsed_from_str;
use crate::{IdentityError, OidArc};

/// As many numbers as may stand below the first arcs 0 and 1 (X.690, 8.19.4).
const SECOND_LIMIT: OidArc = 40;

/// An object identifier in dotted form, `0.2.481.1` (TS-0001 V3.36.0, H.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectIdentifier(Vec<OidArc>);

impl ObjectIdentifier {
    /// The object identifier of the given numbers: at least two, the first 0, 1 or 2, and behind 0 and 1 one below 40.
    pub fn new(arcs: Vec<OidArc>) -> Result<Self, IdentityError> {
        let (first, second) = match arcs.as_slice() {
            [first, second, ..] => (*first, *second),
            _ => {
                return Err(IdentityError::Form {
                    expected: "an object identifier of two numbers or more",
                    got: dotted(&arcs),
                });
            }
        };
        if first > 2 {
            return Err(IdentityError::Number {
                expected: "0, 1 or 2 as the first number of an object identifier",
                got: first.to_string(),
            });
        }
        if first < 2 && second >= SECOND_LIMIT {
            return Err(IdentityError::Number {
                expected: "a number below 40 behind 0 or 1",
                got: second.to_string(),
            });
        }
        if joined(first, second).is_none() {
            return Err(IdentityError::Number {
                expected: "a number that with 80 added is below 2 to the power of 128",
                got: second.to_string(),
            });
        }
        Ok(Self(arcs))
    }

    /// Reads decimal numbers parted by dots.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        Self::new(text.split('.').map(arc::parse).collect::<Result<_, _>>()?)
    }

    /// Reads the contents of an OBJECT IDENTIFIER (X.690, 8.19).
    pub fn from_contents(octets: &[u8]) -> Result<Self, IdentityError> {
        let mut arcs = arc::decode(octets)?;
        if let Some(joined) = arcs.first_mut() {
            let first = (*joined / SECOND_LIMIT).min(2);
            *joined -= first * SECOND_LIMIT;
            arcs.insert(0, first);
        }
        Self::new(arcs)
    }

    /// The contents of the OBJECT IDENTIFIER (X.690, 8.19).
    pub fn contents(&self) -> Vec<u8> {
        let mut octets = Vec::new();
        if let [first, second, rest @ ..] = self.0.as_slice() {
            joined(*first, *second)
                .iter()
                .chain(rest)
                .for_each(|arc| arc::encode(*arc, &mut octets));
        }
        octets
    }

    /// The numbers, of which there are at least two.
    pub fn arcs(&self) -> &[OidArc] {
        &self.0
    }
}

impl fmt::Display for ObjectIdentifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&dotted(&self.0))
    }
}

parsed_from_str!(ObjectIdentifier);

/// The number that stands for the first two (X.690, 8.19.4).
fn joined(first: OidArc, second: OidArc) -> Option<OidArc> {
    (first * SECOND_LIMIT).checked_add(second)
}

fn dotted(arcs: &[OidArc]) -> String {
    arcs.iter()
        .map(OidArc::to_string)
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::ObjectIdentifier;

    fn parse(text: &str) -> ObjectIdentifier {
        ObjectIdentifier::parse(text).unwrap()
    }

    #[test]
    fn indication_of_the_annex_has_the_octets_of_its_encoding() {
        let indication = parse("0.2.481.1");
        assert_eq!(indication.contents(), [0x02, 0x83, 0x61, 0x01]);
        assert_eq!(
            ObjectIdentifier::from_contents(&[0x02, 0x83, 0x61, 0x01]),
            Ok(indication)
        );
    }

    #[test]
    fn first_two_numbers_are_told_apart_at_every_border() {
        for (text, contents) in [
            ("0.0", &[0][..]),
            ("0.39", &[39]),
            ("1.0", &[40]),
            ("1.39", &[79]),
            ("2.0", &[80]),
            ("2.47", &[127]),
            ("2.48", &[0x81, 0]),
            ("2.999", &[0x88, 0x37]),
        ] {
            assert_eq!(parse(text).contents(), contents, "{text}");
            assert_eq!(
                ObjectIdentifier::from_contents(contents)
                    .unwrap()
                    .to_string(),
                text
            );
        }
    }

    #[test]
    fn identifier_of_a_uuid_fits() {
        let text = "2.25.340282366920938463463374607431768211455";
        assert_eq!(
            ObjectIdentifier::from_contents(&parse(text).contents()),
            Ok(parse(text))
        );
    }

    #[test]
    fn identifiers_that_do_not_exist_are_refused() {
        for text in [
            "",
            "1",
            "3.1",
            "0.40",
            "1.40",
            "1..2",
            ".1.2",
            "1.2.",
            "1.02",
            "1.2.x",
            "{0 2}",
            "2.340282366920938463463374607431768211455",
        ] {
            assert!(ObjectIdentifier::parse(text).is_err(), "{text:?}");
        }
    }
}
