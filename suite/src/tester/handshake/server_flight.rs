use super::conversation::{Conversation, Event};
use super::end::Halt;
use super::keys::Keys;
use super::offer::Offer;
use super::seen::KeyExchangeSeen;
use super::subject_public_key;
use super::suite::{KeyExchange, ScriptedSuite};
use super::transcript::Transcript;
use crate::tester::association_end::AssociationEnd;
use onem2m_association::messages::{
    Certificate, CertificateRequest, CertificateType, CipherSuite, Codec, CompressionMethod,
    DhePskServerKeyExchange, EcdheServerKeyExchange, ExtendedMasterSecret, Extension,
    ExtensionType, Extensions, HandshakeMessage, HandshakeType, NamedGroup, ProtocolVersion,
    PskServerKeyExchange, RawPublicKey, SelectedClientCertificateType,
    SelectedServerCertificateType, ServerHello, ServerHelloDone, SignatureScheme,
};
use onem2m_keys::{MasterSecret, PremasterSecret, Randoms};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

/// What the first flight of the IUT settles.
pub struct ServerFlight {
    /// The version.
    pub version: ProtocolVersion,
    /// The suite.
    pub suite: CipherSuite,
    /// What the tester knows of the suite.
    pub scripted: ScriptedSuite,
    /// The session; empty for none.
    pub session_id: Vec<u8>,
    /// Whether the master secret is the extended one.
    pub extended_master_secret: bool,
    /// Whether a raw public key stands for certificates of the server.
    raw_public_key: bool,
    /// Whether a raw public key of the client is taken in place of certificates (RFC 7250, 4.2).
    pub takes_raw_public_key: bool,
    /// The random values.
    pub randoms: Randoms,
    /// What the server gives to the key exchange.
    pub share: ServerShare,
    /// Whether a certificate of the client is asked for.
    pub certificate_requested: bool,
}

/// What a server gives to a key exchange.
pub enum ServerShare {
    /// Nothing.
    None,
    /// A point on a curve.
    Point(Vec<u8>),
    /// A group, and a public value in it.
    Group(DhePskServerKeyExchange),
}

impl ServerFlight {
    /// Reads the ServerHello.
    pub fn read_hello(
        conversation: &mut Conversation<'_, '_>,
        offer: &Offer,
        message: &HandshakeMessage,
    ) -> Result<Self, Halt> {
        let hello: ServerHello = message.read_as()?;
        conversation.seen.server_hello = Some(hello.clone());
        Self::judge(&hello, offer)
    }

    /// The keys that a premaster secret gives (RFC 5246, 8.1; RFC 7627, 4).
    pub fn keys(&self, premaster: &PremasterSecret, transcript: &Transcript) -> Keys {
        let master = if self.extended_master_secret {
            MasterSecret::derive_extended(premaster, &transcript.hash())
        } else {
            MasterSecret::derive(premaster, &self.randoms)
        };
        Keys::new(master, &self.randoms, self.scripted.bulk)
    }

    fn judge(hello: &ServerHello, offer: &Offer) -> Result<Self, Halt> {
        let extensions = hello.extensions.clone().unwrap_or_default();
        let version = selected_version(hello, &extensions)?;
        if !offer.numbers.has_version(version.0) {
            return Err(Halt::unexpected(format!(
                "version {version} was selected, which was not offered"
            )));
        }
        let suite = hello.cipher_suite;
        if !offer.numbers.suites.contains(&suite) {
            return Err(Halt::unexpected(format!(
                "suite {suite} was selected, which was not offered"
            )));
        }
        let spoken = [ProtocolVersion::TLS_1_2, ProtocolVersion::DTLS_1_2].contains(&version);
        let Some(scripted) = ScriptedSuite::of(suite).filter(|_| spoken) else {
            return Err(selected(version, suite));
        };
        if hello.compression_method != CompressionMethod::NULL {
            return Err(Halt::unexpected(format!(
                "compression method {} was selected",
                hello.compression_method
            )));
        }
        if let Some(stranger) = stranger(&extensions, offer) {
            return Err(Halt::unexpected(format!(
                "ServerHello has extension {stranger}, which was not offered"
            )));
        }
        let extended: Option<ExtendedMasterSecret> = extensions.read()?;
        let raw: Option<SelectedServerCertificateType> = extensions.read()?;
        let taken: Option<SelectedClientCertificateType> = extensions.read()?;
        Ok(Self {
            version,
            suite,
            scripted,
            session_id: hello.session_id.clone(),
            extended_master_secret: extended.is_some(),
            raw_public_key: raw.is_some_and(|raw| raw.0 == CertificateType::RAW_PUBLIC_KEY),
            takes_raw_public_key: taken
                .is_some_and(|taken| taken.0 == CertificateType::RAW_PUBLIC_KEY),
            randoms: Randoms {
                client: offer.random.0,
                server: hello.random.0,
            },
            share: ServerShare::None,
            certificate_requested: false,
        })
    }

    /// Reads what follows, up to the ServerHelloDone (RFC 5246, 7.3).
    pub async fn read_rest(
        &mut self,
        conversation: &mut Conversation<'_, '_>,
        offer: &Offer,
    ) -> Result<(), Halt> {
        let mut key = None;
        let mut before = HandshakeType::SERVER_HELLO;
        loop {
            let message = match conversation.next().await? {
                Event::Message(message) => message,
                event => {
                    return Err(Halt::unexpected(format!(
                        "{} behind {before}",
                        event.name()
                    )));
                }
            };
            let message_type = message.message_type;
            if !self.may_follow(before, message_type) {
                return Err(Halt::unexpected(format!("{message_type} behind {before}")));
            }
            match message_type {
                HandshakeType::CERTIFICATE => {
                    key = self.certificate(conversation, &message)?;
                }
                HandshakeType::SERVER_KEY_EXCHANGE => {
                    self.key_exchange(conversation, offer, &message, key.as_ref())?;
                }
                HandshakeType::CERTIFICATE_REQUEST => {
                    let request: CertificateRequest = message.read_as()?;
                    conversation.seen.certificate_request = Some(request);
                    self.certificate_requested = true;
                }
                HandshakeType::SERVER_HELLO_DONE => {
                    let _: ServerHelloDone = message.read_as()?;
                    return Ok(());
                }
                _ => {}
            }
            before = message_type;
        }
    }

    /// Whether a message may stand behind another one in the flight.
    fn may_follow(&self, before: HandshakeType, message: HandshakeType) -> bool {
        let place = |message_type| {
            let order = [
                HandshakeType::SERVER_HELLO,
                HandshakeType::CERTIFICATE,
                HandshakeType::CERTIFICATE_STATUS,
                HandshakeType::SERVER_KEY_EXCHANGE,
                HandshakeType::CERTIFICATE_REQUEST,
                HandshakeType::SERVER_HELLO_DONE,
            ];
            order.iter().position(|each| *each == message_type)
        };
        let (Some(earlier), Some(later)) = (place(before), place(message)) else {
            return false;
        };
        let needed = match (self.scripted.exchange, before) {
            (KeyExchange::EcdheEcdsa, HandshakeType::SERVER_HELLO) => {
                message == HandshakeType::CERTIFICATE
            }
            (KeyExchange::EcdheEcdsa, HandshakeType::CERTIFICATE) => {
                later <= place(HandshakeType::SERVER_KEY_EXCHANGE).unwrap_or(later)
            }
            (KeyExchange::EcdheEcdsa, HandshakeType::CERTIFICATE_STATUS) => {
                message == HandshakeType::SERVER_KEY_EXCHANGE
            }
            (KeyExchange::DhePsk, HandshakeType::SERVER_HELLO) => {
                message == HandshakeType::SERVER_KEY_EXCHANGE
            }
            (KeyExchange::Psk | KeyExchange::DhePsk, _) => ![
                HandshakeType::CERTIFICATE,
                HandshakeType::CERTIFICATE_STATUS,
                HandshakeType::CERTIFICATE_REQUEST,
            ]
            .contains(&message),
            _ => true,
        };
        earlier < later && needed
    }

    fn certificate(
        &self,
        conversation: &mut Conversation<'_, '_>,
        message: &HandshakeMessage,
    ) -> Result<Option<VerifyingKey>, Halt> {
        if self.raw_public_key {
            let raw: RawPublicKey = message.read_as()?;
            let information = raw.subject_public_key_info;
            let key = subject_public_key::of_information(&information);
            conversation.seen.raw_public_key = Some(information);
            return Ok(key);
        }
        let chain: Certificate = message.read_as()?;
        let certificates = chain.certificate_list;
        let first = certificates.first();
        let key = first.and_then(|first| subject_public_key::of_certificate(first));
        conversation.seen.certificates = certificates;
        Ok(key)
    }

    fn key_exchange(
        &mut self,
        conversation: &mut Conversation<'_, '_>,
        offer: &Offer,
        message: &HandshakeMessage,
        key: Option<&VerifyingKey>,
    ) -> Result<(), Halt> {
        match self.scripted.exchange {
            KeyExchange::Psk => {
                let exchange: PskServerKeyExchange = message.read_as()?;
                let hint = KeyExchangeSeen::Hint(exchange.psk_identity_hint);
                conversation.seen.server_key_exchange = Some(hint);
                Ok(())
            }
            KeyExchange::DhePsk => {
                let exchange: DhePskServerKeyExchange = message.read_as()?;
                conversation.seen.server_key_exchange = Some(KeyExchangeSeen::Group {
                    hint: exchange.psk_identity_hint.clone(),
                    prime: exchange.prime.clone(),
                });
                self.share = ServerShare::Group(exchange);
                Ok(())
            }
            KeyExchange::EcdheEcdsa => self.curve(conversation, offer, message, key),
        }
    }

    fn curve(
        &mut self,
        conversation: &mut Conversation<'_, '_>,
        offer: &Offer,
        message: &HandshakeMessage,
        key: Option<&VerifyingKey>,
    ) -> Result<(), Halt> {
        let exchange: EcdheServerKeyExchange = message.read_as()?;
        let group = exchange.parameters.group;
        let scheme = exchange.signature.algorithm;
        conversation.seen.server_key_exchange = Some(KeyExchangeSeen::Curve {
            group,
            point: exchange.parameters.point.clone(),
            scheme,
        });
        if !offer.numbers.groups.contains(&group.0) {
            return Err(Halt::unexpected(format!(
                "curve {group} was selected, which was not offered"
            )));
        }
        if !offer.numbers.signature_algorithms.contains(&scheme.0) {
            return Err(Halt::unexpected(format!(
                "ServerKeyExchange is signed with {scheme}, which was not offered"
            )));
        }
        if group != NamedGroup::SECP256R1 || scheme != SignatureScheme::ECDSA_SECP256R1_SHA256 {
            return Err(selected(self.version, self.suite));
        }
        let signed = [
            self.randoms.client.as_slice(),
            &self.randoms.server,
            &exchange.parameters.encode()?,
        ]
        .concat();
        let key = key.ok_or_else(|| Halt::unexpected("no key on P-256 in the certificate"))?;
        let verified = Signature::from_der(&exchange.signature.signature)
            .and_then(|signature| key.verify(&signed, &signature));
        if verified.is_err() {
            return Err(Halt::unexpected(
                "signature of the ServerKeyExchange is wrong",
            ));
        }
        self.share = ServerShare::Point(exchange.parameters.point);
        Ok(())
    }
}

/// The end at which the IUT chose from the offer what the tester only offers.
fn selected(version: ProtocolVersion, suite: CipherSuite) -> Halt {
    Halt::End(AssociationEnd::Selected {
        version: version.0,
        suite: suite.0,
    })
}

/// The version that a ServerHello selects: that of TLS 1.3 stands in an extension (RFC 8446, 4.2.1).
fn selected_version(hello: &ServerHello, extensions: &Extensions) -> Result<ProtocolVersion, Halt> {
    match extensions.find(ExtensionType::SUPPORTED_VERSIONS) {
        Some(extension) => Ok(ProtocolVersion::decode(&extension.data)?),
        None => Ok(hello.version),
    }
}

/// An extension that answers nothing (RFC 5246, 7.4.1.4). The suite of RFC 5746, 3.3 stands for its extension.
fn stranger(extensions: &Extensions, offer: &Offer) -> Option<ExtensionType> {
    let signalled = offer
        .numbers
        .suites
        .contains(&CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV);
    let answers = |extension: &&Extension| {
        let extension_type = extension.extension_type;
        offer.numbers.extensions.contains(&extension_type.0)
            || (signalled && extension_type == ExtensionType::RENEGOTIATION_INFO)
    };
    let strangers = extensions.0.iter().find(|each| !answers(each));
    strangers.map(|extension| extension.extension_type)
}
