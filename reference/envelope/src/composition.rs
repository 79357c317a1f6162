use serde_json::{Map, Value};

use crate::EnvelopeError;

/// Adds members to a header, none of which it may have.
pub(crate) fn add_all(
    header: &mut Map<String, Value>,
    members: &Map<String, Value>,
) -> Result<(), EnvelopeError> {
    members
        .iter()
        .try_for_each(|(name, value)| add(header, name, value.clone()))
}

/// Adds a member to a header, which may not have it.
pub(crate) fn add(
    header: &mut Map<String, Value>,
    name: &str,
    value: Value,
) -> Result<(), EnvelopeError> {
    match header.insert(name.into(), value) {
        None => Ok(()),
        Some(_) => Err(EnvelopeError::TwoPlaces { name: name.into() }),
    }
}
