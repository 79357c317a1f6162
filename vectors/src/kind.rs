use serde_json::{Map, Value};

use crate::{Answer, Unreadable, authorization, esprim, jose, keys};
use onem2m_envelope::esprim::Clauses;

/// What the vectors of a file are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Access decisions.
    Authorization,
    /// What Receiver and Originator make of ESPrim Objects.
    EsPrim,
    /// JOSE objects, ESData envelopes and tokens.
    Jose,
    /// Key derivations and exporters.
    Keys,
}

impl Kind {
    /// Every kind, by name.
    pub const ALL: [Self; 4] = [Self::Authorization, Self::EsPrim, Self::Jose, Self::Keys];

    /// The kind whose schema that is, as `$schema` names it.
    pub fn of_schema(schema: &str) -> Option<Self> {
        let name = schema
            .strip_prefix("schema/")?
            .strip_suffix(".schema.json")?;
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name of its schema and of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::EsPrim => "esprim",
            Self::Jose => "jose",
            Self::Keys => "keys",
        }
    }

    /// The text of its file.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Authorization => include_str!("../authorization.json"),
            Self::EsPrim => include_str!("../esprim.json"),
            Self::Jose => include_str!("../jose.json"),
            Self::Keys => include_str!("../keys.json"),
        }
    }

    /// What the reference answers to a vector, of whose file `head` is the rest.
    pub(crate) fn answer(
        self,
        vector: &Map<String, Value>,
        head: &Map<String, Value>,
    ) -> Result<Answer, Unreadable> {
        match self {
            Self::Authorization => authorization::answer(vector, head),
            Self::EsPrim => esprim::answer(vector, head, &Clauses::SPECIFICATION),
            Self::Jose => jose::answer(vector, head),
            Self::Keys => keys::answer(vector),
        }
    }
}
