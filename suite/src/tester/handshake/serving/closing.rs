//! What ends a handshake.

use super::chosen::Chosen;
use super::client_flight::ClientFlight;
use super::reception::Reception;
use crate::tester::handshake::agreed::Agreed;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::offer::Previous;
use crate::tester::handshake::piece::{Content, Piece};
use crate::tester::handshake::session::Session;
use onem2m_association::messages::{Finished, HandshakeMessage};
use onem2m_keys::{Sender, verify_data};

/// The epoch behind the first ChangeCipherSpec.
const PROTECTED: u16 = 1;

impl Reception<'_, '_> {
    /// Sends the ChangeCipherSpec and the Finished. Where something is wrong with what the tester did, the IUT has to end the
    /// handshake now.
    pub(super) async fn finish(
        mut self,
        chosen: &Chosen,
        flight: ClientFlight,
    ) -> Result<(Agreed, u16), Halt> {
        let hash = self.conversation.transcript.hash();
        let right = verify_data(&flight.written.master, Sender::Server, &hash);
        let finished = HandshakeMessage::of(&Finished {
            verify_data: self.service.conduct.finished.apply(right),
        })?;
        let change = Piece {
            epoch: 0,
            content: Content::change_cipher_spec()?,
        };
        let layer = &mut self.conversation.channel.layer;
        layer.install_write(PROTECTED, flight.written.server());
        let finished = self.conversation.say(finished, PROTECTED)?;
        self.send(vec![change, finished]).await?;
        if self.service.conduct.is_wrong() {
            loop {
                self.conversation.next().await?;
            }
        }
        let agreed = Agreed {
            version: chosen.version,
            suite: chosen.suite,
            resumed: false,
            extended_master_secret: chosen.extended_master_secret,
            session: Session {
                id: Vec::new(),
                ticket: None,
                master: flight.read.master.clone(),
            },
            previous: Previous {
                client: flight.client,
            },
        };
        Ok((agreed, PROTECTED))
    }
}
