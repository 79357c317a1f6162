use serde::Deserialize;

/// Which part of an earlier session the ClientHello names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resume {
    /// Its session id.
    SessionId,
    /// Its ticket.
    Ticket,
    /// Its ticket with the first bit of an octet inverted; a negative number counts from the end.
    TicketInverted(i32),
}
