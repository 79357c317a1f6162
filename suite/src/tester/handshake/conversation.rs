use super::channel::Channel;
use super::conduct::{Conduct, StopEnding};
use super::end::Halt;
use super::piece::{Content, Incoming, Piece};
use super::seen::Seen;
use super::transcript::Transcript;
use super::waits::Waits;
use crate::tester::association_end::AssociationEnd;
use crate::tester::wire::Ending;
use onem2m_association::messages::{
    Alert, AlertDescription, AlertLevel, ContentType, HandshakeMessage, HandshakeType,
};
use std::time::Duration;

/// A handshake in progress: the channel, and what was said so far.
pub struct Conversation<'c, 'a> {
    /// The channel.
    pub channel: &'c mut Channel<'a>,
    /// What was seen.
    pub seen: &'c mut Seen,
    /// The messages that the handshake hash takes.
    pub transcript: Transcript,
    /// Whether an association stands while this handshake is made.
    pub renegotiates: bool,
    /// What the tester does.
    pub conduct: &'c Conduct,
    /// How long an answer is waited for.
    pub waits: Waits,
    /// What is repeated if nothing comes.
    pub repeated: Vec<Piece>,
}

/// What comes within a handshake.
pub enum Event {
    /// A message; it is part of the transcript already.
    Message(HandshakeMessage),
    /// A ChangeCipherSpec.
    ChangeCipherSpec,
}

impl Conversation<'_, '_> {
    /// What comes next, but for alerts that change nothing. Everything else ends the handshake.
    pub async fn next(&mut self) -> Result<Event, Halt> {
        loop {
            match self.channel.receive(self.waits.deadline).await? {
                Incoming::Message(message, octets) => {
                    self.seen.messages.push(message.message_type);
                    match message.message_type {
                        // RFC 5246, 7.4.1.1: it is ignored within a handshake, and never hashed.
                        HandshakeType::HELLO_REQUEST => continue,
                        HandshakeType::FINISHED => self.seen.finished = true,
                        _ => {}
                    }
                    self.transcript.push(octets);
                    return Ok(Event::Message(message));
                }
                Incoming::ChangeCipherSpec => {
                    self.seen.change_cipher_spec = true;
                    return Ok(Event::ChangeCipherSpec);
                }
                Incoming::Alert(alert) => self.alert(alert)?,
                Incoming::Data(data) => {
                    self.seen.application_data =
                        self.seen.application_data.saturating_add(data.len());
                    if !self.renegotiates {
                        return Err(Halt::unexpected("application data before Finished"));
                    }
                }
                Incoming::Other(content_type, _) => {
                    self.seen.heartbeat |= content_type == ContentType::HEARTBEAT;
                    let what = format!("record of type {content_type} within the handshake");
                    return Err(Halt::unexpected(what));
                }
                Incoming::Violation(what) => return Err(Halt::unexpected(what)),
                Incoming::Closed => return Err(Halt::End(AssociationEnd::Closed)),
                Incoming::Reset => return Err(Halt::End(AssociationEnd::Reset)),
                Incoming::Silence if self.waits.next() => self.repeat().await?,
                Incoming::Silence => return Err(Halt::End(AssociationEnd::Silence)),
            }
        }
    }

    /// Lays out a message that the handshake hash takes.
    pub fn say(&mut self, message: HandshakeMessage, epoch: u16) -> Result<Piece, Halt> {
        let (piece, octets) = self.lay_out(message, epoch)?;
        self.transcript.push(octets);
        Ok(piece)
    }

    /// Lays out the next message, and gives it as the handshake hash would take it.
    pub fn lay_out(
        &mut self,
        message: HandshakeMessage,
        epoch: u16,
    ) -> Result<(Piece, Vec<u8>), Halt> {
        let layer = &mut self.channel.layer;
        let number = layer.number();
        let octets = layer.transcribe(&message, number)?;
        let content = Content::Message(message, number);
        Ok((Piece { epoch, content }, octets))
    }

    /// Ends the tester's side, and waits for what the IUT does. Nothing is repeated any more.
    pub async fn stop(&mut self, then: StopEnding, patience: Duration) -> Result<(), Halt> {
        let connection = &mut self.channel.connection;
        match then {
            StopEnding::Close => connection.end(Ending::Close).await?,
            StopEnding::Reset => connection.end(Ending::Reset).await?,
            StopEnding::Wait => {}
            StopEnding::Leave => return Err(Halt::Left),
        }
        self.repeated.clear();
        self.waits = Waits::new(patience, false);
        loop {
            self.next().await?;
        }
    }

    /// Sends the last flight again: its messages keep their numbers, its records get new ones (RFC 6347, 4.2.4).
    pub async fn repeat(&mut self) -> Result<(), Halt> {
        let parts = self.channel.encode(&self.repeated, self.conduct)?;
        self.channel.send(parts).await?;
        Ok(())
    }

    fn alert(&mut self, alert: Alert) -> Result<(), Halt> {
        self.seen.alerts.push(alert);
        let refuses = self.renegotiates && alert.description == AlertDescription::NO_RENEGOTIATION;
        // What follows a close_notify tells the rest.
        if alert.level == AlertLevel::WARNING && !refuses {
            return Ok(());
        }
        Err(Halt::End(AssociationEnd::Alert {
            level: alert.level.0,
            description: alert.description.0,
        }))
    }
}

impl Event {
    /// What it is, for people.
    pub fn name(&self) -> String {
        match self {
            Self::Message(message) => message.message_type.to_string(),
            Self::ChangeCipherSpec => "ChangeCipherSpec".into(),
        }
    }
}
