//! What an AE finds in a container, and what it knows when it does.

use super::known::{self, MEDIA_TYPE};
use crate::purposes::stop::Stop;
use serde_json::Value;

/// A contentInstance for a Target.
#[derive(Clone)]
pub struct Case {
    /// The class that is expected in the container.
    pub class: &'static str,
    /// contentInfo.
    pub content_info: String,
    /// The content.
    pub content: String,
    /// The keys of which the AE is told.
    pub keys: Vec<Value>,
}

pub const ENCRYPTION: &str = "encryption";
pub const SIGNATURE: &str = "signature";
pub const NESTED: &str = "nested";

impl Case {
    /// An object in the form that it has.
    pub fn new(class: &'static str, content: String, keys: Vec<Value>) -> Self {
        let form = if content.starts_with('{') { 2 } else { 1 };
        Self {
            class,
            content_info: format!("{MEDIA_TYPE}:0:{form}"),
            content,
            keys,
        }
    }

    /// The object of a vector, for whoever has its keys.
    pub fn of(step: &str, class: &'static str, id: &str) -> Result<Self, Stop> {
        let keys = known::keys(step, id)?;
        Ok(Self::new(class, known::object(step, id)?, keys))
    }

    /// The same under another contentInfo.
    pub fn labelled(self, content_info: &str) -> Self {
        Self {
            content_info: content_info.to_owned(),
            ..self
        }
    }
}
