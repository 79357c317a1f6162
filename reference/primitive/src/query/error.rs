//! Why parameters have no query arguments.

use crate::field::NoElement;

/// Why a parameter has no query argument that would be read as the same parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QueryError {
    /// An element of a list is empty.
    Element(NoElement),
    /// An attribute of Filter Criteria would be read as another parameter, or is no NCName.
    AttributeName {
        /// The name.
        got: String,
    },
}
