//! A client of DTLS that sends what the test says, over PSK with AES-128-CCM-8.

use std::num::NonZeroUsize;

use onem2m_association::messages::datagram::*;
use onem2m_association::messages::*;
use onem2m_association::written_out::{
    Cipher, Clauses, Configuration, DatagramSession, Protection, RecordContext, Server,
};
use onem2m_association::{Session, State};
use onem2m_keys::{
    KeyBlock, KeyLengths, MasterSecret, PremasterSecret, Psk, Randoms, Sender, TranscriptHash,
    verify_data,
};

use crate::servers::{IDENTITY, KEY};

const VERSION: ProtocolVersion = ProtocolVersion::DTLS_1_2;

pub struct DatagramScript {
    pub session: DatagramSession,
    pub transcript: Vec<u8>,
    pub epoch: u16,
    pub number: u64,
    message_seq: u16,
    keys: Option<(MasterSecret, KeyBlock)>,
    randoms: Randoms,
}

/// A message with its number.
pub type Numbered = (u16, HandshakeMessage);

pub fn hello() -> DatagramClientHello {
    DatagramClientHello {
        hello: ClientHello {
            version: VERSION,
            random: Random([1; 32]),
            session_id: Vec::new(),
            cipher_suites: vec![CipherSuite::TLS_PSK_WITH_AES_128_CCM_8],
            compression_methods: vec![CompressionMethod::NULL],
            extensions: None,
        },
        cookie: Vec::new(),
    }
}

impl DatagramScript {
    pub fn new(configuration: Configuration) -> Self {
        Self::with(&Server::new(configuration), b"192.0.2.1:5684")
    }

    pub fn with(server: &Server, address: &[u8]) -> Self {
        Self {
            session: server.accept_datagrams(address),
            transcript: Vec::new(),
            epoch: 0,
            number: 0,
            message_seq: 0,
            keys: None,
            randoms: Randoms {
                client: [1; 32],
                server: [0; 32],
            },
        }
    }

    /// A client that has shown its cookie and has got the flight of the server.
    pub fn greeted(configuration: Configuration) -> Self {
        let mut script = Self::new(configuration);
        let cookie = script.cookie();
        script.greet(&DatagramClientHello { cookie, ..hello() });
        script
    }

    /// A client whose association is established.
    pub fn established(configuration: Configuration) -> Self {
        let mut script = Self::greeted(configuration);
        let key_exchange = script.key_exchange();
        script.send_message(&key_exchange);
        script.change_cipher_spec();
        let finished = script.finished();
        script.send_message(&finished);
        assert_eq!(script.session.state(), State::Established);
        script.records();
        script
    }

    /// Sends a hello without a cookie, and gives the one of the answer.
    pub fn cookie(&mut self) -> Vec<u8> {
        let hello = self.message(&hello());
        self.send_message(&hello);
        let records = self.records();
        assert_eq!(records.len(), 1);
        let request = Fragment::decode(&records[0].fragment).unwrap();
        let request = HelloVerifyRequest::decode(&request.body).unwrap();
        request.cookie
    }

    /// Sends a hello that is to be answered with a flight.
    pub fn greet(&mut self, hello: &DatagramClientHello) {
        self.transcript.clear();
        let hello = self.message(hello);
        self.send_message(&hello);
        self.take_flight();
    }

    /// Takes the flight of the server that follows the hello, whose first message is ServerHello.
    pub fn take_flight(&mut self) {
        for record in self.records() {
            let fragment = Fragment::decode(&record.fragment).unwrap();
            if fragment.message_type == HandshakeType::SERVER_HELLO {
                let hello = ServerHello::decode(&fragment.body).unwrap();
                self.randoms.server = hello.random.0;
            }
            self.transcript.extend(record.fragment);
        }
        let premaster = PremasterSecret::psk(&Psk::new(KEY).unwrap());
        let master = MasterSecret::derive(&premaster, &self.randoms);
        let block = KeyBlock::expand(&master, &self.randoms, KeyLengths::AES_128_CCM);
        self.keys = Some((master, block));
    }

    /// The next message, which counts as sent.
    pub fn message<T: HandshakeBody>(&mut self, body: &T) -> Numbered {
        let message = HandshakeMessage::of(body).unwrap();
        let message_seq = self.message_seq;
        self.message_seq += 1;
        let whole = Fragment::whole(message_seq, &message);
        self.transcript.extend(whole.encode().unwrap());
        (message_seq, message)
    }

    pub fn key_exchange(&mut self) -> Numbered {
        self.message(&PskClientKeyExchange {
            psk_identity: IDENTITY.to_vec(),
        })
    }

    /// The Finished that is right here.
    pub fn finished(&mut self) -> Numbered {
        let (master, _) = self.keys.as_ref().unwrap();
        let hash = TranscriptHash::over([self.transcript.as_slice()]);
        let verify_data = verify_data(master, Sender::Client, &hash).to_vec();
        self.message(&Finished { verify_data })
    }

    pub fn send_message(&mut self, (message_seq, message): &Numbered) {
        self.send_fragment(&Fragment::whole(*message_seq, message));
    }

    pub fn send_parts(&mut self, (message_seq, message): &Numbered, size: usize) -> Vec<Fragment> {
        Fragment::split(*message_seq, message, NonZeroUsize::new(size).unwrap())
    }

    pub fn send_fragment(&mut self, fragment: &Fragment) {
        self.send(ContentType::HANDSHAKE, &fragment.encode().unwrap());
    }

    pub fn change_cipher_spec(&mut self) {
        self.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
        self.epoch = 1;
        self.number = 0;
    }

    pub fn send(&mut self, content_type: ContentType, content: &[u8]) {
        let datagram = self.record(content_type, content);
        self.session.receive(&datagram);
    }

    /// The octets of the next record.
    pub fn record(&mut self, content_type: ContentType, content: &[u8]) -> Vec<u8> {
        let context = RecordContext {
            number: u64::from(self.epoch) << 48 | self.number,
            content_type,
            version: VERSION,
        };
        let fragment = match &self.keys {
            Some((_, block)) if self.epoch > 0 => Protection {
                cipher: Cipher::Aes128Ccm8,
                keys: block.client.clone(),
            }
            .seal(&context, content)
            .unwrap(),
            _ => content.to_vec(),
        };
        let record = DatagramRecord {
            content_type,
            version: VERSION,
            epoch: self.epoch,
            sequence_number: SequenceNumber::new(self.number).unwrap(),
            fragment,
        };
        self.number += 1;
        record.encode().unwrap()
    }

    /// The records that the server has sent since, those of epoch 1 opened.
    pub fn records(&mut self) -> Vec<DatagramRecord> {
        let datagrams: Vec<_> = std::iter::from_fn(|| self.session.transmit()).collect();
        let mut records: Vec<_> = datagrams
            .iter()
            .map(|datagram| DatagramRecord::decode(datagram).unwrap())
            .collect();
        for record in &mut records {
            if record.epoch > 0 {
                let (_, block) = self.keys.as_ref().unwrap();
                let protection = Protection {
                    cipher: Cipher::Aes128Ccm8,
                    keys: block.server.clone(),
                };
                let context = RecordContext {
                    number: 1 << 48 | record.sequence_number.number(),
                    content_type: record.content_type,
                    version: record.version,
                };
                let clauses = Clauses::SPECIFICATION;
                record.fragment =
                    (clauses.open)(&clauses, &protection, &context, &record.fragment).unwrap();
            }
        }
        records
    }
}
