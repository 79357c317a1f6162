//! Why a value cannot be read or written.

/// A field of a message that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// The field has to be there.
    #[error("{name}: expected a value, got none")]
    Missing {
        /// The field.
        name: String,
    },
    /// The field may occur once only.
    #[error("{name}: expected one value, got several")]
    Repeated {
        /// The field.
        name: String,
    },
    /// The value is not of its type.
    #[error("{name}: expected {expected}, got {got:?}")]
    Value {
        /// The field.
        name: String,
        /// What it should be.
        expected: &'static str,
        /// What it is.
        got: String,
    },
}

/// An element of a list that is empty or holds what separates the elements on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoElement {
    /// The parameter.
    pub(crate) name: &'static str,
    /// What separates elements.
    pub(crate) separator: char,
    /// The element.
    pub(crate) got: String,
}
