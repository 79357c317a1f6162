use serde::{Deserialize, Deserializer, de};

/// Octets that are written as hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HexOctets(pub Vec<u8>);

impl<'de> Deserialize<'de> for HexOctets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|each| *each != ' ')
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
            })
            .collect();
        digits
            .filter(|digits| digits.len().is_multiple_of(2))
            .map(|digits| {
                let (pairs, _) = digits.as_chunks::<2>();
                Self(pairs.iter().map(|[high, low]| high << 4 | low).collect())
            })
            .ok_or_else(|| {
                let expected = &"pairs of hexadecimal digits";
                de::Error::invalid_value(de::Unexpected::Str(&text), expected)
            })
    }
}
