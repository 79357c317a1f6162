use super::chosen::Chosen;
use super::service::Service;
use crate::tester::handshake::agreed::Agreed;
use crate::tester::handshake::channel::Channel;
use crate::tester::handshake::conduct::Conduct;
use crate::tester::handshake::conversation::{Conversation, Event};
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::piece::Piece;
use crate::tester::handshake::seen::Seen;
use crate::tester::handshake::transcript::Transcript;
use crate::tester::handshake::waits::Waits;
use onem2m_association::messages::{HandshakeMessage, HandshakeType, ProtocolVersion};

/// A handshake on a channel, from the side of the server.
pub struct Reception<'c, 'a> {
    pub(super) service: &'c Service,
    pub(super) conversation: Conversation<'c, 'a>,
}

impl<'c, 'a> Reception<'c, 'a> {
    /// The first handshake of a channel. Records and datagrams are laid out as usual.
    pub fn new(
        channel: &'c mut Channel<'a>,
        seen: &'c mut Seen,
        service: &'c Service,
        layout: &'c Conduct,
    ) -> Self {
        let waits = Waits::new(service.patience, channel.layer.is_datagram());
        Self {
            service,
            conversation: Conversation {
                channel,
                seen,
                transcript: Transcript::default(),
                renegotiates: false,
                conduct: layout,
                waits,
                repeated: Vec::new(),
            },
        }
    }

    /// Runs it. With what was agreed comes the epoch in which the tester writes from then on.
    pub async fn run(mut self) -> Result<(Agreed, u16), Halt> {
        let hello = self.hello().await?;
        if let Some(stop) = self.service.conduct.stop {
            self.conversation
                .stop(stop.into(), self.service.patience)
                .await?;
        }
        let random = self.draw();
        let chosen = Chosen::of(&hello, self.service, self.is_datagram(), random)?;
        self.conversation.channel.layer.set_version(chosen.version);
        let (pieces, ephemeral) = self.flight(&chosen)?;
        self.send(pieces).await?;
        let flight = self.client_flight(&chosen, ephemeral.as_ref()).await?;
        self.finish(&chosen, flight).await
    }

    pub(super) fn is_datagram(&self) -> bool {
        self.conversation.channel.layer.is_datagram()
    }

    /// The next message, which has to be of a type.
    pub(super) async fn expect(
        &mut self,
        expected: HandshakeType,
    ) -> Result<HandshakeMessage, Halt> {
        match self.conversation.next().await? {
            Event::Message(message) if message.message_type == expected => Ok(message),
            event => Err(Halt::expected(&expected.to_string(), &event.name())),
        }
    }

    /// Sends pieces, and repeats them over datagrams until something comes.
    pub(super) async fn send(&mut self, pieces: Vec<Piece>) -> Result<(), Halt> {
        self.conversation.waits = Waits::new(self.service.patience, self.is_datagram());
        self.conversation.repeated = pieces;
        self.conversation.repeat().await
    }

    /// Sends a piece once: whoever lost it asks again.
    pub(super) async fn send_once(
        &mut self,
        piece: Piece,
        version: ProtocolVersion,
    ) -> Result<(), Halt> {
        let channel = &mut *self.conversation.channel;
        channel.layer.set_version(version);
        let parts = channel.encode(&[piece], self.conversation.conduct)?;
        channel.send(parts).await?;
        Ok(())
    }
}
