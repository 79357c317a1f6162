use thiserror::Error;

/// Why a text is not the identifier it was read as.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdentityError {
    /// Nothing where the grammar wants at least one character.
    #[error("expected {expected}, got nothing")]
    Empty {
        /// What the grammar wants there.
        expected: &'static str,
    },
    /// A character outside the alphabet of that part of the identifier.
    #[error("expected {expected}, got the character {got:?}")]
    Character {
        /// The alphabet.
        expected: &'static str,
        /// The first character outside it.
        got: char,
    },
    /// A text whose parts are not arranged as the grammar demands.
    #[error("expected {expected}, got {got:?}")]
    Form {
        /// The form that the grammar demands.
        expected: &'static str,
        /// The text that was read.
        got: String,
    },
    /// A text longer than the referenced specification allows.
    #[error("expected at most {limit} octets in {what}, got {got}")]
    Length {
        /// The part that is too long.
        what: &'static str,
        /// Its limit in octets.
        limit: usize,
        /// Its length in octets.
        got: usize,
    },
}
