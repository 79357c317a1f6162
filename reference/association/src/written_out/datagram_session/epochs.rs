//! The epochs of an association (RFC 6347, 4.1).

use crate::messages::datagram::SequenceNumber;
use crate::written_out::{Protection, ReplayWindow};

/// The epoch in which the peer writes.
#[derive(Debug, Default)]
pub(super) struct ReadEpoch {
    pub(super) number: u16,
    pub(super) protection: Option<Protection>,
    pub(super) window: ReplayWindow,
}

/// An epoch in which this side writes.
#[derive(Debug)]
pub(super) struct WriteEpoch {
    pub(super) number: u16,
    pub(super) protection: Option<Protection>,
    /// Nothing once the last number was used (RFC 6347, 4.1).
    pub(super) next: Option<SequenceNumber>,
}

/// What stands for the sequence number of TLS: the epoch and the number within it (RFC 6347, 4.1.2.1).
pub(super) fn number(epoch: u16, sequence_number: SequenceNumber) -> u64 {
    u64::from(epoch) << 48 | sequence_number.number()
}
