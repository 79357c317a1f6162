//! What the IUT sends behind the ServerHelloDone, up to its Finished.

use super::chosen::{Chosen, asks};
use super::exchange::{self, Premasters};
use super::reception::Reception;
use crate::tester::handshake::conversation::Event;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::exporter::Exporter;
use crate::tester::handshake::key_exchange::Ephemeral;
use crate::tester::handshake::keys::Keys;
use crate::tester::handshake::subject_public_key;
use crate::tester::handshake::suite::{KeyExchange, ScriptedSuite};
use onem2m_association::messages::{
    Certificate, CertificateVerify, EcdheClientKeyExchange, Finished, HandshakeType,
    PskClientKeyExchange, RawPublicKey,
};
use onem2m_keys::{MasterSecret, PremasterSecret, Sender, VERIFY_DATA_LENGTH, verify_data};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

/// The flight of the IUT, once it was verified.
pub struct ClientFlight {
    /// The keys of what the IUT sends.
    pub read: Keys,
    /// The keys of what the tester sends.
    pub written: Keys,
    /// verify_data of the IUT.
    pub client: [u8; VERIFY_DATA_LENGTH],
}

/// What the IUT showed of itself.
enum Shown {
    Nothing,
    Key(Option<VerifyingKey>),
}

impl Reception<'_, '_> {
    /// Reads the flight and verifies what is signed in it, and its Finished (RFC 5246, 7.4.8 and 7.4.9).
    pub(super) async fn client_flight(
        &mut self,
        chosen: &Chosen,
        ephemeral: Option<&Ephemeral>,
    ) -> Result<ClientFlight, Halt> {
        let shown = match ephemeral.is_some() && asks(self.service) {
            true => self.client_certificate(chosen).await?,
            false => Shown::Nothing,
        };
        let message = self.expect(HandshakeType::CLIENT_KEY_EXCHANGE).await?;
        let Some(scripted) = chosen.scripted else {
            let goes_on = format!("ClientKeyExchange for suite {}", chosen.suite);
            return Err(Halt::unexpected(goes_on));
        };
        let premasters = match (scripted.exchange, ephemeral) {
            (KeyExchange::EcdheEcdsa, Some(ephemeral)) => {
                let exchange: EcdheClientKeyExchange = message.read_as()?;
                on_curve(ephemeral, &exchange.point)?
            }
            _ => {
                let exchange: PskClientKeyExchange = message.read_as()?;
                let identity = exchange.psk_identity;
                let random = &mut self.conversation.channel.random;
                let premasters = exchange::of_identity(self.service, &identity, random)?;
                self.conversation.seen.psk_identity = Some(identity);
                premasters
            }
        };
        let read = self.keys(chosen, scripted, &premasters.read);
        let written = self.keys(chosen, scripted, &premasters.written);
        let exporter = Exporter::new(read.master.clone(), chosen.randoms);
        self.conversation.seen.exporter = Some(exporter);
        self.conversation.channel.layer.install_read(read.client());
        if let Shown::Key(key) = shown {
            self.client_proof(key).await?;
        }
        match self.conversation.next().await? {
            Event::ChangeCipherSpec => {}
            event => return Err(Halt::expected("ChangeCipherSpec", &event.name())),
        }
        let hash = self.conversation.transcript.hash();
        let client = verify_data(&read.master, Sender::Client, &hash);
        let finished: Finished = self.expect(HandshakeType::FINISHED).await?.read_as()?;
        match finished.verify_data == client {
            true => Ok(ClientFlight {
                read,
                written,
                client,
            }),
            false => Err(Halt::unexpected("Finished of the IUT does not verify")),
        }
    }

    /// The keys that a premaster secret gives (RFC 5246, 8.1; RFC 7627, 4).
    fn keys(&self, chosen: &Chosen, scripted: ScriptedSuite, premaster: &PremasterSecret) -> Keys {
        let randoms = &chosen.randoms;
        let master = match chosen.extended_master_secret {
            true => MasterSecret::derive_extended(premaster, &self.conversation.transcript.hash()),
            false => MasterSecret::derive(premaster, randoms),
        };
        Keys::new(master, randoms, scripted.bulk)
    }

    async fn client_certificate(&mut self, chosen: &Chosen) -> Result<Shown, Halt> {
        let message = self.expect(HandshakeType::CERTIFICATE).await?;
        let seen = &mut *self.conversation.seen;
        if chosen.takes_raw_key {
            let raw: RawPublicKey = message.read_as()?;
            let information = raw.subject_public_key_info;
            let key = subject_public_key::of_information(&information);
            seen.raw_public_key = Some(information);
            return Ok(Shown::Key(key));
        }
        let chain: Certificate = message.read_as()?;
        seen.certificates = chain.certificate_list;
        Ok(match seen.certificates.first() {
            None => Shown::Nothing,
            Some(first) => Shown::Key(subject_public_key::of_certificate(first)),
        })
    }

    /// The CertificateVerify, with the key that was shown.
    async fn client_proof(&mut self, key: Option<VerifyingKey>) -> Result<(), Halt> {
        let signed = self.conversation.transcript.octets_without(None);
        let message = self.expect(HandshakeType::CERTIFICATE_VERIFY).await?;
        let CertificateVerify(proof) = message.read_as()?;
        let key = key.ok_or_else(|| Halt::unexpected("no key on P-256 in the certificate"))?;
        let verified = Signature::from_der(&proof.signature)
            .and_then(|signature| key.verify(&signed, &signature));
        self.conversation.seen.proved = verified.is_ok();
        verified.map_err(|_| Halt::unexpected("signature of the CertificateVerify is wrong"))
    }
}

fn on_curve(ephemeral: &Ephemeral, point: &[u8]) -> Result<Premasters, Halt> {
    let premaster = || {
        let off = || Halt::unexpected("point of the IUT is not on its curve");
        ephemeral.premaster(point).ok_or_else(off)
    };
    Ok(Premasters {
        read: premaster()?,
        written: premaster()?,
    })
}
