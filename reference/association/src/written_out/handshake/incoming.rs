//! What comes from the client, in the order that the clauses accept.

use onem2m_keys::TranscriptHash;

use super::outgoing::Output;
use super::state::Handshake;
use crate::messages::{AlertDescription, HandshakeMessage, HandshakeType};
use crate::written_out::{Incoming, Refusal};

impl Handshake {
    /// Takes a handshake message, and the same with the header that Finished covers.
    pub(crate) fn take(
        &mut self,
        message: &HandshakeMessage,
        octets: &[u8],
    ) -> Result<Vec<Output>, Refusal> {
        self.expect(Incoming::Handshake(message.message_type))?;
        match message.message_type {
            HandshakeType::CLIENT_HELLO => {
                let hello = self.framing.client_hello(self.clauses(), &message.body)?;
                self.cover(message.message_type, octets);
                self.client_hello(&hello)
            }
            HandshakeType::CERTIFICATE => {
                self.certificate(&message.body)?;
                self.cover(message.message_type, octets);
                Ok(Vec::new())
            }
            HandshakeType::CLIENT_KEY_EXCHANGE => {
                let premaster = self.client_key_exchange(&message.body)?;
                self.cover(message.message_type, octets);
                self.progress.key_exchange = true;
                self.derive(Some(&premaster))?;
                Ok(Vec::new())
            }
            HandshakeType::CERTIFICATE_VERIFY => {
                self.certificate_verify(&message.body)?;
                self.cover(message.message_type, octets);
                Ok(Vec::new())
            }
            HandshakeType::FINISHED => self.finished(message, octets),
            other => {
                self.cover(other, octets);
                Ok(Vec::new())
            }
        }
    }

    /// Takes ChangeCipherSpec.
    pub(crate) fn change_cipher_spec(&mut self, within_message: bool) -> Result<(), Refusal> {
        self.expect(Incoming::ChangeCipherSpec { within_message })?;
        self.progress.change_cipher_spec = true;
        if self.keys.is_none() {
            self.derive(None)?;
        }
        Ok(())
    }

    /// Takes application data.
    pub(crate) fn application_data(&self) -> Result<(), Refusal> {
        self.expect(Incoming::ApplicationData)
    }

    pub(super) fn expect(&self, incoming: Incoming) -> Result<(), Refusal> {
        let clauses = self.clauses();
        if (clauses.accepts)(clauses, &self.progress, incoming) {
            return Ok(());
        }
        let awaited = (clauses.awaited)(&self.progress);
        Err(unexpected(format!(
            "expected {awaited:?}, got {incoming:?}"
        )))
    }

    pub(super) fn cover(&mut self, message_type: HandshakeType, octets: &[u8]) {
        if (self.clauses().covered)(message_type) {
            self.transcript.extend_from_slice(octets);
        }
    }

    pub(super) fn covered(&self) -> TranscriptHash {
        TranscriptHash::over([self.transcript.as_slice()])
    }
}

pub(super) fn unexpected(reason: impl Into<String>) -> Refusal {
    Refusal::new(AlertDescription::UNEXPECTED_MESSAGE, reason)
}
