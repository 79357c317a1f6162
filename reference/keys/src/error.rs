use thiserror::Error;

/// Why a key or what it is derived from cannot be what it was given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// More octets than the length field of TLS before them can state.
    #[error("expected at most {limit} octets in {what}, got {got}")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// Its limit in octets.
        limit: usize,
        /// Its length in octets.
        got: usize,
    },
    /// Another number of octets than the specification fixes.
    #[error("expected {expected} octets in {what}, got {got}")]
    Length {
        /// What has another length.
        what: &'static str,
        /// The length that is fixed.
        expected: usize,
        /// Its length in octets.
        got: usize,
    },
}
