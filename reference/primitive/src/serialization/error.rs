use thiserror::Error;

/// Why a value is no primitive.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SerializationError {
    /// Something else than an object stands where one should.
    #[error("expected an object in {place}")]
    NotAnObject {
        /// The primitive, or the member that holds the object.
        place: &'static str,
    },
    /// A parameter that every such primitive has is not there.
    #[error("expected the member {member}, got none")]
    Missing {
        /// Its short name.
        member: &'static str,
    },
    /// A parameter that no such primitive has.
    #[error("expected members of a primitive, got {member:?}")]
    Unknown {
        /// Its name.
        member: String,
    },
    /// A parameter has another type.
    #[error("{member}: expected {expected}")]
    Type {
        /// Its short name.
        member: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}
