use std::sync::Arc;

use onem2m_keys::{
    KeyBlock, MasterSecret, PremasterSecret, Psk, Randoms, Sender, TranscriptHash,
    export_keying_material, verify_data,
};
use p256::SecretKey;
use p256::ecdsa::{SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use super::framing::Framing;
use super::server::Shared;
use super::{
    Agreement, Clauses, Incoming, KeyExchange, Progress, Protection, Refusal, StoredSession, Suite,
    VerifyData, hello, key_exchange, random,
};
use crate::PeerCredential;
use crate::messages::{
    Alert, AlertDescription, Certificate, CertificateRequest, CertificateType, CertificateVerify,
    ClientCertificateTypes, ClientHello, Codec, EcPointFormats, EcdheClientKeyExchange,
    ExtendedMasterSecret, Extension, ExtensionType, Extensions, Finished, HandshakeBody,
    HandshakeMessage, HandshakeType, PointFormat, ProtocolVersion, PskServerKeyExchange,
    RawPublicKey, RenegotiationInfo, SelectedClientCertificateType, SelectedServerCertificateType,
    ServerCertificateTypes, ServerHello, ServerHelloDone,
};

/// The server side of one handshake, whatever carries its messages (RFC 5246, 7.3).
#[derive(Debug)]
pub(crate) struct Handshake {
    shared: Arc<Shared>,
    framing: Framing,
    progress: Progress,
    /// The messages that Finished covers, with their headers.
    transcript: Vec<u8>,
    /// What the Finished of the handshake before said, in a renegotiation.
    previous: Option<VerifyData>,
    verify_data: VerifyData,
    agreed: Option<Agreed>,
    ephemeral: Option<Ephemeral>,
    master: Option<MasterSecret>,
    keys: Option<KeyBlock>,
    peer: Option<PeerCredential>,
    /// The key behind the identity of the peer.
    key: Option<Psk>,
    /// The key in the certificate of the peer.
    public_key: Option<VerifyingKey>,
}

/// What has to be sent.
#[derive(Debug)]
pub(crate) enum Output {
    /// A handshake message with its header.
    Message(Vec<u8>),
    /// ChangeCipherSpec: what follows is protected with the keys of this handshake.
    ChangeCipherSpec,
}

/// What both hellos agreed.
#[derive(Clone, Debug)]
struct Agreed {
    version: ProtocolVersion,
    suite: Suite,
    randoms: Randoms,
    session_id: Vec<u8>,
    extended: bool,
    host: Option<usize>,
    certificates: Option<CertificateTypes>,
}

/// What both sides show, in a full handshake with certificates.
#[derive(Clone, Debug)]
struct CertificateTypes {
    server: CertificateType,
    /// Of the client, if it is asked.
    client: Option<(CertificateType, CertificateRequest)>,
}

/// The body of Certificate of a client that has none (RFC 5246, 7.4.6).
const NO_CERTIFICATE: [u8; 3] = [0, 0, 0];

/// A private key for one handshake.
struct Ephemeral(SecretKey);

impl std::fmt::Debug for Ephemeral {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Ephemeral(..)")
    }
}

impl Handshake {
    pub(crate) fn new(shared: Arc<Shared>, framing: Framing) -> Self {
        Self {
            shared,
            framing,
            progress: Progress::default(),
            transcript: Vec::new(),
            previous: None,
            verify_data: VerifyData::default(),
            agreed: None,
            ephemeral: None,
            master: None,
            keys: None,
            peer: None,
            key: None,
            public_key: None,
        }
    }

    /// The handshake that follows this one in the same association.
    pub(crate) fn renegotiate(&self) -> Self {
        Self {
            progress: Progress {
                renegotiation: true,
                ..Progress::default()
            },
            previous: Some(self.verify_data.clone()),
            peer: self.peer.clone(),
            ..Self::new(Arc::clone(&self.shared), self.framing.clone())
        }
    }

    /// Numbers the messages of the server from `message_seq`, where they have numbers.
    pub(crate) fn count_from(&mut self, message_seq: u16) {
        self.framing.count_from(message_seq);
    }

    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The version, once it is agreed.
    pub(crate) fn version(&self) -> Option<ProtocolVersion> {
        self.agreed.as_ref().map(|agreed| agreed.version)
    }

    /// What was agreed.
    pub(crate) fn agreement(&self) -> Option<Agreement> {
        self.agreed.as_ref().map(|agreed| Agreement {
            suite: agreed.suite,
            host: agreed.host,
            is_resumed: self.progress.resumed,
        })
    }

    /// Whom this handshake authenticated, once it is over.
    pub(crate) fn peer(&self) -> Option<&PeerCredential> {
        self.peer.as_ref().filter(|_| self.progress.finished)
    }

    /// How the client protects its records, once it changed its cipher state and there are keys.
    pub(crate) fn client_protection(&self) -> Option<Protection> {
        let (keys, agreed) = self.keys.as_ref().zip(self.agreed.as_ref())?;
        self.progress.change_cipher_spec.then(|| Protection {
            cipher: agreed.suite.cipher,
            keys: keys.client.clone(),
        })
    }

    /// How the server protects its records, once there are keys.
    pub(crate) fn server_protection(&self) -> Option<Protection> {
        let (keys, agreed) = self.keys.as_ref().zip(self.agreed.as_ref())?;
        Some(Protection {
            cipher: agreed.suite.cipher,
            keys: keys.server.clone(),
        })
    }

    /// Keying material without context, once the handshake is over (RFC 5705, 4).
    pub(crate) fn export(&self, label: &str, length: usize) -> Option<Zeroizing<Vec<u8>>> {
        let (master, agreed) = self.master.as_ref().zip(self.agreed.as_ref())?;
        let mut output = Zeroizing::new(vec![0; length]);
        export_keying_material(master, &agreed.randoms, label, None, &mut output).ok()?;
        self.progress.finished.then_some(output)
    }

    /// Forgets the session if an alert asks for it.
    pub(crate) fn forget(&self, alert: &Alert) {
        if let Some(agreed) = &self.agreed
            && (self.clauses().forgets)(alert)
        {
            self.shared.sessions.remove(&agreed.session_id);
        }
    }

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

    fn clauses(&self) -> &Clauses {
        &self.shared.configuration.clauses
    }

    fn expect(&self, incoming: Incoming) -> Result<(), Refusal> {
        let clauses = self.clauses();
        if (clauses.accepts)(clauses, &self.progress, incoming) {
            return Ok(());
        }
        let awaited = (clauses.awaited)(&self.progress);
        Err(unexpected(format!(
            "expected {awaited:?}, got {incoming:?}"
        )))
    }

    fn cover(&mut self, message_type: HandshakeType, octets: &[u8]) {
        if (self.clauses().covered)(message_type) {
            self.transcript.extend_from_slice(octets);
        }
    }

    fn covered(&self) -> TranscriptHash {
        TranscriptHash::over([self.transcript.as_slice()])
    }

    fn agreed(&self) -> Result<&Agreed, Refusal> {
        self.agreed
            .as_ref()
            .ok_or_else(|| unexpected("expected ClientHello before anything else"))
    }

    fn send<T: HandshakeBody>(&mut self, body: &T) -> Result<Output, Refusal> {
        let octets = self.framing.encode(&HandshakeMessage::of(body)?)?;
        self.cover(T::TYPE, &octets);
        Ok(Output::Message(octets))
    }

    fn client_hello(&mut self, hello: &ClientHello) -> Result<Vec<Output>, Refusal> {
        let shared = Arc::clone(&self.shared);
        let configuration = &shared.configuration;
        let clauses = &configuration.clauses;
        let version = self.framing.version(clauses, hello.version)?;
        (clauses.extensions)(hello)?;
        let compression_method = (clauses.compression)(&hello.compression_methods)?;
        let answers_renegotiation = (clauses.renegotiation_info)(self.previous.as_ref(), hello)?;
        let name = (clauses.server_name)(hello)?;
        let host = (clauses.host)(configuration, name.as_deref());
        let stored = self.stored(hello, host)?;
        let suite = match &stored {
            Some(stored) => stored.suite,
            None => (clauses.suite)(clauses, configuration, hello, host)?,
        };
        let session_id = match &stored {
            Some(stored) => stored.id.clone(),
            None if configuration.resumption => (clauses.session_id)()?,
            None => Vec::new(),
        };
        let random = (clauses.server_random)()?;
        let certificates = match suite.key_exchange {
            KeyExchange::EcdheEcdsa if stored.is_none() => Some(self.certificate_types(hello)?),
            _ => None,
        };
        let agreed = Agreed {
            version,
            suite,
            randoms: Randoms {
                client: hello.random.0,
                server: random.0,
            },
            session_id,
            extended: (clauses.extended_master_secret)(hello),
            host,
            certificates,
        };
        self.progress.hello = true;
        self.agreed = Some(agreed.clone());
        let extensions = self.answers(hello, &agreed, answers_renegotiation)?;
        let server_hello = self.send(&ServerHello {
            version,
            random,
            session_id: agreed.session_id.clone(),
            cipher_suite: suite.number,
            compression_method,
            extensions,
        })?;
        let mut outputs = vec![server_hello];
        match stored {
            Some(stored) => self.resume(stored, &mut outputs)?,
            None => self.server_flight(&agreed, &mut outputs)?,
        }
        Ok(outputs)
    }

    /// The session that the client wants to resume, if it is.
    fn stored(
        &self,
        hello: &ClientHello,
        host: Option<usize>,
    ) -> Result<Option<StoredSession>, Refusal> {
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        let is_first = self.previous.is_none();
        match self.shared.sessions.find(&hello.session_id) {
            Some(stored)
                if is_first
                    && (clauses.resumable)(clauses, configuration, &stored, hello, host)? =>
            {
                Ok(Some(stored))
            }
            _ => Ok(None),
        }
    }

    /// What both sides show (RFC 7250, 4.2).
    fn certificate_types(&self, hello: &ClientHello) -> Result<CertificateTypes, Refusal> {
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        let server: Option<ServerCertificateTypes> = hello::extension(hello)?;
        let client: Option<ClientCertificateTypes> = hello::extension(hello)?;
        let server = server.as_ref().map(|types| types.0.as_slice());
        let client = client.as_ref().map(|types| types.0.as_slice());
        Ok(CertificateTypes {
            server: (clauses.certificate_type)(server, &configuration.shows())?,
            client: match (clauses.certificate_request)(configuration) {
                None => None,
                Some(request) => {
                    let selected = (clauses.certificate_type)(client, &configuration.judges())?;
                    Some((selected, request))
                }
            },
        })
    }

    /// The extensions of ServerHello: none that the client did not ask for (RFC 5246, 7.4.1.4).
    fn answers(
        &self,
        hello: &ClientHello,
        agreed: &Agreed,
        renegotiation: bool,
    ) -> Result<Option<Extensions>, Refusal> {
        let mut extensions = Vec::new();
        if renegotiation {
            let previous = self.previous.as_ref();
            let renegotiated_connection = previous
                .map(|previous| [previous.client.as_slice(), &previous.server].concat())
                .unwrap_or_default();
            extensions.push(Extension::of(&RenegotiationInfo {
                renegotiated_connection,
            })?);
        }
        if agreed.host.is_some() {
            extensions.push(Extension::empty(ExtensionType::SERVER_NAME));
        }
        if agreed.extended {
            extensions.push(Extension::of(&ExtendedMasterSecret)?);
        }
        if agreed.suite.key_exchange == KeyExchange::EcdheEcdsa
            && hello::offers(hello, ExtensionType::EC_POINT_FORMATS)
        {
            let formats = EcPointFormats(vec![PointFormat::UNCOMPRESSED]);
            extensions.push(Extension::of(&formats)?);
        }
        if let Some(certificates) = &agreed.certificates {
            if hello::offers(hello, ExtensionType::SERVER_CERTIFICATE_TYPE) {
                let selected = SelectedServerCertificateType(certificates.server);
                extensions.push(Extension::of(&selected)?);
            }
            if let Some((selected, _)) = certificates.client
                && hello::offers(hello, ExtensionType::CLIENT_CERTIFICATE_TYPE)
            {
                extensions.push(Extension::of(&SelectedClientCertificateType(selected))?);
            }
        }
        Ok((!extensions.is_empty()).then_some(Extensions(extensions)))
    }

    /// What follows ServerHello in a full handshake (RFC 5246, 7.3).
    fn server_flight(&mut self, agreed: &Agreed, outputs: &mut Vec<Output>) -> Result<(), Refusal> {
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
    fn send_certificate(
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
    fn resume(&mut self, stored: StoredSession, outputs: &mut Vec<Output>) -> Result<(), Refusal> {
        self.progress.resumed = true;
        self.peer = (self.clauses().resumed_peer)(&stored);
        self.key = stored.key;
        self.expand(stored.master)?;
        outputs.push(Output::ChangeCipherSpec);
        outputs.push(self.send_finished()?);
        Ok(())
    }

    fn certificate(&mut self, body: &[u8]) -> Result<(), Refusal> {
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

    fn bind(&mut self, shown: PeerCredential) {
        let peer = (self.clauses().bind)(self.peer.as_ref(), shown);
        self.peer = Some(peer);
    }

    fn client_key_exchange(&mut self, body: &[u8]) -> Result<PremasterSecret, Refusal> {
        let agreed = self.agreed()?;
        let configuration = &self.shared.configuration;
        let clauses = &configuration.clauses;
        match agreed.suite.key_exchange {
            KeyExchange::Psk => {
                let identity = (clauses.identity)(body)?;
                let key = (clauses.key)(configuration, agreed.host, &identity)?;
                let premaster = (clauses.psk_premaster)(&key);
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

    fn certificate_verify(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let CertificateVerify(signed) = CertificateVerify::decode(body)?;
        let key = self
            .public_key
            .as_ref()
            .ok_or_else(|| unexpected("expected a certificate before CertificateVerify"))?;
        (self.clauses().certificate_verify)(key, &self.transcript, &signed)?;
        self.progress.certificate_verify = true;
        Ok(())
    }

    /// Makes the keys from the premaster secret, or from what the table says without one.
    fn derive(&mut self, premaster: Option<&PremasterSecret>) -> Result<(), Refusal> {
        let agreed = self.agreed()?;
        let session_hash = agreed.extended.then(|| self.covered());
        let master = (self.clauses().master)(premaster, &agreed.randoms, session_hash.as_ref());
        match master {
            Some(master) => self.expand(master),
            None => Ok(()),
        }
    }

    fn expand(&mut self, master: MasterSecret) -> Result<(), Refusal> {
        let agreed = self.agreed()?;
        let lengths = agreed.suite.cipher.key_lengths();
        self.keys = Some(KeyBlock::expand(&master, &agreed.randoms, lengths));
        self.master = Some(master);
        Ok(())
    }

    fn finished(
        &mut self,
        message: &HandshakeMessage,
        octets: &[u8],
    ) -> Result<Vec<Output>, Refusal> {
        let got = Finished::decode(&message.body)?.verify_data;
        let expected = verify_data(self.master()?, Sender::Client, &self.covered());
        (self.clauses().finished)(&expected, &got)?;
        self.cover(message.message_type, octets);
        self.verify_data.client = got;
        let outputs = if self.progress.resumed {
            Vec::new()
        } else {
            vec![Output::ChangeCipherSpec, self.send_finished()?]
        };
        self.progress.finished = true;
        self.progress.renegotiation = false;
        self.store()?;
        Ok(outputs)
    }

    fn send_finished(&mut self) -> Result<Output, Refusal> {
        let verify_data = verify_data(self.master()?, Sender::Server, &self.covered());
        self.verify_data.server = verify_data.to_vec();
        self.send(&Finished {
            verify_data: verify_data.to_vec(),
        })
    }

    fn master(&self) -> Result<&MasterSecret, Refusal> {
        self.master
            .as_ref()
            .ok_or_else(|| unexpected("expected ClientKeyExchange before Finished"))
    }

    fn store(&self) -> Result<(), Refusal> {
        let agreed = self.agreed()?;
        if !self.progress.resumed && !agreed.session_id.is_empty() {
            self.shared.sessions.insert(StoredSession {
                id: agreed.session_id.clone(),
                suite: agreed.suite,
                master: self.master()?.clone(),
                extended: agreed.extended,
                host: agreed.host,
                peer: self.peer.clone(),
                key: self.key.clone(),
            });
        }
        Ok(())
    }
}

fn unexpected(reason: impl Into<String>) -> Refusal {
    Refusal::new(AlertDescription::UNEXPECTED_MESSAGE, reason)
}
