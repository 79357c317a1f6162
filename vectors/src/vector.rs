use std::sync::Arc;

use onem2m_envelope::esprim::Clauses;
use serde_json::{Map, Value};

use crate::members::Members;
use crate::{Answer, Difference, Expectation, Kind, Unreadable, esprim};

/// A vector.
#[derive(Debug, Clone)]
pub struct Vector {
    /// The name of its file and its identifier there, such as `keys/PRF/001`.
    pub id: String,
    /// What it is about.
    pub kind: Kind,
    /// Why it exists.
    pub reason: String,
    /// Where the expected answer comes from.
    pub source: String,
    /// What must happen.
    pub expected: Expectation,
    members: Map<String, Value>,
    head: Arc<Map<String, Value>>,
}

impl Vector {
    pub(crate) fn read(
        file: &str,
        kind: Kind,
        value: &Value,
        head: &Arc<Map<String, Value>>,
    ) -> Result<Self, Unreadable> {
        let members = value
            .as_object()
            .ok_or_else(|| Unreadable::member("vector", "an object", Some(value)))?;
        let read = Members::of(members);
        Ok(Self {
            id: format!("{file}/{}", read.text("id")?),
            kind,
            reason: read.text("reason")?.to_owned(),
            source: read.text("source")?.to_owned(),
            expected: Expectation::read(read.object("expected")?)?,
            members: members.clone(),
            head: Arc::clone(head),
        })
    }

    /// Whether the reference answers as the vector says.
    pub fn check(&self) -> Result<(), Difference> {
        let expected = self.expected.of_reference();
        let got = self.answer()?;
        if got != expected {
            return Err(Difference::between(&expected, &got));
        }
        let mistakes = self.members.get("mistakes").and_then(Value::as_object);
        let same = |(_, value): &(&String, &Value)| got.get("value") == Some(*value);
        match mistakes.into_iter().flatten().find(same) {
            Some((mistake, _)) => Err(Difference::Mistake {
                mistake: mistake.clone(),
            }),
            None => Ok(()),
        }
    }

    /// What the reference answers.
    pub fn answer(&self) -> Result<Answer, Unreadable> {
        self.kind.answer(&self.members, &self.head)
    }

    /// What comes of a vector of [`Kind::EsPrim`] where these clauses hold.
    pub fn answer_by(&self, clauses: &Clauses) -> Result<Answer, Unreadable> {
        esprim::answer(&self.members, &self.head, clauses)
    }

    /// A member that its file has for all, also where the vector has one of the same name.
    pub fn shared(&self, name: &str) -> Option<&Value> {
        self.head.get(name)
    }

    /// A member that its kind has, or that its file has for all.
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.members.get(name).or_else(|| self.head.get(name))
    }
}
