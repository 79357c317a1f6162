use super::agreed::Agreed;
use super::channel::{Channel, Deadline};
use super::composer::Composer;
use super::conduct::{Conduct, Message};
use super::end::Halt;
use super::establish::{Handshake, negotiate};
use super::layer::Layer;
use super::piece::{Content, Incoming, Piece};
use super::plain::plain;
use super::plaintext::Plaintext;
use super::record_fault::RecordFault;
use super::seen::Seen;
use super::session::Session;
use crate::catalogue::behaviour::Role;
use crate::tester::association_end::AssociationEnd;
use crate::tester::connection::Connection;
use crate::tester::link::LinkError;
use crate::tester::wire::Ending;
use onem2m_association::messages::{
    Alert, AlertDescription, CipherSuite, Codec, ContentType, HandshakeMessage, ProtocolVersion,
    Record,
};
use rand_chacha::rand_core::Rng;
use std::time::Duration;

/// An association that stands, from the side of the tester.
pub struct Association<'a> {
    channel: Channel<'a>,
    agreed: Agreed,
    epoch: u16,
}

/// What comes within an association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// Application data.
    Data(Vec<u8>),
    /// An alert.
    Alert(Alert),
    /// A handshake message, such as a HelloRequest.
    Handshake(HandshakeMessage),
    /// A record of another type.
    Other(ContentType, Vec<u8>),
    /// What no such peer sends.
    Unexpected(String),
    /// The IUT ended the connection.
    Closed,
    /// The connection broke.
    Reset,
    /// Nothing in time.
    Silence,
}

impl<'a> Association<'a> {
    /// What stands behind a handshake.
    pub(super) fn new(channel: Channel<'a>, agreed: Agreed, epoch: u16) -> Self {
        Self {
            channel,
            agreed,
            epoch,
        }
    }

    /// What follows belongs to another step.
    pub fn begin(&mut self, step: &str, role: Role) {
        self.channel.connection.begin(step, role);
    }

    /// The connection beneath.
    pub fn connection(&mut self) -> &mut Connection<'a> {
        &mut self.channel.connection
    }

    /// The version.
    pub fn version(&self) -> ProtocolVersion {
        self.agreed.version
    }

    /// The suite.
    pub fn suite(&self) -> CipherSuite {
        self.agreed.suite
    }

    /// Whether an earlier session was resumed.
    pub fn is_resumed(&self) -> bool {
        self.agreed.resumed
    }

    /// Whether its master secret is the extended one (RFC 7627).
    pub fn has_extended_master_secret(&self) -> bool {
        self.agreed.extended_master_secret
    }

    /// The session, for resumption.
    pub fn session(&self) -> &Session {
        &self.agreed.session
    }

    /// Octets out of the randomness of the tester.
    pub fn draw<const OCTETS: usize>(&mut self) -> [u8; OCTETS] {
        let mut octets = [0; OCTETS];
        self.channel.random.fill_bytes(&mut octets);
        octets
    }

    /// Sends application data.
    pub async fn send(&mut self, data: &[u8]) -> Result<(), LinkError> {
        let mut octets = Vec::new();
        for part in data.chunks(Record::MAXIMUM_PLAINTEXT) {
            octets.extend(self.seal(ContentType::APPLICATION_DATA, part, RecordFault::None)?);
        }
        self.send_octets(octets).await
    }

    /// A record with the next number, which is not sent yet.
    pub fn seal(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        fault: RecordFault,
    ) -> Result<Vec<u8>, LinkError> {
        let plaintext = Plaintext {
            content_type,
            content,
            fault,
        };
        let Channel { layer, random, .. } = &mut self.channel;
        layer
            .seal(self.epoch, &plaintext, random)
            .map_err(LinkError::Unsendable)
    }

    /// Sends octets as they are.
    pub async fn send_octets(&mut self, octets: Vec<u8>) -> Result<(), LinkError> {
        self.channel.send(vec![octets]).await
    }

    /// Sends what belongs to no handshake, such as a heartbeat or alerts.
    pub async fn say(&mut self, messages: &[Message]) -> Result<(), LinkError> {
        let epoch = self.epoch;
        let mut pieces = Vec::new();
        for message in messages {
            let contents = plain(message).map_err(unsendable)?;
            pieces.extend(contents.into_iter().map(|content| Piece { epoch, content }));
        }
        let octets = self
            .channel
            .encode(&pieces, &Conduct::default())
            .map_err(unsendable)?;
        self.channel.send(octets).await
    }

    /// A record of DTLS in an epoch and with a number of its own, which is not sent yet.
    pub fn seal_as(
        &mut self,
        epoch: u16,
        number: u64,
        content_type: ContentType,
        content: &[u8],
        fault: RecordFault,
    ) -> Result<Vec<u8>, LinkError> {
        let plaintext = Plaintext {
            content_type,
            content,
            fault,
        };
        let Channel { layer, random, .. } = &mut self.channel;
        match layer {
            Layer::Datagram(layer) => layer
                .seal_as(epoch, number, &plaintext, random)
                .map_err(LinkError::Unsendable),
            Layer::Stream(_) => {
                let missing = "records of TLS have no number of their own";
                Err(LinkError::Unsendable(missing.into()))
            }
        }
    }

    /// Sends the ClientHello of another handshake and awaits nothing: over a stream within the association, over datagrams
    /// in the clear, as somebody does who knows no key of the association.
    pub async fn send_hello(&mut self, handshake: &Handshake) -> Result<(), LinkError> {
        let datagram = self.channel.layer.is_datagram();
        let previous = (!datagram).then_some(&self.agreed.previous);
        let composer = Composer::new(handshake, datagram, previous);
        let offer = composer
            .compose(&mut self.channel.random)
            .map_err(unsendable)?;
        let message = offer.message(datagram.then_some(&[])).map_err(unsendable)?;
        let piece = Piece {
            epoch: if datagram { 0 } else { self.epoch },
            content: Content::Message(message, 0),
        };
        let parts = self.channel.encode(&[piece], &handshake.conduct);
        self.channel.send(parts.map_err(unsendable)?).await
    }

    /// Of DTLS: whether application data of epoch 0 came so far, or a datagram that begins with no record.
    pub fn came_in_the_clear(&self) -> bool {
        match &self.channel.layer {
            Layer::Datagram(layer) => layer.in_the_clear,
            Layer::Stream(_) => false,
        }
    }

    /// What comes next.
    pub async fn receive(&mut self, patience: Duration) -> Result<Delivered, LinkError> {
        self.channel.forget_taken();
        Ok(
            match self.channel.receive(Deadline::after(patience)).await? {
                Incoming::Message(message, _) => Delivered::Handshake(message),
                Incoming::ChangeCipherSpec => Delivered::Unexpected("ChangeCipherSpec".into()),
                Incoming::Alert(alert) => Delivered::Alert(alert),
                Incoming::Data(data) => Delivered::Data(data),
                Incoming::Other(content_type, content) => Delivered::Other(content_type, content),
                Incoming::Violation(what) => Delivered::Unexpected(what),
                Incoming::Closed => Delivered::Closed,
                Incoming::Reset => Delivered::Reset,
                Incoming::Silence => Delivered::Silence,
            },
        )
    }

    /// Begins another handshake within the association (RFC 5246, 7.4.1.2), and goes on with its keys if it is completed.
    pub async fn renegotiate(
        &mut self,
        handshake: &Handshake,
    ) -> Result<(AssociationEnd, Seen), LinkError> {
        let mut seen = Seen::default();
        let previous = Some((self.agreed.previous, self.epoch));
        let (end, agreed) = negotiate(&mut self.channel, &mut seen, handshake, previous).await?;
        if let Some((agreed, epoch)) = agreed {
            self.agreed = agreed;
            self.epoch = epoch;
        }
        Ok((end, seen))
    }

    /// Sends a close_notify and ends the tester's side.
    pub async fn close(&mut self) -> Result<(), LinkError> {
        let alert = Alert::warning(AlertDescription::CLOSE_NOTIFY)
            .encode()
            .map_err(unsendable)?;
        let octets = self.seal(ContentType::ALERT, &alert, RecordFault::None)?;
        self.send_octets(octets).await?;
        self.end(Ending::Close).await
    }

    /// Ends the tester's side without a close_notify.
    pub async fn end(&mut self, ending: Ending) -> Result<(), LinkError> {
        self.channel.connection.end(ending).await
    }
}

fn unsendable(error: impl Into<Halt>) -> LinkError {
    match error.into() {
        Halt::Link(error) => error,
        Halt::End(end) => LinkError::Unsendable(end.to_string()),
        Halt::Left => LinkError::Unsendable("nothing to send".into()),
    }
}
