use crate::Clauses;

/// An operation as access control counts them (TS-0004 V3.32.0, Table 6.3.4.2.29-1).
///
/// A Retrieve whose filterUsage is that of a discovery is `Discover` (TS-0003 V3.18.0, 7.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// CREATE.
    Create,
    /// RETRIEVE.
    Retrieve,
    /// UPDATE.
    Update,
    /// DELETE.
    Delete,
    /// NOTIFY.
    Notify,
    /// DISCOVERY.
    Discover,
}

impl Operation {
    /// All operations.
    pub const ALL: [Self; 6] = [
        Self::Create,
        Self::Retrieve,
        Self::Update,
        Self::Delete,
        Self::Notify,
        Self::Discover,
    ];

    /// The value of the operation in m2m:accessControlOperations, which is not its value in m2m:operation.
    pub const fn bit(self) -> u8 {
        match self {
            Self::Create => 1,
            Self::Retrieve => 2,
            Self::Update => 4,
            Self::Delete => 8,
            Self::Notify => 16,
            Self::Discover => 32,
        }
    }
}

/// A value of m2m:accessControlOperations: at least one operation, each by its bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operations(u8);

impl Operations {
    /// Every operation.
    pub const ALL: Self = Self(63);

    /// The operations whose bits are set; `None` for no bit and for bits that stand for no operation.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        match bits {
            1..=63 => Some(Self(bits)),
            _ => None,
        }
    }

    /// The sum of the bits.
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// res_ops of TS-0003 V3.18.0, 7.1.5: the bit of the requested operation is set.
pub(crate) fn operations(clauses: &Clauses, allowed: Operations, requested: Operation) -> bool {
    allowed.bits() & (clauses.operation_bit)(requested) != 0
}

#[cfg(test)]
mod tests {
    use super::{Operation, Operations, operations};
    use crate::Clauses;

    #[test]
    fn bits_are_those_of_the_table() {
        assert_eq!(Operation::ALL.map(Operation::bit), [1, 2, 4, 8, 16, 32]);
    }

    #[test]
    fn value_without_an_operation_or_with_an_undefined_bit_is_none() {
        for bits in [0, 64, 65, 127, 255] {
            assert_eq!(Operations::from_bits(bits), None);
        }
        assert_eq!(Operations::from_bits(63), Some(Operations::ALL));
    }

    #[test]
    fn each_operation_needs_exactly_its_own_bit() {
        for requested in Operation::ALL {
            for bits in 1..=63 {
                let permitted = operations(
                    &Clauses::SPECIFICATION,
                    Operations::from_bits(bits).unwrap(),
                    requested,
                );
                assert_eq!(permitted, bits & requested.bit() == requested.bit());
            }
        }
    }
}
