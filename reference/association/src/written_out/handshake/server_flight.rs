//! What follows ServerHello.

use std::sync::Arc;

use p256::SecretKey;
use p256::ecdsa::SigningKey;

use super::agreed::Agreed;
use super::outgoing::Output;
use super::state::Handshake;
use crate::messages::{
    Certificate, CertificateType, PskServerKeyExchange, RawPublicKey, ServerHelloDone,
};
use crate::written_out::{KeyExchange, Refusal, StoredSession, key_exchange, random};

/// A private key for one handshake.
pub(super) struct Ephemeral(pub(super) SecretKey);

impl std::fmt::Debug for Ephemeral {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Ephemeral(..)")
    }
}

impl Handshake {
    /// What follows ServerHello in a full handshake (RFC 5246, 7.3).
    pub(super) fn server_flight(
        &mut self,
        agreed: &Agreed,
        outputs: &mut Vec<Output>,
    ) -> Result<(), Refusal> {
        let shared = Arc::clone(&self.shared);
        let configuration = &shared.configuration;
        let clauses = &configuration.clauses;
        match agreed.suite.key_exchange {
            KeyExchange::Psk => {
                if let Some(psk_identity_hint) = (clauses.identity_hint)(configuration) {
                    outputs.push(self.send(&PskServerKeyExchange { psk_identity_hint })?);
                }
            }
            KeyExchange::EcdheEcdsa => {
                let key = self.send_certificate(agreed, outputs)?;
                let ephemeral = random::ephemeral_key()?;
                outputs.push(self.send(&key_exchange::server_key_exchange(
                    &ephemeral,
                    &key,
                    &agreed.randoms,
                )?)?);
                self.ephemeral = Some(Ephemeral(ephemeral));
                let certificates = agreed.certificates.as_ref();
                if let Some((_, request)) = certificates.and_then(|types| types.client.as_ref()) {
                    self.progress.certificate_requested = true;
                    outputs.push(self.send(request)?);
                }
            }
        }
        outputs.push(self.send(&ServerHelloDone)?);
        Ok(())
    }

    /// Sends what the server shows, and gives the key that belongs to it.
    pub(super) fn send_certificate(
        &mut self,
        agreed: &Agreed,
        outputs: &mut Vec<Output>,
    ) -> Result<SigningKey, Refusal> {
        let shared = Arc::clone(&self.shared);
        let configuration = &shared.configuration;
        let shown = agreed.certificates.as_ref().map(|types| types.server);
        match (&configuration.certificate, &configuration.raw_public_key) {
            (_, Some(own)) if shown == Some(CertificateType::RAW_PUBLIC_KEY) => {
                outputs.push(self.send(&RawPublicKey {
                    subject_public_key_info: own.subject_public_key_info.clone(),
                })?);
                Ok(own.key.clone())
            }
            (Some(own), _) => {
                outputs.push(self.send(&Certificate {
                    certificate_list: own.chain.clone(),
                })?);
                Ok(own.key.clone())
            }
            _ => Err(Refusal::internal(
                "expected a certificate of the server, got none",
            )),
        }
    }

    /// What follows ServerHello when a session is resumed (RFC 5246, 7.3).
    pub(super) fn resume(
        &mut self,
        stored: StoredSession,
        outputs: &mut Vec<Output>,
    ) -> Result<(), Refusal> {
        self.progress.resumed = true;
        self.peer = (self.clauses().resumed_peer)(&stored);
        self.key = stored.key;
        self.expand(stored.master)?;
        outputs.push(Output::ChangeCipherSpec);
        outputs.push(self.send_finished()?);
        Ok(())
    }
}
