//! Tokens.

use std::fmt;

/// The Token by which a response is matched with its request: up to 8 octets (RFC 7252, 5.3.1).
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(Vec<u8>);

/// More octets than a Token has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("token: expected at most {} octets, got {got}", Token::MAX)]
pub struct TokenTooLong {
    /// How many.
    pub got: usize,
}

impl Token {
    /// The most octets of a Token.
    pub const MAX: usize = 8;

    /// The octets.
    pub fn as_octets(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<&[u8]> for Token {
    type Error = TokenTooLong;

    fn try_from(octets: &[u8]) -> Result<Self, TokenTooLong> {
        match octets.len() {
            0..=Self::MAX => Ok(Self(octets.to_vec())),
            got => Err(TokenTooLong { got }),
        }
    }
}

impl From<[u8; Token::MAX]> for Token {
    fn from(octets: [u8; Token::MAX]) -> Self {
        Self(octets.to_vec())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(")?;
        for octet in &self.0 {
            write!(formatter, "{octet:02x}")?;
        }
        formatter.write_str(")")
    }
}
