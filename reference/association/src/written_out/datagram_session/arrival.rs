//! Records that arrive.

use super::epochs::{ReadEpoch, number};
use super::session::DatagramSession;
use crate::Session;
use crate::messages::datagram::DatagramRecord;
use crate::messages::{Alert, ChangeCipherSpec, Codec, ContentType};
use crate::written_out::traffic;
use crate::written_out::{
    AlertReaction, EpochOfRecord, EpochReaction, Protection, Reaction, RecordContext, Refusal,
    ReplayWindow,
};

impl DatagramSession {
    /// Takes the records of a datagram. What follows a malformed one is lost with it (RFC 6347, 4.1.2.7).
    pub(super) fn take_datagram(&mut self, datagram: &[u8]) -> Result<(), Refusal> {
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
    pub(super) fn take_record(&mut self, record: &DatagramRecord) -> Result<bool, Refusal> {
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
    pub(super) fn open(&mut self, record: &DatagramRecord) -> Result<Option<Vec<u8>>, Refusal> {
        let clauses = &self.shared.configuration.clauses;
        let protection = self.read.protection.clone().filter(|_| record.epoch > 0);
        let opened = match protection {
            None => Ok(record.fragment.clone()),
            Some(_) if !(clauses.is_fresh)(&self.read.window, record.sequence_number) => {
                return Ok(None);
            }
            Some(mut protection) => {
                let context = RecordContext {
                    number: number(record.epoch, record.sequence_number),
                    content_type: record.content_type,
                    version: record.version,
                };
                let open = |protection: &Protection| {
                    (clauses.open)(clauses, protection, &context, &record.fragment)
                };
                let mut opened = open(&protection);
                while opened.is_err()
                    && let Some(other) = self.handshake.other_client_protection()
                {
                    opened = open(&other);
                    protection = other;
                    self.read.protection = Some(protection.clone());
                }
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

    pub(super) fn take_alert(&mut self, alert: &Alert) -> Result<(), Refusal> {
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

    pub(super) fn change_reading(&mut self) {
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
}
