//! The first flights of both sides, up to the ServerHelloDone.

use super::chosen::{Chosen, asks};
use super::exchange;
use super::reception::Reception;
use crate::tester::handshake::certificate_list;
use crate::tester::handshake::conduct::LengthLie;
use crate::tester::handshake::credential::Credential;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::key_exchange::Ephemeral;
use crate::tester::handshake::piece::Piece;
use crate::tester::handshake::suite::KeyExchange;
use onem2m_association::messages::datagram::{DatagramClientHello, HelloVerifyRequest};
use onem2m_association::messages::{
    CertificateRequest, ClientCertificateKind, ClientHello, HandshakeMessage, HandshakeType,
    ProtocolVersion, PskServerKeyExchange, RawPublicKey, ServerHelloDone, SignatureScheme,
};
use rand_chacha::rand_core::Rng;

/// The octets of a cookie.
const COOKIE_LENGTH: usize = 20;

impl Reception<'_, '_> {
    /// Reads the ClientHello; over datagrams that which repeats a cookie (RFC 6347, 4.2.1).
    pub(super) async fn hello(&mut self) -> Result<ClientHello, Halt> {
        let message = self.expect(HandshakeType::CLIENT_HELLO).await?;
        if !self.is_datagram() {
            let hello: ClientHello = message.read_as()?;
            self.conversation.seen.client_hellos.push(hello.clone());
            return Ok(hello);
        }
        let first: DatagramClientHello = message.read_as()?;
        self.conversation.seen.client_hellos.push(first.hello);
        let mut cookie = vec![0; COOKIE_LENGTH];
        self.conversation.channel.random.fill_bytes(&mut cookie);
        let request = HandshakeMessage::of(&HelloVerifyRequest {
            version: ProtocolVersion::DTLS_1_0,
            cookie: cookie.clone(),
        })?;
        let piece = self.conversation.say(request, 0)?;
        self.send_once(piece, ProtocolVersion::DTLS_1_0).await?;
        self.conversation.transcript.clear();
        let second: DatagramClientHello =
            self.expect(HandshakeType::CLIENT_HELLO).await?.read_as()?;
        let seen = &mut self.conversation.seen.client_hellos;
        seen.push(second.hello.clone());
        match second.cookie == cookie {
            true => Ok(second.hello),
            false => Err(Halt::unexpected("ClientHello does not repeat the cookie")),
        }
    }

    /// The next random value of the tester.
    pub(super) fn draw(&mut self) -> [u8; 32] {
        let mut random = [0; 32];
        self.conversation.channel.random.fill_bytes(&mut random);
        random
    }

    /// The flight of the tester, and what is secret of its part in an exchange on a curve (RFC 5246, 7.3).
    pub(super) fn flight(
        &mut self,
        chosen: &Chosen,
    ) -> Result<(Vec<Piece>, Option<Ephemeral>), Halt> {
        let mut messages = vec![HandshakeMessage::of(&chosen.hello)?];
        let mut ephemeral = None;
        match chosen.scripted.map(|scripted| scripted.exchange) {
            Some(KeyExchange::EcdheEcdsa) => {
                messages.push(self.certificate(chosen)?);
                let random = &mut self.conversation.channel.random;
                let drawn = Ephemeral::draw(random);
                let parameters = exchange::parameters(self.service, chosen, &drawn, random)?;
                messages.push(HandshakeMessage::of(&parameters)?);
                self.conversation.seen.sent_parameters = Some(parameters);
                ephemeral = Some(drawn);
                if asks(self.service) {
                    messages.push(request()?);
                }
            }
            // A suite that is only named has no messages of its own.
            Some(KeyExchange::Psk | KeyExchange::DhePsk) | None => {
                if let Some(hint) = &self.service.conduct.hint {
                    let hint = hint.as_bytes().to_vec();
                    messages.push(HandshakeMessage::of(&PskServerKeyExchange {
                        psk_identity_hint: hint,
                    })?);
                }
            }
        }
        messages.push(HandshakeMessage::of(&ServerHelloDone)?);
        let pieces = messages
            .into_iter()
            .map(|message| self.conversation.say(message, 0));
        Ok((pieces.collect::<Result<_, _>>()?, ephemeral))
    }

    fn certificate(&self, chosen: &Chosen) -> Result<HandshakeMessage, Halt> {
        Ok(match &self.service.credential {
            Credential::RawPublicKey {
                subject_public_key_info,
                ..
            } if chosen.shows_raw_key => HandshakeMessage::of(&RawPublicKey {
                subject_public_key_info: subject_public_key_info.clone(),
            })?,
            Credential::Certificates { chain, .. } => {
                certificate_list::message(chain, LengthLie::Right)?
            }
            Credential::RawPublicKey { .. } | Credential::Psk { .. } | Credential::None => {
                certificate_list::message(&[], LengthLie::Right)?
            }
        })
    }
}

/// Asks for a certificate of any authority, with a signature of TS-0003 V3.18.0, 10.1.1.1.
fn request() -> Result<HandshakeMessage, Halt> {
    Ok(HandshakeMessage::of(&CertificateRequest {
        certificate_types: vec![ClientCertificateKind::ECDSA_SIGN],
        supported_signature_algorithms: vec![SignatureScheme::ECDSA_SECP256R1_SHA256],
        certificate_authorities: Vec::new(),
    })?)
}
