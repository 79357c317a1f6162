use crate::tester::association_end::AssociationEnd;
use crate::tester::link::LinkError;
use onem2m_association::messages::{DecodeError, EncodeError};

/// Why a handshake goes no further.
#[derive(Debug)]
pub enum Halt {
    /// It came to an end.
    End(AssociationEnd),
    /// The tester stops here, and leaves the connection as it is.
    Left,
    /// The tester has trouble of its own.
    Link(LinkError),
}

impl Halt {
    /// The IUT did what the protocol does not allow here.
    pub fn unexpected(what: impl Into<String>) -> Self {
        Self::End(AssociationEnd::Unexpected(what.into()))
    }

    /// The IUT sent something else than what comes here.
    pub fn expected(what: &str, got: &str) -> Self {
        Self::unexpected(format!("expected {what}, got {got}"))
    }

    /// The tester cannot send what it is told to.
    pub fn unsendable(what: impl ToString) -> Self {
        Self::Link(LinkError::Unsendable(what.to_string()))
    }
}

impl From<LinkError> for Halt {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<EncodeError> for Halt {
    fn from(error: EncodeError) -> Self {
        Self::unsendable(error)
    }
}

impl From<DecodeError> for Halt {
    fn from(error: DecodeError) -> Self {
        Self::unexpected(error.to_string())
    }
}
