use super::Refusal;
use crate::messages::{Alert, AlertDescription, AlertLevel, ContentType};

/// What follows from an alert of the peer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AlertReaction {
    /// The association goes on.
    GoOn,
    /// It was closed, and is closed from this side too.
    Close,
    /// It is broken.
    Break,
}

/// What follows from a record that is of no protocol above the record layer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reaction {
    /// Nothing.
    Ignore,
    /// A record of the same type.
    Answer(Vec<u8>),
}

/// How many warnings may come one after the other: RFC 5246, 7.2.2 lets a receiver decide.
const WARNINGS: u32 = 16;

/// An alert, after as many warnings in a row as `earlier` (RFC 5246, 7.2).
pub(crate) fn alert(alert: &Alert, earlier: u32) -> Result<AlertReaction, Refusal> {
    match (alert.level, alert.description) {
        (AlertLevel::WARNING, AlertDescription::CLOSE_NOTIFY) => Ok(AlertReaction::Close),
        (AlertLevel::WARNING, _) if earlier < WARNINGS => Ok(AlertReaction::GoOn),
        (AlertLevel::WARNING, _) => Err(Refusal::new(
            AlertDescription::UNEXPECTED_MESSAGE,
            format!("expected at most {WARNINGS} warnings in a row, got another"),
        )),
        (AlertLevel::FATAL, _) => Ok(AlertReaction::Break),
        (level, _) => Err(Refusal::new(
            AlertDescription::ILLEGAL_PARAMETER,
            format!("expected the level of an alert to be 1 or 2, got {level}"),
        )),
    }
}

/// A record of a type that was not agreed (RFC 5246, 6).
pub(crate) fn unknown_content(content_type: ContentType, _: &[u8]) -> Result<Reaction, Refusal> {
    Err(Refusal::new(
        AlertDescription::UNEXPECTED_MESSAGE,
        format!("expected a record of type 20 to 23, got {content_type}"),
    ))
}
