//! What ends a handshake.

use super::Negotiation;
use crate::tester::handshake::agreed::Agreed;
use crate::tester::handshake::conversation::Event;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::flight::Flight;
use crate::tester::handshake::keys::Keys;
use crate::tester::handshake::offer::Previous;
use crate::tester::handshake::server_flight::ServerFlight;
use crate::tester::handshake::session::Session;
use onem2m_association::messages::{Finished, HandshakeMessage, HandshakeType, NewSessionTicket};
use onem2m_keys::{Sender, verify_data};

impl Negotiation<'_, '_> {
    /// Reads what ends the handshake of the IUT, and verifies its Finished (RFC 5246, 7.4.9).
    pub(super) async fn server_finished(&mut self, keys: &Keys) -> Result<(), Halt> {
        let mut changed = false;
        loop {
            let hash = self.conversation.transcript.hash();
            match self.conversation.next().await? {
                Event::ChangeCipherSpec if !changed => changed = true,
                Event::Message(message) => match (message.message_type, changed) {
                    (HandshakeType::NEW_SESSION_TICKET, false) => self.ticket(&message)?,
                    (HandshakeType::FINISHED, true) => {
                        let finished: Finished = message.read_as()?;
                        let right = verify_data(&keys.master, Sender::Server, &hash);
                        if finished.verify_data != right {
                            return Err(Halt::unexpected("Finished of the IUT does not verify"));
                        }
                        return Ok(());
                    }
                    (other, _) => return Err(Halt::expected("Finished", &other.to_string())),
                },
                event => return Err(Halt::expected("Finished", &event.name())),
            }
        }
    }

    fn ticket(&mut self, message: &HandshakeMessage) -> Result<(), Halt> {
        let ticket: NewSessionTicket = message.read_as()?;
        self.conversation.seen.ticket = Some(ticket);
        Ok(())
    }

    pub(super) fn agreed(&self, server: &ServerFlight, flight: &Flight, resumed: bool) -> Agreed {
        let ticket = self.conversation.seen.ticket.as_ref();
        Agreed {
            version: server.version,
            suite: server.suite,
            resumed,
            extended_master_secret: server.extended_master_secret,
            session: Session {
                id: server.session_id.clone(),
                ticket: ticket.map(|ticket| ticket.ticket.clone()),
                master: flight.keys.master.clone(),
            },
            previous: Previous {
                client: flight.client,
            },
        }
    }
}
