//! A client that sends what the test says, over PSK with AES-128-CBC.

use onem2m_association::messages::*;
use onem2m_association::written_out::{
    Cipher, Clauses, Configuration, Protection, RecordContext, Server, StreamSession,
};
use onem2m_association::{Closure, Session, State};
use onem2m_keys::{
    KeyBlock, KeyLengths, MasterSecret, PremasterSecret, Psk, Randoms, Sender, TranscriptHash,
    verify_data,
};

use crate::servers::{IDENTITY, KEY};

const VERSION: ProtocolVersion = ProtocolVersion::TLS_1_2;

/// A client within a handshake or behind it.
pub struct Script {
    pub session: StreamSession,
    pub transcript: Vec<u8>,
    randoms: Randoms,
    master: Option<MasterSecret>,
    block: Option<KeyBlock>,
    write: Option<(Protection, u64)>,
    read: Option<(Protection, u64)>,
}

/// A ClientHello with the suite of the script.
pub fn hello() -> ClientHello {
    ClientHello {
        version: VERSION,
        random: Random([1; 32]),
        session_id: Vec::new(),
        cipher_suites: vec![
            CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256,
            CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV,
        ],
        compression_methods: vec![CompressionMethod::NULL],
        extensions: None,
    }
}

pub fn key_exchange(identity: &[u8]) -> HandshakeMessage {
    HandshakeMessage::of(&PskClientKeyExchange {
        psk_identity: identity.to_vec(),
    })
    .unwrap()
}

impl Script {
    pub fn new(configuration: Configuration) -> Self {
        Self::with(&Server::new(configuration))
    }

    pub fn with(server: &Server) -> Self {
        Self {
            session: server.accept(),
            transcript: Vec::new(),
            randoms: Randoms {
                client: [1; 32],
                server: [0; 32],
            },
            master: None,
            block: None,
            write: None,
            read: None,
        }
    }

    /// A client that has sent its hello and has got the flight of the server.
    pub fn greeted(configuration: Configuration) -> Self {
        let mut script = Self::new(configuration);
        script.greet(&hello());
        script
    }

    /// A client whose association is established.
    pub fn established(configuration: Configuration) -> Self {
        let mut script = Self::greeted(configuration);
        script.finish(IDENTITY, KEY);
        assert_eq!(script.session.state(), State::Established);
        script
    }

    /// Sends a hello and takes the flight of the server.
    pub fn greet(&mut self, hello: &ClientHello) -> ServerHello {
        self.send_message(&HandshakeMessage::of(hello).unwrap());
        self.randoms.client = hello.random.0;
        let flight = self.messages();
        let server_hello: ServerHello = flight[0].read_as().unwrap();
        self.randoms.server = server_hello.random.0;
        server_hello
    }

    /// Sends a hello and gives the session of the answer, whatever follows it.
    pub fn session_of(&mut self, hello: &ClientHello) -> Vec<u8> {
        self.send_message(&HandshakeMessage::of(hello).unwrap());
        let flight = Record::decode(&self.session.transmit().unwrap()).unwrap();
        let mut reader = HandshakeReader::new(1 << 16);
        reader.push(&flight.fragment);
        let answer = reader.read().unwrap().unwrap();
        answer.read_as::<ServerHello>().unwrap().session_id
    }

    /// Sends the second flight, and takes what the server answers.
    pub fn finish(&mut self, identity: &[u8], key: &[u8]) {
        self.send_message(&key_exchange(identity));
        self.make_keys(key);
        self.change_cipher_spec();
        let finished = self.finished();
        self.send_message(&finished);
        self.messages();
    }

    pub fn make_keys(&mut self, key: &[u8]) {
        let premaster = PremasterSecret::psk(&Psk::new(key).unwrap());
        let master = MasterSecret::derive(&premaster, &self.randoms);
        let lengths = KeyLengths::AES_128_CBC_SHA256;
        self.block = Some(KeyBlock::expand(&master, &self.randoms, lengths));
        self.master = Some(master);
    }

    /// Sends ChangeCipherSpec, and protects from there on.
    pub fn change_cipher_spec(&mut self) {
        self.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
        self.protect();
    }

    /// Protects from here on, if there are keys.
    pub fn protect(&mut self) {
        self.write = self.block.as_ref().map(|block| {
            let keys = block.client.clone();
            let cipher = Cipher::Aes128CbcSha256;
            (Protection { cipher, keys }, 0)
        });
    }

    /// The Finished that is right here.
    pub fn finished(&self) -> HandshakeMessage {
        let hash = TranscriptHash::over([self.transcript.as_slice()]);
        let verify_data = verify_data(self.master.as_ref().unwrap(), Sender::Client, &hash);
        HandshakeMessage::of(&Finished {
            verify_data: verify_data.to_vec(),
        })
        .unwrap()
    }

    pub fn send_message(&mut self, message: &HandshakeMessage) {
        let octets = message.encode().unwrap();
        self.transcript.extend_from_slice(&octets);
        self.send(ContentType::HANDSHAKE, &octets);
    }

    pub fn send(&mut self, content_type: ContentType, content: &[u8]) {
        let record = self.record(content_type, content);
        self.session.receive(&record);
    }

    /// The octets of the next record.
    pub fn record(&mut self, content_type: ContentType, content: &[u8]) -> Vec<u8> {
        let mut fragment = content.to_vec();
        if let Some((protection, number)) = &mut self.write {
            let context = RecordContext {
                number: *number,
                content_type,
                version: VERSION,
            };
            fragment = protection.seal(&context, content).unwrap();
            *number += 1;
        }
        let record = Record {
            content_type,
            version: VERSION,
            fragment,
        };
        record.encode().unwrap()
    }

    /// What the server has sent since, opened.
    pub fn records(&mut self) -> Vec<(ContentType, Vec<u8>)> {
        let mut records = Vec::new();
        while let Some(octets) = self.session.transmit() {
            let record = Record::decode(&octets).unwrap();
            let content = match &mut self.read {
                None => record.fragment,
                Some((protection, number)) => {
                    let context = RecordContext {
                        number: *number,
                        content_type: record.content_type,
                        version: record.version,
                    };
                    *number += 1;
                    let clauses = Clauses::SPECIFICATION;
                    (clauses.open)(&clauses, protection, &context, &record.fragment).unwrap()
                }
            };
            if record.content_type == ContentType::CHANGE_CIPHER_SPEC {
                let keys = self.block.as_ref().unwrap().server.clone();
                let cipher = Cipher::Aes128CbcSha256;
                self.read = Some((Protection { cipher, keys }, 0));
            }
            records.push((record.content_type, content));
        }
        records
    }

    /// The handshake messages that the server has sent since.
    pub fn messages(&mut self) -> Vec<HandshakeMessage> {
        let mut reader = HandshakeReader::new(1 << 16);
        for (content_type, content) in self.records() {
            if content_type == ContentType::HANDSHAKE {
                self.transcript.extend_from_slice(&content);
                reader.push(&content);
            }
        }
        std::iter::from_fn(|| reader.read().unwrap()).collect()
    }

    /// The fatal alert that ended the association, which was sent too.
    pub fn refused(&mut self) -> AlertDescription {
        let State::Closed(Some(Closure::ByUs { alert, reason })) = self.session.state() else {
            panic!("{:?}", self.session.state());
        };
        let sent = self.records().pop();
        let expected = (ContentType::ALERT, alert.encode().unwrap());
        assert_eq!(sent, Some(expected), "{reason}");
        assert_eq!(alert.level, AlertLevel::FATAL);
        assert_eq!(self.session.read(), None);
        alert.description
    }
}
