//! What answer a step expects.

use super::Acceptance;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value, json};

/// The answer that a step expects.
///
/// In the catalogue: `"permit"`, `"deny"`, a list of codes, `{ refuse = [...], accepted = "..." }`,
/// `{ turned_away = [...] }`, `{ dispute = "name" }` (codes by release, from `disputes.toml`), or
/// `{ pixit = "PIXIT_X", readings = { value = EXPECTATION, ... } }`.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// The success code of the operation; a discovery finds what it names.
    Permit,
    /// 4103 ORIGINATOR_HAS_NO_PRIVILEGE without a trace; a discovery does not find what it names.
    Deny,
    /// One of these codes, and no other.
    Codes(Vec<u16>),
    /// One of these codes; what an acceptance means is said.
    Refuse {
        /// The codes of a right refusal.
        codes: Vec<u16>,
        /// The meaning of an acceptance.
        accepted: Acceptance,
    },
    /// One of these codes, or a refusal of the binding itself, for what is hardly a request.
    TurnedAway(Vec<u16>),
    /// The codes of a dispute, by the release that the profile claims.
    Dispute(String),
    /// What the reading that the profile declares demands.
    Reading {
        /// The PIXIT that states the reading.
        pixit: String,
        /// The expectation for each value.
        readings: Vec<(String, Expectation)>,
    },
}

impl Expectation {
    /// Reads an expectation from its place in the catalogue.
    pub fn from_value(value: &Value) -> Result<Self, String> {
        match value {
            Value::String(word) if word == "permit" => Ok(Self::Permit),
            Value::String(word) if word == "deny" => Ok(Self::Deny),
            Value::Array(codes) => codes_from(codes).map(Self::Codes),
            Value::Object(table) => Self::from_table(table),
            other => Err(format!(
                "expected \"permit\", \"deny\", a list of codes or a table, got {other}"
            )),
        }
    }

    fn from_table(table: &Map<String, Value>) -> Result<Self, String> {
        let members: Vec<&str> = table.keys().map(String::as_str).collect();
        match (members.as_slice(), table.get("refuse"), table.get("pixit")) {
            (["dispute"], None, None) => Ok(Self::Dispute(text(table, "dispute")?)),
            (["turned_away"], None, None) => match table.get("turned_away") {
                Some(Value::Array(codes)) => codes_from(codes).map(Self::TurnedAway),
                other => Err(format!("expected codes in `turned_away`, got {other:?}")),
            },
            (_, Some(Value::Array(codes)), None) if table.len() == 2 => Ok(Self::Refuse {
                codes: codes_from(codes)?,
                accepted: Acceptance::from_word(&text(table, "accepted")?)?,
            }),
            (_, None, Some(_)) if table.len() == 2 => {
                let Some(Value::Object(readings)) = table.get("readings") else {
                    return Err("expected `readings` beside `pixit`".into());
                };
                let readings = readings
                    .iter()
                    .map(|(reading, value)| Ok((reading.clone(), Self::from_value(value)?)))
                    .collect::<Result<_, String>>()?;
                Ok(Self::Reading {
                    pixit: text(table, "pixit")?,
                    readings,
                })
            }
            _ => Err(format!(
                "expected {{ refuse, accepted }}, {{ turned_away }}, {{ dispute }} or {{ pixit, readings }}, got the members {members:?}"
            )),
        }
    }

    /// The form in which the catalogue writes it.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Permit => json!("permit"),
            Self::Deny => json!("deny"),
            Self::Codes(codes) => json!(codes),
            Self::Refuse { codes, accepted } => {
                json!({"refuse": codes, "accepted": accepted.word()})
            }
            Self::TurnedAway(codes) => json!({ "turned_away": codes }),
            Self::Dispute(name) => json!({ "dispute": name }),
            Self::Reading { pixit, readings } => {
                let readings: Map<String, Value> = readings
                    .iter()
                    .map(|(reading, expectation)| (reading.clone(), expectation.to_value()))
                    .collect();
                json!({"pixit": pixit, "readings": readings})
            }
        }
    }
}

impl<'de> Deserialize<'de> for Expectation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

fn codes_from(codes: &[Value]) -> Result<Vec<u16>, String> {
    codes
        .iter()
        .map(|code| {
            code.as_u64()
                .and_then(|code| u16::try_from(code).ok())
                .ok_or_else(|| format!("expected a response status code, got {code}"))
        })
        .collect()
}

fn text(table: &Map<String, Value>, member: &str) -> Result<String, String> {
    match table.get(member) {
        Some(Value::String(text)) => Ok(text.clone()),
        other => Err(format!("expected text in `{member}`, got {other:?}")),
    }
}
