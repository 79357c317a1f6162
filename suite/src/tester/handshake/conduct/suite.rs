use onem2m_association::messages::CipherSuite;
use serde::{Deserialize, Deserializer, de};

/// A cipher suite, written as its number or as its name in the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite(pub CipherSuite);

impl From<CipherSuite> for Suite {
    fn from(suite: CipherSuite) -> Self {
        Self(suite)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u16),
    Name(String),
}

impl<'de> Deserialize<'de> for Suite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Number(number) => Ok(Self(CipherSuite(number))),
            Written::Name(name) => (0..=u16::MAX)
                .map(CipherSuite)
                .find(|suite| suite.name() == Some(name.as_str()))
                .map(Self)
                .ok_or_else(|| {
                    let expected = &"a number or name of a cipher suite";
                    de::Error::invalid_value(de::Unexpected::Str(&name), expected)
                }),
        }
    }
}
