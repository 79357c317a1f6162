use serde_json::{Map, Value};

use crate::{EnvelopeError, Part, base64url, json};

/// The members of a JOSE header, as they stand in up to three places (RFC 7516, 4; RFC 7515, 4).
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    pub(crate) protected: &'a Map<String, Value>,
    pub(crate) shared: &'a Map<String, Value>,
    pub(crate) own: &'a Map<String, Value>,
}

impl<'a> Header<'a> {
    /// The value of a member, wherever it stands.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.places().into_iter().find_map(|place| place.get(name))
    }

    /// The members that a tag or signature covers.
    pub fn protected(&self) -> &'a Map<String, Value> {
        self.protected
    }

    /// The identifier of the key, if there is one and it is a text.
    pub fn key_identifier(&self) -> Option<&'a str> {
        self.get("kid").and_then(Value::as_str)
    }

    /// The text of a member, if there is one; another value is refused.
    pub fn text(&self, name: &'static str) -> Result<Option<&'a str>, EnvelopeError> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(EnvelopeError::Kind {
                name,
                expected: "a text",
            }),
        }
    }

    /// The text of a member that has to be there.
    pub(crate) fn required_text(&self, name: &'static str) -> Result<&'a str, EnvelopeError> {
        self.text(name)?.ok_or(EnvelopeError::Missing { name })
    }

    /// What holds for every header, whatever its algorithm.
    pub(crate) fn check(&self) -> Result<(), EnvelopeError> {
        for (own, others) in [
            (self.own, [self.protected, self.shared]),
            (self.shared, [self.protected, self.protected]),
        ] {
            let twice = own
                .keys()
                .find(|name| others.iter().any(|other| other.contains_key(*name)));
            if let Some(name) = twice {
                return Err(EnvelopeError::TwoPlaces { name: name.clone() });
            }
        }
        self.check_critical()?;
        for name in ["kid", "typ", "cty"] {
            self.text(name)?;
        }
        Ok(())
    }

    /// No extension is understood, so that whatever `crit` says is refused (RFC 7515, 4.1.11).
    fn check_critical(&self) -> Result<(), EnvelopeError> {
        if self.shared.contains_key("crit") || self.own.contains_key("crit") {
            return Err(EnvelopeError::CriticalUnprotected);
        }
        let Some(critical) = self.protected.get("crit") else {
            return Ok(());
        };
        let Some(names) = critical.as_array() else {
            return Err(EnvelopeError::Kind {
                name: "crit",
                expected: "an array of names",
            });
        };
        match names.first() {
            None => Err(EnvelopeError::CriticalEmpty),
            Some(Value::String(name)) if STANDARD.contains(&name.as_str()) => {
                Err(EnvelopeError::CriticalStandard { name: name.clone() })
            }
            Some(Value::String(name)) => Err(EnvelopeError::CriticalUnknown { name: name.clone() }),
            Some(_) => Err(EnvelopeError::Kind {
                name: "crit",
                expected: "an array of names",
            }),
        }
    }

    fn places(&self) -> [&'a Map<String, Value>; 3] {
        [self.protected, self.shared, self.own]
    }
}

/// The names that may not be critical, because everybody knows them (RFC 7515, 4.1; RFC 7516, 4.1; RFC 7518, 4.6 to 4.8).
const STANDARD: [&str; 20] = [
    "alg", "enc", "zip", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty",
    "crit", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c",
];

/// The members of a protected header, from its base64url.
pub(crate) fn read_protected(text: &str) -> Result<Map<String, Value>, EnvelopeError> {
    let octets = octets(Part::Protected, text)?;
    json::read_object(&octets).map_err(|error| EnvelopeError::Json {
        part: Part::Protected,
        error,
    })
}

/// The octets of a part, from its base64url.
pub(crate) fn octets(part: Part, text: &str) -> Result<Vec<u8>, EnvelopeError> {
    base64url::decode(text).map_err(|error| EnvelopeError::Base64Url { part, error })
}

/// Refuses a value of `alg` that is `none` in any case, so that it is never just an algorithm that is unknown.
pub(crate) fn refuse_none(algorithm: &str) -> Result<(), EnvelopeError> {
    if algorithm.eq_ignore_ascii_case("none") {
        return Err(EnvelopeError::Unsecured {
            got: algorithm.into(),
        });
    }
    Ok(())
}
