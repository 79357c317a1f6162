//! What the client shows and proves.

use onem2m_keys::PremasterSecret;

use super::incoming::unexpected;
use super::server_flight::Ephemeral;
use super::state::Handshake;
use crate::PeerCredential;
use crate::messages::{
    Certificate, CertificateType, CertificateVerify, Codec, EcdheClientKeyExchange, RawPublicKey,
};
use crate::written_out::{KeyExchange, Refusal, key_exchange};

/// The body of Certificate of a client that has none (RFC 5246, 7.4.6).
const NO_CERTIFICATE: [u8; 3] = [0, 0, 0];

impl Handshake {
    pub(super) fn certificate(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let certificates = self.agreed()?.certificates.as_ref();
        let asked = certificates.and_then(|types| types.client.as_ref());
        let is_raw = asked.is_some_and(|(asked, _)| *asked == CertificateType::RAW_PUBLIC_KEY);
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        if body == NO_CERTIFICATE {
            (clauses.no_certificate)()?;
        } else if is_raw {
            let key = RawPublicKey::decode(body)?.subject_public_key_info;
            (clauses.judge_raw_public_key)(configuration, &key)?;
            self.public_key = Some((clauses.public_key)(&key)?);
            self.bind(PeerCredential::RawPublicKey(key));
        } else {
            let chain = Certificate::decode(body)?.certificate_list;
            let subject_public_key_info = (clauses.judge)(configuration, &chain)?;
            self.public_key = Some((clauses.public_key)(&subject_public_key_info)?);
            self.bind(PeerCredential::Certificates(chain));
        }
        self.progress.certificate_shown = self.public_key.is_some();
        self.progress.certificate = true;
        Ok(())
    }

    pub(super) fn bind(&mut self, shown: PeerCredential) {
        let peer = (self.clauses().bind)(self.peer.as_ref(), shown);
        self.peer = Some(peer);
    }

    pub(super) fn client_key_exchange(&mut self, body: &[u8]) -> Result<PremasterSecret, Refusal> {
        let agreed = self.agreed()?;
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        match agreed.suite.key_exchange {
            KeyExchange::Psk => {
                let identity = (clauses.identity)(body)?;
                let key = (clauses.key)(configuration, agreed.host, &identity)?;
                let premaster = (clauses.psk_premaster)(&key);
                self.other_keys = (clauses.other_keys)(configuration, agreed.host, &key);
                self.key = Some(key);
                self.bind(PeerCredential::Psk { identity });
                Ok(premaster)
            }
            KeyExchange::EcdheEcdsa => {
                let Some(Ephemeral(ephemeral)) = &self.ephemeral else {
                    return Err(Refusal::internal("expected an ephemeral key, got none"));
                };
                let exchange = EcdheClientKeyExchange::decode(body)?;
                let point = (clauses.client_point)(&exchange.point)?;
                Ok(key_exchange::ecdhe_premaster(ephemeral, &point))
            }
        }
    }

    pub(super) fn certificate_verify(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let CertificateVerify(signed) = CertificateVerify::decode(body)?;
        let key = self
            .public_key
            .as_ref()
            .ok_or_else(|| unexpected("expected a certificate before CertificateVerify"))?;
        (self.clauses().certificate_verify)(key, &self.transcript, &signed)?;
        self.progress.certificate_verify = true;
        Ok(())
    }
}
