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
    /// Octets that are not the UTF-8 of any text.
    #[error("expected UTF-8 in {what}, got other octets from octet {from} on")]
    Encoding {
        /// What the octets should be.
        what: &'static str,
        /// How many octets before them are UTF-8.
        from: usize,
    },
    /// A number that the specification gives no meaning, or that is too large to be one of those it counts with.
    #[error("expected {expected}, got {got}")]
    Number {
        /// The numbers that have a meaning.
        expected: &'static str,
        /// The number as it was written.
        got: String,
    },
    /// A hash algorithm that public key identifiers of oneM2M do not use.
    #[error("expected sha-256, sha-256-128 or sha-256-120, got {got:?}")]
    Algorithm {
        /// The name of the algorithm.
        got: String,
    },
    /// A digest that is not as long as its algorithm makes it.
    #[error("expected {expected} octets of digest behind {algorithm}, got {got}")]
    Digest {
        /// The name of the algorithm.
        algorithm: &'static str,
        /// The length that the algorithm makes.
        expected: usize,
        /// The length that was read.
        got: usize,
    },
    /// Octets that are not the encoding they were read as.
    #[error("expected {expected}, got the octets {got:02x?}")]
    Octets {
        /// The encoding.
        expected: &'static str,
        /// The octets that were read.
        got: Vec<u8>,
    },
}
