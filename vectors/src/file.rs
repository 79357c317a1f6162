use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::{Difference, Kind, Unreadable, Vector};

/// A file of vectors.
#[derive(Debug, Clone)]
pub struct VectorFile {
    /// Its name without the ending, which is the group of its vectors.
    pub name: String,
    /// What its vectors are about.
    pub kind: Kind,
    /// The vectors, in its order.
    pub vectors: Vec<Vector>,
}

/// Why a file is no file of vectors.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// It is no JSON object.
    #[error("expected a JSON object: {reason}")]
    Json {
        /// Why not, and where.
        reason: String,
    },
    /// Its schema is none of those.
    #[error("expected $schema to be that of a file of vectors, got {got}")]
    Schema {
        /// What it names.
        got: String,
    },
    /// It has no list of vectors.
    #[error("expected a list of vectors, got none")]
    NoVectors,
    /// What all vectors have in common is not there.
    #[error("vector {id}: {error}")]
    Vector {
        /// Its identifier, or where it stands.
        id: String,
        /// What is wrong.
        error: Unreadable,
    },
    /// An identifier stands twice.
    #[error("vector {id}: expected an identifier of its own, got one that stands twice")]
    Twice {
        /// The identifier.
        id: String,
    },
}

impl VectorFile {
    /// The file of a kind, as this version has it.
    pub fn embedded(kind: Kind) -> Result<Self, FileError> {
        Self::read(kind.name(), kind.text())
    }

    /// Reads a file.
    pub fn read(name: &str, text: &str) -> Result<Self, FileError> {
        let json = |error: serde_json::Error| FileError::Json {
            reason: error.to_string(),
        };
        let mut head: Map<String, Value> = serde_json::from_str(text).map_err(json)?;
        let schema = head.get("$schema").cloned().unwrap_or_default();
        let kind = schema.as_str().and_then(Kind::of_schema);
        let kind = kind.ok_or_else(|| FileError::Schema {
            got: schema.to_string(),
        })?;
        let Some(Value::Array(vectors)) = head.remove("vectors") else {
            return Err(FileError::NoVectors);
        };
        let head = Arc::new(head);
        let read = |(place, value): (usize, &Value)| {
            Vector::read(name, kind, value, &head).map_err(|error| FileError::Vector {
                id: called(value, place),
                error,
            })
        };
        let vectors: Vec<Vector> = vectors
            .iter()
            .enumerate()
            .map(read)
            .collect::<Result<_, _>>()?;
        let mut seen = BTreeSet::new();
        match vectors.iter().find(|vector| !seen.insert(&vector.id)) {
            Some(twice) => Err(FileError::Twice {
                id: twice.id.clone(),
            }),
            None => Ok(Self {
                name: name.to_owned(),
                kind,
                vectors,
            }),
        }
    }

    /// The vectors that are not as they say, and what differs.
    pub fn wrong(&self) -> Vec<(&Vector, Difference)> {
        let wrong = |vector| Some((vector, Vector::check(vector).err()?));
        self.vectors.iter().filter_map(wrong).collect()
    }
}

/// The identifier of a vector, or its place, counted from one, where it has none.
fn called(vector: &Value, place: usize) -> String {
    match vector.get("id").and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => format!("number {}", place.saturating_add(1)),
    }
}
