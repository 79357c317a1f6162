//! What goes to the client.

use super::state::Handshake;
use crate::messages::{HandshakeBody, HandshakeMessage};
use crate::written_out::Refusal;

/// What has to be sent.
#[derive(Debug)]
pub(crate) enum Output {
    /// A handshake message with its header.
    Message(Vec<u8>),
    /// ChangeCipherSpec: what follows is protected with the keys of this handshake.
    ChangeCipherSpec,
}

impl Handshake {
    pub(super) fn send<T: HandshakeBody>(&mut self, body: &T) -> Result<Output, Refusal> {
        let octets = self.framing.encode(&HandshakeMessage::of(body)?)?;
        self.cover(T::TYPE, &octets);
        Ok(Output::Message(octets))
    }
}
