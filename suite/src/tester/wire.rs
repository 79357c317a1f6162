//! Octets to and from an endpoint of the IUT, below everything that a binding means by them.

use super::link::{BoxFuture, LinkError, Octets};
use crate::catalogue::behaviour::{Endpoint, Role, Source};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A connection of octets: a stream, or datagrams between two addresses.
pub trait Wire: Send {
    /// What follows is for this. Those that lead to an IUT need not know.
    fn begin(&mut self, _: Role) {}

    /// Sends octets: a piece of the stream, or one datagram. Whether they arrived is seen by what comes back.
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>>;

    /// What comes next, within the patience: a piece of the stream, or one datagram.
    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>>;

    /// Ends the tester's side.
    fn end(&mut self, ending: Ending) -> BoxFuture<'_, Result<(), LinkError>>;
}

/// Where octets go, and from which address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Which of the tester's addresses they come from.
    #[serde(default)]
    pub source: Source,
}

impl Dial {
    /// From the first address.
    pub fn new(endpoint: Endpoint) -> Self {
        let source = Source::default();
        Self { endpoint, source }
    }
}

/// What came to an attempt to connect.
pub enum Connected {
    /// A connection.
    Open(Box<dyn Wire>),
    /// None, with what the system says of it.
    Unreachable(String),
}

/// What came from the IUT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrived {
    /// Octets.
    Octets(Octets),
    /// The IUT ended its side of the stream.
    Closed,
    /// The connection broke, with what the system says of it.
    Reset(String),
    /// Nothing within the patience.
    Silence,
}

/// How the tester ends its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// In order: the IUT sees an end of the stream.
    Close,
    /// Abruptly, where the transport knows such an end.
    Reset,
}
