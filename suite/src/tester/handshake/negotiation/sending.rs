//! What is sent of a flight, and where the tester stops.

use super::Negotiation;
use crate::tester::handshake::conduct::StopEnding;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::piece::Piece;
use crate::tester::handshake::waits::Waits;

impl Negotiation<'_, '_> {
    /// Sends what pieces were laid out as, or the front of it, after which the tester does what its conduct says.
    pub(super) async fn send(
        &mut self,
        pieces: Vec<Piece>,
        mut parts: Vec<Vec<u8>>,
        stop: Option<(u32, StopEnding)>,
    ) -> Result<(), Halt> {
        let datagram = self.is_datagram();
        self.conversation.waits = Waits::new(self.handshake.patience, datagram);
        let Some((length, then)) = stop else {
            self.conversation.repeated = pieces;
            self.conversation.channel.send(parts).await?;
            return Ok(());
        };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        match parts.first_mut() {
            Some(stream) if !datagram => stream.truncate(length),
            _ => parts.truncate(length),
        }
        parts.retain(|part| !part.is_empty());
        self.conversation.channel.send(parts).await?;
        self.stop(then).await
    }

    /// Ends the tester's side, and waits for what the IUT does.
    pub(super) async fn stop(&mut self, then: StopEnding) -> Result<(), Halt> {
        self.conversation.stop(then, self.handshake.patience).await
    }
}
