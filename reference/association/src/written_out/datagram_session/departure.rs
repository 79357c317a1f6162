//! Records that are sent, and flights that are sent again.

use std::num::NonZeroUsize;

use super::epochs::{WriteEpoch, number};
use super::session::DatagramSession;
use crate::messages::datagram::{DatagramRecord, Fragment, SequenceNumber};
use crate::messages::{
    Alert, ChangeCipherSpec, Codec, ContentType, HandshakeMessage, ProtocolVersion,
};
use crate::written_out::flight::Flight;
use crate::written_out::handshake::Output;
use crate::written_out::{RecordContext, Refusal};

/// The octets of the body of a handshake message that go into one datagram: a datagram of 1200 octets holds them in any
/// protection.
const FRAGMENT: usize = 1024;

impl DatagramSession {
    pub(super) fn send_outputs(&mut self, outputs: Vec<Output>) -> Result<(), Refusal> {
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
    pub(super) fn send_message(&mut self, octets: &[u8]) -> Result<(), Refusal> {
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
    pub(super) fn send_part(
        &mut self,
        content_type: ContentType,
        content: Vec<u8>,
    ) -> Result<(), Refusal> {
        let epoch = self.write.last().map_or(0, |epoch| epoch.number);
        self.send_in(epoch, content_type, &content)?;
        self.flight.parts.push((epoch, content_type, content));
        Ok(())
    }

    /// Sends the last flight again, under new numbers (RFC 6347, 4.2.4).
    pub(super) fn repeat(&mut self) {
        let parts = std::mem::take(&mut self.flight.parts);
        for (epoch, content_type, content) in &parts {
            if let Err(refusal) = self.send_in(*epoch, *content_type, content) {
                self.refuse(refusal);
                return;
            }
        }
        self.flight.parts = parts;
    }

    pub(super) fn send(
        &mut self,
        content_type: ContentType,
        content: &[u8],
    ) -> Result<(), Refusal> {
        let epoch = self.write.last().map_or(0, |epoch| epoch.number);
        self.send_in(epoch, content_type, content)
    }

    pub(super) fn send_in(
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

    pub(super) fn send_alert(&mut self, alert: Alert) -> Result<(), Refusal> {
        self.send(ContentType::ALERT, &alert.encode()?)
    }
}
