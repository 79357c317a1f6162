//! The Operation parameter.

use std::fmt;

/// What a request asks for (`m2m:operation`, TS-0004 V3.32.0, 6.3.4.2.5); the discriminants are the values on the wire.
///
/// The bits of accessControlOperations are another numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Operation {
    /// Makes a resource below the target.
    Create = 1,
    /// Reads the target, or discovers below it.
    Retrieve = 2,
    /// Changes attributes of the target.
    Update = 3,
    /// Removes the target and what is below it.
    Delete = 4,
    /// Hands a notification to the target.
    Notify = 5,
}

impl Operation {
    /// All operations, in the order of their values.
    pub const ALL: [Self; 5] = [
        Self::Create,
        Self::Retrieve,
        Self::Update,
        Self::Delete,
        Self::Notify,
    ];

    /// Whether a request has Content, apart from the attribute list of a partial Retrieve (TS-0004 V3.32.0, Table 7.2.1.1-1).
    pub const fn has_content(self) -> bool {
        matches!(self, Self::Create | Self::Update | Self::Notify)
    }

    /// The value of `op` on the wire.
    pub const fn value(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Create => "CREATE",
            Self::Retrieve => "RETRIEVE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
            Self::Notify => "NOTIFY",
        })
    }
}

/// A number that is no operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an operation from 1 to 5, got {got}")]
pub struct UnknownOperation {
    /// The number.
    pub got: u64,
}

impl TryFrom<u64> for Operation {
    type Error = UnknownOperation;

    fn try_from(value: u64) -> Result<Self, UnknownOperation> {
        Self::ALL
            .into_iter()
            .find(|operation| u64::from(operation.value()) == value)
            .ok_or(UnknownOperation { got: value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_enumeration() {
        let values = Operation::ALL.map(Operation::value);
        assert_eq!(values, [1, 2, 3, 4, 5]);
        assert_eq!(Operation::try_from(5), Ok(Operation::Notify));
        assert_eq!(Operation::try_from(0), Err(UnknownOperation { got: 0 }));
        assert_eq!(Operation::try_from(6), Err(UnknownOperation { got: 6 }));
    }
}
