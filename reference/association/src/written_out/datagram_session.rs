use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::flight::Flight;
use super::framing::Framing;
use super::handshake::{Handshake, Output};
use super::server::Shared;
use super::traffic::{self, Traffic};
use super::{
    Agreement, AlertReaction, Clauses, EpochOfRecord, EpochReaction, Protection, Reaction,
    RecordContext, Refusal, ReplayWindow,
};
use crate::messages::datagram::{
    Arrival, DatagramRecord, Fragment, HelloVerifyRequest, Reassembler, SequenceNumber,
};
use crate::messages::{
    Alert, AlertDescription, ChangeCipherSpec, Codec, ContentType, HandshakeMessage, HandshakeType,
    ProtocolVersion, Record,
};
use crate::{AssociationError, PeerCredential, Session, State};

/// The octets of the body of a handshake message that go into one datagram: a datagram of 1200 octets holds them in any
/// protection.
const FRAGMENT: usize = 1024;

/// How many messages are kept beyond the next one: a client sends four and Finished.
const AHEAD: u16 = 5;

/// The server side of a DTLS association with one address.
///
/// An association that is established takes no ClientHello of epoch 0: for the new one that it announces, which is
/// nothing before it is established itself (RFC 6347, 4.2.8), the address gets a second session.
#[derive(Debug)]
pub struct DatagramSession {
    shared: Arc<Shared>,
    address: Vec<u8>,
    reassembler: Reassembler,
    handshake: Handshake,
    read: ReadEpoch,
    /// The epochs in which this side has written; the last one is the current one.
    write: Vec<WriteEpoch>,
    flight: Flight,
    traffic: Traffic,
}

/// The epoch in which the peer writes.
#[derive(Debug, Default)]
struct ReadEpoch {
    number: u16,
    protection: Option<Protection>,
    window: ReplayWindow,
}

/// An epoch in which this side writes.
#[derive(Debug)]
struct WriteEpoch {
    number: u16,
    protection: Option<Protection>,
    /// Nothing once the last number was used (RFC 6347, 4.1).
    next: Option<SequenceNumber>,
}

impl DatagramSession {
    pub(crate) fn new(shared: Arc<Shared>, address: &[u8]) -> Self {
        Self {
            address: address.to_vec(),
            reassembler: Self::reassembler(&shared),
            handshake: Handshake::new(Arc::clone(&shared), Framing::Datagram { next: 0 }),
            shared,
            read: ReadEpoch::default(),
            write: vec![WriteEpoch {
                number: 0,
                protection: None,
                next: Some(SequenceNumber::default()),
            }],
            flight: Flight::default(),
            traffic: Traffic::default(),
        }
    }

    /// Whether the client was shown to receive at its address. Until then nothing is lost if the session is dropped after
    /// each datagram (RFC 6347, 4.2.1).
    pub fn is_verified(&self) -> bool {
        self.handshake.progress().hello
    }

    /// How long to wait for the peer before [`Self::elapsed`]; nothing if the peer owes no answer.
    pub fn timeout(&self) -> Option<Duration> {
        let is_awaiting = self.handshake.progress().hello
            && !self.handshake.progress().finished
            && !self.traffic.is_closed();
        (self.clauses().timeout)(self.flight.repeated).filter(|_| is_awaiting)
    }

    /// The time of [`Self::timeout`] has passed: the last flight is sent again (RFC 6347, 4.2.4).
    pub fn elapsed(&mut self) {
        if self.timeout().is_some() {
            self.flight.repeated += 1;
            self.repeat();
        }
    }

    fn reassembler(shared: &Shared) -> Reassembler {
        Reassembler::new((shared.configuration.clauses.message_limit)(), AHEAD)
    }

    /// What was agreed, once the association is established.
    pub fn agreement(&self) -> Option<Agreement> {
        self.established().and_then(Handshake::agreement)
    }

    fn clauses(&self) -> &Clauses {
        &self.shared.configuration.clauses
    }

    fn established(&self) -> Option<&Handshake> {
        Some(&self.handshake).filter(|handshake| handshake.progress().finished)
    }

    /// Takes the records of a datagram. What follows a malformed one is lost with it (RFC 6347, 4.1.2.7).
    fn take_datagram(&mut self, datagram: &[u8]) -> Result<(), Refusal> {
        let (records, _) = DatagramRecord::read_datagram(datagram);
        let mut is_repeated = false;
        self.flight.is_new = false;
        for record in records {
            if self.traffic.is_closed() {
                break;
            }
            is_repeated |= self.take_record(&record)?;
        }
        // A datagram is answered with no more than one flight.
        if is_repeated && !self.flight.is_new && (self.clauses().repeats)(self.handshake.progress())
        {
            self.repeat();
        }
        Ok(())
    }

    /// Takes a record; whether it repeats what was taken before.
    fn take_record(&mut self, record: &DatagramRecord) -> Result<bool, Refusal> {
        let agreed = self.handshake.version();
        if !(self.clauses().datagram_record_version)(agreed, record.version) {
            return Ok(false);
        }
        let epoch = EpochOfRecord {
            current: self.read.number,
            got: record.epoch,
            content_type: record.content_type,
        };
        if (self.clauses().epoch)(epoch)? == EpochReaction::Drop {
            return Ok(false);
        }
        let Some(content) = self.open(record)? else {
            return Ok(false);
        };
        let taken = match record.content_type {
            ContentType::HANDSHAKE => self.take_fragments(record, &content)?,
            ContentType::CHANGE_CIPHER_SPEC => {
                let taken = ChangeCipherSpec::decode(&content)
                    .map_err(Refusal::from)
                    .and_then(|_| self.handshake.change_cipher_spec(false));
                match taken {
                    Ok(()) => self.change_reading(),
                    Err(refusal) => (self.clauses().invalid_record)(refusal)?,
                }
                false
            }
            ContentType::ALERT => {
                match Alert::decode(&content) {
                    Ok(alert) => self.take_alert(&alert)?,
                    Err(error) => (self.clauses().invalid_record)(error.into())?,
                }
                return Ok(false);
            }
            ContentType::APPLICATION_DATA => {
                match self.handshake.application_data() {
                    Ok(()) => self.traffic.arrive(content),
                    Err(refusal) => (self.clauses().invalid_record)(refusal)?,
                }
                false
            }
            other => {
                match (self.clauses().unknown_content)(other, &content) {
                    Ok(Reaction::Ignore) => {}
                    Ok(Reaction::Answer(answer)) => self.send(other, &answer)?,
                    Err(refusal) => (self.clauses().invalid_record)(refusal)?,
                }
                false
            }
        };
        self.traffic.end_warnings();
        Ok(taken)
    }

    /// The content of a record, unless it is dropped.
    fn open(&mut self, record: &DatagramRecord) -> Result<Option<Vec<u8>>, Refusal> {
        let clauses = &self.shared.configuration.clauses;
        let protection = self.read.protection.as_ref().filter(|_| record.epoch > 0);
        let opened = match protection {
            None => Ok(record.fragment.clone()),
            Some(_) if !(clauses.is_fresh)(&self.read.window, record.sequence_number) => {
                return Ok(None);
            }
            Some(protection) => {
                let context = RecordContext {
                    number: number(record.epoch, record.sequence_number),
                    content_type: record.content_type,
                    version: record.version,
                };
                let opened = (clauses.open)(clauses, protection, &context, &record.fragment);
                if (clauses.moves_window)(opened.is_ok()) {
                    self.read.window.take(record.sequence_number);
                }
                opened
            }
        };
        let checked = opened.and_then(|content| {
            traffic::check_length(clauses, &content)?;
            Ok(content)
        });
        match checked {
            Ok(content) => Ok(Some(content)),
            Err(refusal) => (clauses.invalid_record)(refusal).map(|()| None),
        }
    }

    fn take_fragments(&mut self, record: &DatagramRecord, content: &[u8]) -> Result<bool, Refusal> {
        let fragments = match Fragment::read_record(content) {
            Ok(fragments) => fragments,
            Err(error) => return (self.clauses().invalid_record)(error.into()).map(|()| false),
        };
        let mut is_repeated = false;
        for fragment in &fragments {
            if self.is_greeting(fragment) {
                self.begin_anew(fragment.message_seq);
            } else if self.is_renegotiation(fragment) {
                self.send_alert(Alert::warning(AlertDescription::NO_RENEGOTIATION))?;
                continue;
            }
            match (self.clauses().reassemble)(&mut self.reassembler, fragment) {
                Ok(arrival) => is_repeated |= arrival == Arrival::Old,
                Err(error) => {
                    let refusal =
                        Refusal::new(AlertDescription::ILLEGAL_PARAMETER, error.to_string());
                    (self.clauses().invalid_record)(refusal)?;
                }
            }
            while let Some((message_seq, message)) = self.reassembler.read() {
                self.take_message(record, message_seq, &message)?;
            }
        }
        Ok(is_repeated && self.handshake.progress().hello)
    }

    /// Whether a fragment begins a ClientHello other than the one that is being put together, before any was taken.
    fn is_greeting(&self, fragment: &Fragment) -> bool {
        !self.handshake.progress().hello && self.reassembler.next() != Some(fragment.message_seq)
    }

    /// Whether a fragment is of a ClientHello within an established association.
    fn is_renegotiation(&self, fragment: &Fragment) -> bool {
        self.established().is_some() && fragment.message_type == HandshakeType::CLIENT_HELLO
    }

    /// Forgets what came before, and expects ClientHello under a number.
    fn begin_anew(&mut self, message_seq: u16) {
        self.reassembler = Self::reassembler(&self.shared);
        self.reassembler.expect(message_seq);
    }

    fn take_message(
        &mut self,
        record: &DatagramRecord,
        message_seq: u16,
        message: &HandshakeMessage,
    ) -> Result<(), Refusal> {
        if !self.handshake.progress().hello
            && message.message_type == HandshakeType::CLIENT_HELLO
            && !self.verify_hello(record, message_seq, message)?
        {
            return Ok(());
        }
        let octets = Fragment::whole(message_seq, message).encode()?;
        let outputs = self.handshake.take(message, &octets)?;
        self.change_reading();
        self.send_outputs(outputs)
    }

    /// Whether a ClientHello has the cookie for its address; without it, it is given one and forgotten (RFC 6347, 4.2.1).
    fn verify_hello(
        &mut self,
        record: &DatagramRecord,
        message_seq: u16,
        message: &HandshakeMessage,
    ) -> Result<bool, Refusal> {
        let shared = Arc::clone(&self.shared);
        let clauses = &shared.configuration.clauses;
        let hello = (clauses.datagram_client_hello)(&message.body)?;
        let cookie = (clauses.cookie)(shared.cookie_secret()?, &self.address, &hello.hello)?;
        // The numbers of the client are used, so that nothing has to be kept (RFC 6347, 4.2.1 and 4.2.2).
        self.handshake.count_from(message_seq);
        if let Some(epoch) = self.write.last_mut() {
            epoch.next = Some(record.sequence_number);
        }
        if !(clauses.asks_for_cookie)() || (clauses.cookie_matches)(&cookie, &hello.cookie) {
            return Ok(true);
        }
        let request = HandshakeMessage::of(&HelloVerifyRequest {
            // RFC 6347, 4.2.1 asks for this version, whatever is agreed later.
            version: ProtocolVersion::DTLS_1_0,
            cookie,
        })?;
        let octets = Fragment::whole(message_seq, &request).encode()?;
        self.send(ContentType::HANDSHAKE, &octets)?;
        self.begin_anew(message_seq);
        Ok(false)
    }

    fn change_reading(&mut self) {
        if self.read.number == 0
            && let Some(protection) = self.handshake.client_protection()
        {
            self.read = ReadEpoch {
                number: 1,
                protection: Some(protection),
                window: ReplayWindow::default(),
            };
        }
    }

    fn send_outputs(&mut self, outputs: Vec<Output>) -> Result<(), Refusal> {
        if outputs.is_empty() {
            return Ok(());
        }
        self.flight = Flight {
            is_new: true,
            ..Flight::default()
        };
        for output in outputs {
            match output {
                Output::Message(octets) => self.send_message(&octets)?,
                Output::ChangeCipherSpec => {
                    self.send_part(ContentType::CHANGE_CIPHER_SPEC, ChangeCipherSpec.encode()?)?;
                    self.write.push(WriteEpoch {
                        number: 1,
                        protection: self.handshake.server_protection(),
                        next: Some(SequenceNumber::default()),
                    });
                }
            }
        }
        Ok(())
    }

    /// Sends a message in as many fragments as it needs.
    fn send_message(&mut self, octets: &[u8]) -> Result<(), Refusal> {
        let whole = Fragment::decode(octets)?;
        let message = HandshakeMessage {
            message_type: whole.message_type,
            body: whole.body,
        };
        let size = NonZeroUsize::MIN.saturating_add(FRAGMENT - 1);
        for fragment in Fragment::split(whole.message_seq, &message, size) {
            self.send_part(ContentType::HANDSHAKE, fragment.encode()?)?;
        }
        Ok(())
    }

    /// Sends a part of a flight, which is kept to be repeated.
    fn send_part(&mut self, content_type: ContentType, content: Vec<u8>) -> Result<(), Refusal> {
        let epoch = self.write.last().map_or(0, |epoch| epoch.number);
        self.send_in(epoch, content_type, &content)?;
        self.flight.parts.push((epoch, content_type, content));
        Ok(())
    }

    /// Sends the last flight again, under new numbers (RFC 6347, 4.2.4).
    fn repeat(&mut self) {
        let parts = std::mem::take(&mut self.flight.parts);
        for (epoch, content_type, content) in &parts {
            if let Err(refusal) = self.send_in(*epoch, *content_type, content) {
                self.refuse(refusal);
                return;
            }
        }
        self.flight.parts = parts;
    }

    fn send(&mut self, content_type: ContentType, content: &[u8]) -> Result<(), Refusal> {
        let epoch = self.write.last().map_or(0, |epoch| epoch.number);
        self.send_in(epoch, content_type, content)
    }

    fn send_in(
        &mut self,
        epoch: u16,
        content_type: ContentType,
        content: &[u8],
    ) -> Result<(), Refusal> {
        let version = self
            .handshake
            .version()
            .unwrap_or(ProtocolVersion::DTLS_1_2);
        let exhausted = || Refusal::internal("expected a sequence number to be left, got none");
        let epoch = self
            .write
            .iter_mut()
            .find(|each| each.number == epoch)
            .ok_or_else(exhausted)?;
        let sequence_number = epoch.next.ok_or_else(exhausted)?;
        epoch.next = sequence_number.next();
        let fragment = match &epoch.protection {
            None => content.to_vec(),
            Some(protection) => {
                let context = RecordContext {
                    number: number(epoch.number, sequence_number),
                    content_type,
                    version,
                };
                protection.seal(&context, content)?
            }
        };
        let record = DatagramRecord {
            content_type,
            version,
            epoch: epoch.number,
            sequence_number,
            fragment,
        };
        self.traffic.send(record.encode()?);
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
            AlertReaction::Break => self.handshake.forget(alert),
        }
        Ok(())
    }

    fn refuse(&mut self, refusal: Refusal) {
        let alert = Alert::fatal(refusal.alert);
        self.handshake.forget(&alert);
        let sent = self.send_alert(alert);
        self.traffic.refuse(alert, refusal, sent);
    }
}

impl Session for DatagramSession {
    fn receive(&mut self, octets: &[u8]) {
        if self.traffic.is_closed() {
            return;
        }
        if let Err(refusal) = self.take_datagram(octets) {
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
        if octets.len() > Record::MAXIMUM_PLAINTEXT {
            return Err(AssociationError::TooLong {
                limit: Record::MAXIMUM_PLAINTEXT,
                got: octets.len(),
            });
        }
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

/// What stands for the sequence number of TLS: the epoch and the number within it (RFC 6347, 4.1.2.1).
fn number(epoch: u16, sequence_number: SequenceNumber) -> u64 {
    u64::from(epoch) << 48 | sequence_number.number()
}
