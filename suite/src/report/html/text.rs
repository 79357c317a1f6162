//! Text as a page may hold it.

use crate::report::text::{bounded, visible};
use std::fmt;

/// What is longer than this many octets is cut: a line is for reading.
const LONGEST: usize = 1024;

/// A line of bounded length in which every control character is spelled out. Templates escape it for HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self(bounded(text, LONGEST).into_owned())
    }

    /// Nothing if there is nothing to read.
    pub(super) fn some(text: Option<&String>) -> Option<Self> {
        text.filter(|text| !text.is_empty())
            .map(|text| Self::new(text))
    }

    /// Names that stand beside each other: as long as it takes, since the catalogue bounds it.
    pub(super) fn list(names: &str) -> Self {
        Self(visible(names).into_owned())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
