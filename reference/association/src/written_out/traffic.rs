use std::collections::VecDeque;

use zeroize::Zeroizing;

use super::handshake::Handshake;
use super::{AlertReaction, Clauses, Refusal};
use crate::messages::{Alert, AlertDescription};
use crate::{AssociationError, Closure, State};

/// What an association of either kind has to hand over, and how it ended.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    arrived: VecDeque<Vec<u8>>,
    pending: VecDeque<Vec<u8>>,
    /// How many warnings came in a row.
    warnings: u32,
    closed: Option<Option<Closure>>,
}

impl Traffic {
    /// No record can be protected any more.
    pub(crate) const EXHAUSTED: AssociationError = AssociationError::NotEstablished {
        state: "has used up its sequence numbers",
    };

    /// Keeps application data for whoever reads it; a record may hold none (RFC 5246, 6.2.1).
    pub(crate) fn arrive(&mut self, content: Vec<u8>) {
        if !content.is_empty() {
            self.arrived.push_back(content);
        }
    }

    pub(crate) fn read(&mut self) -> Option<Vec<u8>> {
        self.arrived.pop_front()
    }

    pub(crate) fn send(&mut self, octets: Vec<u8>) {
        self.pending.push_back(octets);
    }

    pub(crate) fn transmit(&mut self) -> Option<Vec<u8>> {
        self.pending.pop_front()
    }

    /// Takes an alert; one that breaks the association has done so then.
    pub(crate) fn take_alert(
        &mut self,
        clauses: &Clauses,
        alert: &Alert,
    ) -> Result<AlertReaction, Refusal> {
        let reaction = (clauses.alert)(alert, self.warnings)?;
        self.warnings += 1;
        if reaction == AlertReaction::Break {
            self.closed = Some(Some(Closure::ByPeer(*alert)));
        }
        Ok(reaction)
    }

    /// Something other than a warning came.
    pub(crate) fn end_warnings(&mut self) {
        self.warnings = 0;
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    /// Ends the association by a fatal alert, which the peer does not get if it could not be sent.
    pub(crate) fn refuse(&mut self, alert: Alert, refusal: Refusal, sent: Result<(), Refusal>) {
        let reason = refusal.reason;
        self.closed = Some(Some(match sent {
            Ok(()) => Closure::ByUs { alert, reason },
            Err(_) => Closure::Silent { reason },
        }));
    }

    /// Ends the association by close_notify.
    pub(crate) fn close(&mut self, sent: Result<(), Refusal>) {
        let silent = |refusal: Refusal| Closure::Silent {
            reason: refusal.reason,
        };
        self.closed = Some(sent.err().map(silent));
    }

    pub(crate) fn state(&self, established: Option<&Handshake>) -> State {
        match &self.closed {
            Some(closure) => State::Closed(closure.clone()),
            None if established.is_some() => State::Established,
            None => State::Handshaking,
        }
    }

    /// Nothing if application data can be sent.
    pub(crate) fn check_writing(
        &self,
        established: Option<&Handshake>,
    ) -> Result<(), AssociationError> {
        let state = match self.state(established) {
            State::Established => return Ok(()),
            State::Handshaking => "is not there yet",
            State::Closed(_) => "was closed",
        };
        Err(AssociationError::NotEstablished { state })
    }
}

/// Nothing if the content of a record is not too long (RFC 5246, 7.2.2, record_overflow).
pub(crate) fn check_length(clauses: &Clauses, content: &[u8]) -> Result<(), Refusal> {
    let limit = (clauses.plaintext_limit)();
    if content.len() <= limit {
        return Ok(());
    }
    Err(Refusal::new(
        AlertDescription::RECORD_OVERFLOW,
        format!(
            "expected a record of at most {limit} octets, got {}",
            content.len()
        ),
    ))
}

/// Keying material of an association, if it is established.
pub(crate) fn export(
    established: Option<&Handshake>,
    label: &str,
    length: usize,
) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
    established
        .and_then(|handshake| handshake.export(label, length))
        .ok_or(AssociationError::NotEstablished {
            state: "has no master secret yet",
        })
}
