use thiserror::Error;

/// A record that does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CipherError {
    /// The fragment is shorter than what protects it, or no whole number of blocks.
    #[error("protected record of {got} octets, which no such record has")]
    Length {
        /// The octets of the fragment.
        got: usize,
    },
    /// Its padding is wrong.
    #[error("protected record with wrong padding")]
    Padding,
    /// Its MAC or tag is wrong.
    #[error("protected record with a wrong authentication code")]
    Authentication,
    /// The keys do not fit the suite.
    #[error("keys of another suite")]
    Keys,
}
