use onem2m_envelope::{EnvelopeError, base64url};
use serde_json::{Map, Value};
use thiserror::Error;

use super::Key;
use crate::end_to_end::derived::Derive;

/// Why a statement does not say what an AE is to do.
#[derive(Debug, Error)]
pub enum StatementError {
    /// It is no JSON object.
    #[error("expected a JSON object, got something else")]
    NoObject,
    /// A member is missing, or something else than it has to be.
    #[error("expected {expected} in `{name}`")]
    Member {
        /// Its name.
        name: &'static str,
        /// What has to stand there.
        expected: &'static str,
    },
    /// A value that a member cannot have.
    #[error("expected {expected} in `{name}`, got {got:?}")]
    Value {
        /// The name of the member.
        name: &'static str,
        /// What has to stand there.
        expected: &'static str,
        /// What does.
        got: String,
    },
    /// A credential of this type does not protect content.
    #[error("expected a type of credentials for ESData, got {0}")]
    CredentialType(u64),
    /// A key cannot be one.
    #[error("expected a key, got one of which {0}")]
    Key(#[from] EnvelopeError),
    /// A key is named that is not told.
    #[error("expected a key that the statement has, got the name {0:?}")]
    NoSuchKey(String),
}

impl StatementError {
    pub(super) fn value(name: &'static str, expected: &'static str, got: &str) -> Self {
        Self::Value {
            name,
            expected,
            got: got.to_owned(),
        }
    }
}

/// The members of an object in a statement.
#[derive(Clone, Copy)]
pub(super) struct Members<'a>(&'a Map<String, Value>);

impl<'a> Members<'a> {
    pub(super) fn of(value: &'a Value) -> Result<Self, StatementError> {
        value.as_object().map(Self).ok_or(StatementError::NoObject)
    }

    pub(super) fn text(self, name: &'static str) -> Result<&'a str, StatementError> {
        self.find(name)?.ok_or(StatementError::Member {
            name,
            expected: "a text",
        })
    }

    pub(super) fn find(self, name: &'static str) -> Result<Option<&'a str>, StatementError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(StatementError::Member {
                name,
                expected: "a text",
            }),
        }
    }

    /// Whatever stands there, unless it is null.
    pub(super) fn any(self, name: &'static str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn number(self, name: &'static str) -> Result<u64, StatementError> {
        let number = self.0.get(name).and_then(Value::as_u64);
        number.ok_or(StatementError::Member {
            name,
            expected: "a number",
        })
    }

    pub(super) fn object(
        self,
        name: &'static str,
    ) -> Result<&'a Map<String, Value>, StatementError> {
        let object = self.0.get(name).and_then(Value::as_object);
        object.ok_or(StatementError::Member {
            name,
            expected: "an object",
        })
    }

    /// The elements of a list, none if there is no such member.
    pub(super) fn list(self, name: &'static str) -> Result<&'a [Value], StatementError> {
        match self.0.get(name) {
            None => Ok(&[]),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(StatementError::Member {
                name,
                expected: "a list",
            }),
        }
    }

    /// Octets in base64url.
    pub(super) fn octets(self, name: &'static str) -> Result<Option<Vec<u8>>, StatementError> {
        let Some(text) = self.find(name)? else {
            return Ok(None);
        };
        let wrong = |_| StatementError::Member {
            name,
            expected: "base64url",
        };
        base64url::decode(text).map(Some).map_err(wrong)
    }

    pub(super) fn keys(self, derive: Derive) -> Result<Vec<Key>, StatementError> {
        let keys = self.list("keys")?.iter();
        keys.map(|key| Key::read(key, derive)).collect()
    }
}
