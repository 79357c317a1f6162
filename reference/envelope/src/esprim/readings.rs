use onem2m_keys::ContentKeyOctets;

use super::rand_object::{KeyAlgorithms, RandError, RandObject};
use crate::base64url;

/// How an entity reads what the specification leaves open about session keys. Two entities meet only if they agree in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readings {
    /// The octets of the rand objects.
    pub rand_octets: RandOctets,
    /// How a random value encodes its 128 bits.
    pub value_encoding: ValueEncoding,
    /// Which octets of the session key a shorter cipher key is.
    pub content_key: ContentKeyOctets,
}

impl Default for Readings {
    /// What this project takes where nobody says otherwise.
    fn default() -> Self {
        Self {
            rand_octets: RandOctets::JsonShort,
            value_encoding: ValueEncoding::Hexadecimal,
            content_key: ContentKeyOctets::Leftmost,
        }
    }
}

/// The octets that stand for a rand object where a session key is derived: TS-0003 V3.18.0, 10.3.8.2 concatenates the objects
/// without saying which octets they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RandOctets {
    /// JSON with short names in the order of the table, without white space.
    JsonShort,
    /// The same with its members sorted by name.
    JsonShortSorted,
    /// The JSON text as it was sent.
    JsonWire,
    /// JSON with long names in the order of the table, without white space.
    JsonLong,
    /// The random value alone, as text.
    ValueText,
    /// The 16 octets that the random value encodes.
    ValueOctets,
}

impl RandOctets {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::JsonShort,
        Self::JsonShortSorted,
        Self::JsonWire,
        Self::JsonLong,
        Self::ValueText,
        Self::ValueOctets,
    ];

    /// Its name in a profile.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonShort => "json-short",
            Self::JsonShortSorted => "json-short-sorted",
            Self::JsonWire => "json-wire",
            Self::JsonLong => "json-long",
            Self::ValueText => "value-text",
            Self::ValueOctets => "value-octets",
        }
    }

    /// The reading of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reading| reading.name() == name)
    }

    /// The octets of an object. Only [`Self::ValueOctets`] can fail: where the value does not encode 128 bits.
    pub fn of<Algorithms: KeyAlgorithms>(
        self,
        object: &RandObject<Algorithms>,
        encoding: ValueEncoding,
    ) -> Result<Vec<u8>, RandError> {
        Ok(match self {
            Self::JsonShort => object.to_json().into_bytes(),
            Self::JsonShortSorted => object.write(|names| names.short, true).into_bytes(),
            Self::JsonWire => object.as_sent().into_bytes(),
            Self::JsonLong => object.write(|names| names.long, false).into_bytes(),
            Self::ValueText => object.value().as_bytes().to_vec(),
            Self::ValueOctets => encoding.read(object.value())?.to_vec(),
        })
    }
}

/// How a random value, which is text, encodes 128 bits: TS-0003 V3.18.0, 8.4.3.1 and TS-0004 V3.32.0, 6.3.5.50 do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueEncoding {
    /// 32 hexadecimal digits.
    Hexadecimal,
    /// 22 characters of base64url.
    Base64Url,
}

impl ValueEncoding {
    /// The octets that a text encodes.
    pub fn read(self, text: &str) -> Result<[u8; 16], RandError> {
        let octets = match self {
            Self::Hexadecimal => hexadecimal(text),
            Self::Base64Url => base64url::decode(text).ok(),
        };
        octets
            .and_then(|octets| octets.try_into().ok())
            .ok_or_else(|| RandError::NotAValue {
                got: text.to_owned(),
            })
    }

    /// The text that encodes the octets. Not every one is an xs:NCName: who makes an object tries others then.
    pub fn write(self, octets: &[u8; 16]) -> String {
        match self {
            Self::Hexadecimal => octets.iter().map(|octet| format!("{octet:02x}")).collect(),
            Self::Base64Url => base64url::encode(octets),
        }
    }
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let mut digits = text.chars().map(|digit| digit.to_digit(16));
    let mut octets = Vec::with_capacity(text.len() / 2);
    while let Some(high) = digits.next() {
        octets.push(u8::try_from(16 * high? + digits.next()??).ok()?);
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::{RandOctets, ValueEncoding};

    #[test]
    fn names_come_back() {
        for reading in RandOctets::ALL {
            assert_eq!(RandOctets::from_name(reading.name()), Some(reading));
        }
        assert_eq!(RandOctets::from_name("json"), None);
    }

    #[test]
    fn a_value_encodes_128_bits() {
        let octets = std::array::from_fn(|at| 0xa0 + at as u8);
        for encoding in [ValueEncoding::Hexadecimal, ValueEncoding::Base64Url] {
            let text = encoding.write(&octets);
            assert_eq!(encoding.read(&text), Ok(octets));
            for other in ["", &text[1..], &format!("{text}a"), &text.replace('a', "é")] {
                assert!(encoding.read(other).is_err(), "{other}");
            }
        }
    }
}
