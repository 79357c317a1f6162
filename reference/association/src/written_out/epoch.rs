use super::Refusal;
use crate::messages::ContentType;

/// Where a record of DTLS stands against the epochs of its receiver.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EpochOfRecord {
    /// The epoch in which the peer writes.
    pub current: u16,
    /// The epoch of the record.
    pub got: u16,
    /// The type of the record.
    pub content_type: ContentType,
}

/// What becomes of a record of another epoch than the current one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EpochReaction {
    /// It is taken in its epoch; in epoch 0 nothing is protected.
    Take,
    /// It is dropped.
    Drop,
}

/// Only records of the current epoch are taken. Those of the next one, which overtook ChangeCipherSpec, will be repeated
/// (RFC 6347, 4.1, 4.1.2.7 and 4.2.4).
pub(crate) fn epoch(epoch: EpochOfRecord) -> Result<EpochReaction, Refusal> {
    Ok(if epoch.got == epoch.current {
        EpochReaction::Take
    } else {
        EpochReaction::Drop
    })
}

/// A record that cannot be taken is dropped, since anybody could have sent it (RFC 6347, 4.1.2.7).
pub(crate) fn invalid_record(_: Refusal) -> Result<(), Refusal> {
    Ok(())
}
