//! The session, as whoever carries its datagrams sees it.

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::epochs::{ReadEpoch, WriteEpoch};
use crate::messages::datagram::{Reassembler, SequenceNumber};
use crate::messages::{Alert, AlertDescription, ContentType, Record};
use crate::written_out::flight::Flight;
use crate::written_out::framing::Framing;
use crate::written_out::handshake::Handshake;
use crate::written_out::server::Shared;
use crate::written_out::traffic::{self, Traffic};
use crate::written_out::{Agreement, Clauses, Refusal};
use crate::{AssociationError, PeerCredential, Session, State};

/// How many messages are kept beyond the next one: a client sends four and Finished.
const AHEAD: u16 = 5;

/// The server side of a DTLS association with one address.
///
/// An association that is established takes no ClientHello of epoch 0: for the new one that it announces, which is
/// nothing before it is established itself (RFC 6347, 4.2.8), the address gets a second session.
#[derive(Debug)]
pub struct DatagramSession {
    pub(super) shared: Arc<Shared>,
    pub(super) address: Vec<u8>,
    pub(super) reassembler: Reassembler,
    pub(super) handshake: Handshake,
    pub(super) read: ReadEpoch,
    /// The epochs in which this side has written; the last one is the current one.
    pub(super) write: Vec<WriteEpoch>,
    pub(super) flight: Flight,
    pub(super) traffic: Traffic,
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

    pub(super) fn reassembler(shared: &Shared) -> Reassembler {
        Reassembler::new((shared.configuration.clauses.message_limit)(), AHEAD)
    }

    /// What was agreed, once the association is established.
    pub fn agreement(&self) -> Option<Agreement> {
        self.established().and_then(Handshake::agreement)
    }

    pub(super) fn clauses(&self) -> &Clauses {
        &self.shared.configuration.clauses
    }

    pub(super) fn established(&self) -> Option<&Handshake> {
        Some(&self.handshake).filter(|handshake| handshake.progress().finished)
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) {
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
