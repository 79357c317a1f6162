//! A connection that is kept open from request to request.

use crate::catalogue::behaviour::Endpoint;
use crate::tester::http_octets::AnswerReader;
use crate::tester::link::{Link, LinkError, Received};
use crate::tester::wire::{Arrived, Connected, Dial, Ending, Wire};
use bytes::Bytes;
use std::time::Duration;

/// A line to the HTTP endpoint of an IUT.
pub struct Line<'a> {
    link: &'a dyn Link,
    wire: Option<Box<dyn Wire>>,
    reader: AnswerReader,
    answered: u32,
}

impl<'a> Line<'a> {
    /// A line that is not open yet.
    pub fn new(link: &'a dyn Link) -> Self {
        Self {
            link,
            wire: None,
            reader: AnswerReader::default(),
            answered: 0,
        }
    }

    /// Sends a request in pieces and takes its answer, which may take so long.
    ///
    /// An IUT may end a connection between two requests (RFC 9112, 9.5): a request to which nothing came because of that is
    /// sent once more, on a connection of its own.
    pub async fn exchange(
        &mut self,
        pieces: &[Bytes],
        patience: Duration,
    ) -> Result<Received, LinkError> {
        let was_used = self.wire.is_some() && self.answered > 0;
        let received = self.attempt(pieces, patience).await?;
        let is_lost = matches!(received, Received::Closed(_)) && self.reader.is_empty();
        match is_lost && was_used {
            true => {
                self.hang_up().await?;
                self.attempt(pieces, patience).await
            }
            false => Ok(received),
        }
    }

    async fn attempt(
        &mut self,
        pieces: &[Bytes],
        patience: Duration,
    ) -> Result<Received, LinkError> {
        if self.wire.is_none() {
            let dial = Dial::new(Endpoint::Http);
            match self.link.connect(&dial).await? {
                Connected::Open(wire) => self.wire = Some(wire),
                Connected::Unreachable(why) => return Ok(Received::Unreachable(why)),
            }
            self.reader = AnswerReader::default();
            self.answered = 0;
        }
        let Some(wire) = &mut self.wire else {
            return Ok(Received::Unreachable("no connection".into()));
        };
        for piece in pieces {
            wire.send(piece.clone()).await?;
        }
        let received = loop {
            match wire.receive(patience).await? {
                Arrived::Octets(octets) => {
                    self.reader.push(&octets.0);
                    if let Some(received) = self.reader.take() {
                        break received;
                    }
                }
                Arrived::Closed => break self.reader.ended("the connection was closed"),
                Arrived::Reset(why) => break self.reader.ended(&why),
                Arrived::Silence => break Received::Timeout,
            }
        };
        self.answered += 1;
        if !is_kept(&received) {
            self.hang_up().await?;
        }
        Ok(received)
    }

    /// Ends the connection; the next request opens another one.
    pub async fn hang_up(&mut self) -> Result<(), LinkError> {
        if let Some(mut wire) = self.wire.take() {
            wire.end(Ending::Close).await?;
        }
        Ok(())
    }
}

/// Whether more can be sent behind an answer.
fn is_kept(received: &Received) -> bool {
    match received {
        Received::Http { headers, .. } => !headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close")
        }),
        _ => false,
    }
}
