use thiserror::Error;

/// Why a privileges or selfPrivileges value is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// The value is not of its data type: BAD_REQUEST (4000).
    #[error("{path}: expected {expected}, got {got}")]
    Invalid {
        /// Where in the value, such as `acr[0].acop`.
        path: String,
        /// What the data type wants there.
        expected: &'static str,
        /// What is there, shortened.
        got: String,
    },
    /// The value is of its data type and holds a member that this CSE does not support: NOT_IMPLEMENTED (5001).
    #[error("{path}: expected no {feature}, which is not supported here")]
    NotImplemented {
        /// Where in the value, such as `acr[0].acco[0].actw`.
        path: String,
        /// The unsupported member.
        feature: &'static str,
    },
}
