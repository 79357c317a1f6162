use std::num::NonZeroUsize;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::framing::Framing;
use super::handshake::{Handshake, Output};
use super::server::Shared;
use super::traffic::{self, Traffic};
use super::{
    Agreement, AlertReaction, Clauses, Protection, Reaction, RecordContext, Refusal, Renegotiation,
};
use crate::messages::{
    Alert, AlertDescription, ChangeCipherSpec, Codec, ContentType, HandshakeMessage,
    HandshakeReader, HandshakeType, ProtocolVersion, Record, RecordReader,
};
use crate::{AssociationError, PeerCredential, Session, State};

/// The server side of a TLS connection.
#[derive(Debug)]
pub struct StreamSession {
    shared: Arc<Shared>,
    records: RecordReader,
    messages: HandshakeReader,
    handshake: Handshake,
    /// The association before a renegotiation that is not over.
    before: Option<Handshake>,
    read: Option<Direction>,
    write: Option<Direction>,
    /// Whether `read` is of the current handshake.
    reads_anew: bool,
    traffic: Traffic,
}

/// Protected records in one direction.
#[derive(Debug)]
struct Direction {
    protection: Protection,
    next: u64,
}

impl Direction {
    fn new(protection: Protection) -> Self {
        Self {
            protection,
            next: 0,
        }
    }

    /// The context of the next record (RFC 5246, 6.1: numbers do not wrap).
    fn context(
        &mut self,
        content_type: ContentType,
        version: ProtocolVersion,
    ) -> Result<RecordContext, Refusal> {
        let number = self.next;
        self.next = number
            .checked_add(1)
            .ok_or_else(|| Refusal::internal("expected a sequence number to be left, got none"))?;
        Ok(RecordContext {
            number,
            content_type,
            version,
        })
    }
}

impl StreamSession {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let clauses = &shared.configuration.clauses;
        Self {
            records: RecordReader::new((clauses.ciphertext_limit)()),
            messages: HandshakeReader::new((clauses.message_limit)()),
            handshake: Handshake::new(Arc::clone(&shared), Framing::Stream),
            shared,
            before: None,
            read: None,
            write: None,
            reads_anew: false,
            traffic: Traffic::default(),
        }
    }

    /// What was agreed, once the association is established.
    pub fn agreement(&self) -> Option<Agreement> {
        self.established().and_then(Handshake::agreement)
    }

    fn clauses(&self) -> &Clauses {
        &self.shared.configuration.clauses
    }

    fn version(&self) -> ProtocolVersion {
        self.handshake.version().unwrap_or(ProtocolVersion::TLS_1_2)
    }

    /// The handshake whose outcome holds: that before a renegotiation, until it is over.
    fn established(&self) -> Option<&Handshake> {
        Some(&self.handshake)
            .filter(|handshake| handshake.progress().finished)
            .or(self.before.as_ref())
    }

    fn take_records(&mut self) -> Result<(), Refusal> {
        while !self.traffic.is_closed() {
            // By the header alone, since what is no TLS may never fill a record.
            if let Some(header) = self.records.header()
                && !(self.clauses().record_version)(self.handshake.version(), header.version)
            {
                let answer = (self.clauses().no_record)(&header)?;
                self.records = RecordReader::new((self.clauses().ciphertext_limit)());
                self.traffic.send(answer);
                break;
            }
            let Some(record) = self.records.read().map_err(overflow)? else {
                break;
            };
            self.take_record(&record)?;
        }
        Ok(())
    }

    fn take_record(&mut self, record: &Record) -> Result<(), Refusal> {
        let content = self.open(record)?;
        traffic::check_length(self.clauses(), &content)?;
        if content.is_empty() && !(self.clauses().may_be_empty)(record.content_type) {
            return Err(Refusal::new(
                AlertDescription::DECODE_ERROR,
                format!(
                    "expected a record with content, got an empty one of {}",
                    record.content_type
                ),
            ));
        }
        let taken = match record.content_type {
            ContentType::HANDSHAKE => {
                let clauses = &self.shared.configuration.clauses;
                let messages = (clauses.join)(&mut self.messages, &content)?;
                messages
                    .iter()
                    .try_for_each(|message| self.take_message(message))
            }
            ContentType::CHANGE_CIPHER_SPEC => {
                ChangeCipherSpec::decode(&content)?;
                let within_message = !self.messages.is_empty();
                self.handshake.change_cipher_spec(within_message)?;
                self.change_reading();
                Ok(())
            }
            ContentType::ALERT => {
                self.take_alert(&Alert::decode(&content)?)?;
                return Ok(());
            }
            ContentType::APPLICATION_DATA => {
                self.handshake.application_data()?;
                self.traffic.arrive(content);
                Ok(())
            }
            other => match (self.clauses().unknown_content)(other, &content)? {
                Reaction::Ignore => Ok(()),
                Reaction::Answer(answer) => self.send(other, &answer),
            },
        };
        self.traffic.end_warnings();
        taken
    }

    fn open(&mut self, record: &Record) -> Result<Vec<u8>, Refusal> {
        loop {
            let Some(direction) = &mut self.read else {
                return Ok(record.fragment.clone());
            };
            let context = direction.context(record.content_type, record.version)?;
            let clauses = &self.shared.configuration.clauses;
            let opened = (clauses.open)(clauses, &direction.protection, &context, &record.fragment);
            match opened {
                Ok(content) => return Ok(content),
                Err(refusal) => match self.handshake.other_client_protection() {
                    Some(protection) => self.read = Some(Direction::new(protection)),
                    None => return Err(refusal),
                },
            }
        }
    }

    fn take_message(&mut self, message: &HandshakeMessage) -> Result<(), Refusal> {
        if message.message_type == HandshakeType::CLIENT_HELLO && self.handshake.progress().finished
        {
            match (self.clauses().renegotiation)() {
                Renegotiation::Declined => {
                    return self.send_alert(Alert::warning(AlertDescription::NO_RENEGOTIATION));
                }
                Renegotiation::Begun => {
                    let next = self.handshake.renegotiate();
                    self.before = Some(std::mem::replace(&mut self.handshake, next));
                    self.reads_anew = false;
                }
            }
        }
        let outputs = self.handshake.take(message, &message.encode()?)?;
        self.change_reading();
        self.send_outputs(outputs)?;
        if self.handshake.progress().finished {
            self.before = None;
        }
        Ok(())
    }

    fn change_reading(&mut self) {
        if !self.reads_anew
            && let Some(protection) = self.handshake.client_protection()
        {
            self.read = Some(Direction::new(protection));
            self.reads_anew = true;
        }
    }

    fn send_outputs(&mut self, outputs: Vec<Output>) -> Result<(), Refusal> {
        let mut flight = Vec::new();
        for output in outputs {
            match output {
                Output::Message(octets) => flight.extend_from_slice(&octets),
                Output::ChangeCipherSpec => {
                    self.send_flight(&mut flight)?;
                    self.send(ContentType::CHANGE_CIPHER_SPEC, &ChangeCipherSpec.encode()?)?;
                    self.write = self.handshake.server_protection().map(Direction::new);
                }
            }
        }
        self.send_flight(&mut flight)
    }

    fn send_flight(&mut self, flight: &mut Vec<u8>) -> Result<(), Refusal> {
        let octets = std::mem::take(flight);
        if octets.is_empty() {
            return Ok(());
        }
        self.send(ContentType::HANDSHAKE, &octets)
    }

    fn send(&mut self, content_type: ContentType, octets: &[u8]) -> Result<(), Refusal> {
        let size = NonZeroUsize::MIN.saturating_add(Record::MAXIMUM_PLAINTEXT - 1);
        let version = self.version();
        for mut record in Record::split(content_type, version, octets, size) {
            if let Some(direction) = &mut self.write {
                let context = direction.context(content_type, version)?;
                record.fragment = direction.protection.seal(&context, &record.fragment)?;
            }
            self.traffic.send(record.encode()?);
        }
        Ok(())
    }

    fn send_alert(&mut self, alert: Alert) -> Result<(), Refusal> {
        self.send(ContentType::ALERT, &alert.encode()?)
    }

    fn take_alert(&mut self, alert: &Alert) -> Result<(), Refusal> {
        match self
            .traffic
            .take_alert(&self.shared.configuration.clauses, alert)?
        {
            AlertReaction::GoOn => {}
            AlertReaction::Close => self.close(),
            AlertReaction::Break => self.forget(alert),
        }
        Ok(())
    }

    fn forget(&self, alert: &Alert) {
        self.handshake.forget(alert);
        if let Some(before) = &self.before {
            before.forget(alert);
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        let alert = Alert::fatal(refusal.alert);
        self.forget(&alert);
        let sent = self.send_alert(alert);
        self.traffic.refuse(alert, refusal, sent);
    }
}

impl Session for StreamSession {
    fn receive(&mut self, octets: &[u8]) {
        if self.traffic.is_closed() {
            return;
        }
        self.records.push(octets);
        if let Err(refusal) = self.take_records() {
            self.refuse(refusal);
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.traffic.transmit()
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        self.traffic.read()
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError> {
        self.traffic.check_writing(self.established())?;
        self.send(ContentType::APPLICATION_DATA, octets)
            .map_err(|_| Traffic::EXHAUSTED)
    }

    fn state(&self) -> State {
        self.traffic.state(self.established())
    }

    fn peer(&self) -> Option<&PeerCredential> {
        self.established().and_then(Handshake::peer)
    }

    fn export(&self, label: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
        traffic::export(self.established(), label, length)
    }

    fn close(&mut self) {
        if !self.traffic.is_closed() {
            let sent = self.send_alert(Alert::warning(AlertDescription::CLOSE_NOTIFY));
            self.traffic.close(sent);
        }
    }
}

fn overflow(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(AlertDescription::RECORD_OVERFLOW, error.to_string())
}
