use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::CertificateError;
use super::der::{OBJECT_IDENTIFIER, RELATIVE_OID, element};

/// An object identifier in dotted form, `1.3.6.1`. Its arcs may be larger than most readers expect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ObjectIdentifier {
    first: u128,
    second: u128,
    others: Vec<u128>,
}

impl ObjectIdentifier {
    pub(super) fn to_der(&self) -> Vec<u8> {
        // The first two arcs share one number (X.690, 8.19.4).
        let joined = (self.first * 40).saturating_add(self.second);
        let arcs = std::iter::once(joined).chain(self.others.iter().copied());
        element(OBJECT_IDENTIFIER, &encode(arcs))
    }
}

impl FromStr for ObjectIdentifier {
    type Err = CertificateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let arcs = arcs(text);
        match arcs.as_deref() {
            Some([first @ 0..=1, second @ 0..=39, others @ ..])
            | Some([first @ 2, second, others @ ..]) => Ok(Self {
                first: *first,
                second: *second,
                others: others.to_vec(),
            }),
            _ => Err(CertificateError::ObjectIdentifier {
                expected: "an object identifier as 1.3.6.1",
                got: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for ObjectIdentifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.first, self.second)?;
        self.others
            .iter()
            .try_for_each(|arc| write!(formatter, ".{arc}"))
    }
}

/// The arcs of an object identifier below another, `100.3030.10011`: RELATIVE-OID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelativeIdentifier(Vec<u128>);

impl RelativeIdentifier {
    pub(super) fn to_der(&self) -> Vec<u8> {
        element(RELATIVE_OID, &encode(self.0.iter().copied()))
    }
}

impl FromStr for RelativeIdentifier {
    type Err = CertificateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        arcs(text)
            .map(Self)
            .ok_or_else(|| CertificateError::ObjectIdentifier {
                expected: "arcs as 100.3030",
                got: text.to_owned(),
            })
    }
}

impl fmt::Display for RelativeIdentifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arcs: Vec<_> = self.0.iter().map(u128::to_string).collect();
        formatter.write_str(&arcs.join("."))
    }
}

/// Gives a type that is written as text the conversions that serde takes.
macro_rules! as_text {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = CertificateError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

as_text!(ObjectIdentifier);
as_text!(RelativeIdentifier);

fn arcs(text: &str) -> Option<Vec<u128>> {
    let digits = |arc: &str| arc.bytes().all(|octet| octet.is_ascii_digit());
    text.split('.')
        .map(|arc| digits(arc).then(|| arc.parse().ok()).flatten())
        .collect()
}

/// Each arc to the base 128, the first octets of it with the high bit set (X.690, 8.19.2).
fn encode(arcs: impl Iterator<Item = u128>) -> Vec<u8> {
    let mut octets = Vec::new();
    for arc in arcs {
        let groups = (128 - arc.leading_zeros()).div_ceil(7).max(1);
        for group in (0..groups).rev() {
            let bits = u8::try_from((arc >> (7 * group)) & 0x7f).unwrap_or(0);
            octets.push(if group == 0 { bits } else { bits | 0x80 });
        }
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_indication_is_written_by_its_arcs() {
        let type_id: ObjectIdentifier = "0.2.481.1".parse().unwrap();
        assert_eq!(type_id.to_der(), [6, 4, 0x02, 0x83, 0x61, 0x01]);
        let value: RelativeIdentifier = "100.3030.10011".parse().unwrap();
        assert_eq!(value.to_der(), [0x0d, 5, 0x64, 0x97, 0x56, 0xce, 0x1b]);
    }

    #[test]
    fn arc_of_two_to_the_64_is_written_in_ten_octets() {
        let identifier: ObjectIdentifier = "1.3.18446744073709551616".parse().unwrap();
        let mut expected = vec![6, 11, 0x2b, 0x82];
        expected.extend([0x80; 8]);
        expected.push(0);
        assert_eq!(identifier.to_der(), expected);
        assert_eq!(identifier.to_string(), "1.3.18446744073709551616");
    }

    #[test]
    fn text_that_is_no_object_identifier_is_refused() {
        for text in ["", "1", "3.1", "1.40", "1..3", "1.3.", "1.+3", "1.x"] {
            assert!(text.parse::<ObjectIdentifier>().is_err(), "{text}");
        }
    }
}
