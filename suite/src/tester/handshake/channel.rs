use super::conduct::Conduct;
use super::end::Halt;
use super::layer::Layer;
use super::piece::{Incoming, Piece};
use crate::tester::connection::Connection;
use crate::tester::link::LinkError;
use crate::tester::wire::Arrived;
use rand_chacha::ChaCha20Rng;
use std::time::Duration;
use tokio::time::Instant;

/// The most octets that are taken in a handshake.
const MOST_OCTETS: usize = 1024 * 1024;
/// The most datagrams whose size is remembered.
const MOST_SIZES: usize = 4096;

/// A connection with its record layer.
pub struct Channel<'a> {
    /// The connection.
    pub connection: Connection<'a>,
    /// Its records.
    pub layer: Layer,
    /// All randomness of the tester.
    pub random: ChaCha20Rng,
    /// The octets of each datagram that came.
    pub sizes: Vec<usize>,
    taken: usize,
    first: Option<u8>,
}

/// Until when an answer is waited for. It shortens waits and decides nothing: what came in time is seen by what is recorded.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// A deadline from now.
    pub fn after(patience: Duration) -> Self {
        Self(Instant::now() + patience)
    }

    fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

impl<'a> Channel<'a> {
    /// Over a connection on which nothing happened yet.
    pub fn new(connection: Connection<'a>, random: ChaCha20Rng) -> Self {
        let layer = Layer::new(connection.endpoint().is_datagram());
        Self {
            connection,
            layer,
            random,
            sizes: Vec::new(),
            taken: 0,
            first: None,
        }
    }

    /// What is sent of pieces.
    pub fn encode(&mut self, pieces: &[Piece], conduct: &Conduct) -> Result<Vec<Vec<u8>>, Halt> {
        self.layer
            .encode(pieces, conduct, &mut self.random)
            .map_err(Halt::unsendable)
    }

    /// Sends octets of the stream, or datagrams.
    pub async fn send(&mut self, parts: Vec<Vec<u8>>) -> Result<(), LinkError> {
        for part in parts {
            self.connection.send(part).await?;
        }
        Ok(())
    }

    /// Whether a request came in the clear: a stream that begins with the method of HTTP, which no record does, or datagrams
    /// without protection.
    pub fn is_in_the_clear(&self) -> bool {
        match &self.layer {
            Layer::Stream(_) => self.first.is_some_and(|first| first.is_ascii_uppercase()),
            Layer::Datagram(layer) => layer.in_the_clear,
        }
    }

    /// From here on octets are counted anew.
    pub fn forget_taken(&mut self) {
        self.taken = 0;
    }

    /// What comes next.
    pub async fn receive(&mut self, deadline: Deadline) -> Result<Incoming, LinkError> {
        loop {
            if let Some(incoming) = self.layer.next() {
                return Ok(incoming);
            }
            match self.connection.receive(deadline.remaining()).await? {
                Arrived::Octets(octets) => {
                    self.first = self.first.or(octets.0.first().copied());
                    self.taken = self.taken.saturating_add(octets.0.len());
                    if self.taken > MOST_OCTETS {
                        let most = format!("more than {MOST_OCTETS} octets without an end");
                        return Ok(Incoming::Violation(most));
                    }
                    if self.layer.is_datagram() && self.sizes.len() < MOST_SIZES {
                        self.sizes.push(octets.0.len());
                    }
                    self.layer.push(&octets.0);
                }
                Arrived::Closed => return Ok(Incoming::Closed),
                Arrived::Reset(_) => return Ok(Incoming::Reset),
                Arrived::Silence => return Ok(Incoming::Silence),
            }
        }
    }

    /// Drops what comes until nothing does, and counts it.
    pub async fn drain(&mut self, deadline: Deadline) -> Result<usize, LinkError> {
        let mut dropped = 0;
        while let Arrived::Octets(octets) = self.connection.receive(deadline.remaining()).await? {
            self.taken = self.taken.saturating_add(octets.0.len());
            if self.taken > MOST_OCTETS {
                break;
            }
            dropped += 1;
        }
        Ok(dropped)
    }
}
