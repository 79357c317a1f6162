use thiserror::Error;

/// Octets that are no such message (RFC 5246, 7.2.2, decode_error).
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum DecodeError {
    /// The octets end within a field.
    #[error("{field} ends early: expected {expected} octets, got {got}")]
    Short {
        /// The field as the standard names it.
        field: &'static str,
        /// Octets that the field needs.
        expected: usize,
        /// Octets that are there.
        got: usize,
    },
    /// Octets follow the last field.
    #[error("expected the end of {field}, got {got} more octets")]
    Trailing {
        /// The structure as the standard names it.
        field: &'static str,
        /// Octets that are left.
        got: usize,
    },
    /// The length of a vector is outside the range of its definition.
    #[error("length of {field}: expected {minimum} to {maximum} octets, got {got}")]
    Length {
        /// The field as the standard names it.
        field: &'static str,
        /// The fewest octets.
        minimum: usize,
        /// The most octets.
        maximum: usize,
        /// The octets that the length field says.
        got: usize,
    },
    /// A field whose value is fixed has another.
    #[error("{field}: expected {expected}, got {got}")]
    Value {
        /// The field as the standard names it.
        field: &'static str,
        /// The value that the definition asks for.
        expected: u32,
        /// The value that is there.
        got: u32,
    },
}

/// A value that its length or number field cannot express.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("{field}: expected at most {maximum}, got {got}")]
pub struct EncodeError {
    /// The field as the standard names it.
    pub field: &'static str,
    /// The most that can be expressed.
    pub maximum: u64,
    /// What should have been written.
    pub got: u64,
}
