use serde_json::{Map, Value};

use crate::header::octets;
use crate::serialization::text;
use crate::{EcPublicKey, EnvelopeError, Part, jwk};

/// The members of a header that a key agreement needs (RFC 7518, 4.6.1).
#[derive(Clone, Debug, Default)]
pub(crate) struct AgreementMembers {
    pub(crate) ephemeral: Option<EcPublicKey>,
    pub(crate) producer: Option<Vec<u8>>,
    pub(crate) recipient: Option<Vec<u8>>,
}

impl AgreementMembers {
    /// Those that stand in one place of a header.
    pub(crate) fn read(header: &Map<String, Value>) -> Result<Self, EnvelopeError> {
        let information = |name| {
            let encoded = text(header, name)?;
            encoded
                .map(|text| octets(Part::Protected, text))
                .transpose()
        };
        Ok(Self {
            ephemeral: header.get("epk").map(ephemeral).transpose()?,
            producer: information("apu")?,
            recipient: information("apv")?,
        })
    }

    /// Whichever of two stands there: no member stands in two places.
    pub(crate) fn merge(self, other: Self) -> Self {
        Self {
            ephemeral: self.ephemeral.or(other.ephemeral),
            producer: self.producer.or(other.producer),
            recipient: self.recipient.or(other.recipient),
        }
    }
}

fn ephemeral(value: &Value) -> Result<EcPublicKey, EnvelopeError> {
    let key = value.as_object().ok_or(EnvelopeError::Kind {
        name: "epk",
        expected: "an object",
    })?;
    if key.contains_key("d") {
        return Err(EnvelopeError::PrivatePart);
    }
    jwk::ec_public(key)
}
