//! The record layer over a stream (RFC 5246, 6.2).

use super::cipher::{Cipher, CipherError, RecordLabel};
use super::conduct::RecordsConduct;
use super::piece::{Content, Incoming, Piece};
use super::plaintext::Plaintext;
use super::write_state::WriteState;
use onem2m_association::messages::{
    Alert, ChangeCipherSpec, Codec, ContentType, HandshakeMessage, HandshakeReader,
    ProtocolVersion, Record, RecordReader,
};
use rand_chacha::rand_core::Rng;
use std::collections::BTreeMap;

/// The longest handshake message that is taken.
const LONGEST_MESSAGE: usize = 128 * 1024;

/// The records of a connection, in both directions.
pub struct StreamLayer {
    /// The version in the headers of what is sent.
    pub version: ProtocolVersion,
    write: BTreeMap<u16, WriteState>,
    read: WriteState,
    next_read: Option<Cipher>,
    records: RecordReader,
    messages: HandshakeReader,
}

impl StreamLayer {
    /// The layer of a new connection.
    pub fn new() -> Self {
        Self {
            version: ProtocolVersion::TLS_1_2,
            write: BTreeMap::from([(0, WriteState::new(Cipher::Null))]),
            read: WriteState::new(Cipher::Null),
            next_read: None,
            records: RecordReader::default(),
            messages: HandshakeReader::new(LONGEST_MESSAGE),
        }
    }

    /// What is sent in an epoch is protected so.
    pub fn install_write(&mut self, epoch: u16, cipher: Cipher) {
        self.write.insert(epoch, WriteState::new(cipher));
    }

    /// What comes behind the next ChangeCipherSpec is protected so.
    pub fn install_read(&mut self, cipher: Cipher) {
        self.next_read = Some(cipher);
    }

    /// The octets of pieces, one behind the other.
    pub fn encode(
        &mut self,
        pieces: &[Piece],
        records: RecordsConduct,
        random: &mut impl Rng,
    ) -> Result<Vec<u8>, String> {
        let size = records.octets.map_or(Record::MAXIMUM_PLAINTEXT, |octets| {
            usize::from(octets.get())
        });
        let mut octets = Vec::new();
        let mut rest = pieces.iter().peekable();
        while let Some(piece) = rest.next() {
            match &piece.content {
                Content::Octets(raw) => octets.extend_from_slice(raw),
                Content::Record(content_type, body) => {
                    octets.extend(self.seal(
                        piece.epoch,
                        &Plaintext::new(*content_type, body),
                        random,
                    )?);
                }
                Content::Message(message, _) => {
                    let mut joined = message.encode().map_err(|error| error.to_string())?;
                    while records.coalesced
                        && let Some(next) = rest.next_if(|next| {
                            next.epoch == piece.epoch
                                && matches!(next.content, Content::Message(..))
                        })
                        && let Content::Message(message, _) = &next.content
                    {
                        joined.extend(message.encode().map_err(|error| error.to_string())?);
                    }
                    for part in joined.chunks(size) {
                        octets.extend(self.seal(
                            piece.epoch,
                            &Plaintext::new(ContentType::HANDSHAKE, part),
                            random,
                        )?);
                    }
                }
            }
        }
        Ok(octets)
    }

    /// A record in an epoch.
    pub fn seal(
        &mut self,
        epoch: u16,
        plaintext: &Plaintext<'_>,
        random: &mut impl Rng,
    ) -> Result<Vec<u8>, String> {
        let (content_type, version) = (plaintext.content_type, self.version);
        let state = self.write.get_mut(&epoch);
        let state = state.ok_or_else(|| format!("epoch {epoch} has no keys"))?;
        let label = RecordLabel {
            sequence: state.number(),
            content_type,
            version,
        };
        let fragment = state
            .cipher
            .seal(&label, plaintext.content, plaintext.fault, random)
            .map_err(|error| error.to_string())?;
        let record = Record {
            content_type,
            version,
            fragment,
        };
        record.encode().map_err(|error| error.to_string())
    }

    /// Takes what came.
    pub fn push(&mut self, octets: &[u8]) {
        self.records.push(octets);
    }

    /// What is there of it.
    pub fn next(&mut self) -> Option<Incoming> {
        loop {
            match self.messages.read() {
                Ok(None) => {}
                Ok(Some(message)) => return Some(whole(message)),
                Err(error) => return Some(Incoming::Violation(error.to_string())),
            }
            let header = self.records.header()?;
            if header.version.0 >> 8 != 3 {
                let type_and_version =
                    format!("{}, version {}", header.content_type, header.version);
                return Some(Incoming::Violation(format!(
                    "expected a record of TLS, got type {type_and_version}"
                )));
            }
            let record = match self.records.read() {
                Ok(record) => record?,
                Err(error) => return Some(Incoming::Violation(error.to_string())),
            };
            match self.open(&record) {
                Err(error) => return Some(Incoming::Violation(error.to_string())),
                Ok(content) => {
                    if let Some(incoming) = self.take(record.content_type, content) {
                        return Some(incoming);
                    }
                }
            }
        }
    }

    fn open(&mut self, record: &Record) -> Result<Vec<u8>, CipherError> {
        let label = RecordLabel {
            sequence: self.read.number(),
            content_type: record.content_type,
            version: record.version,
        };
        self.read.cipher.open(&label, &record.fragment)
    }

    fn take(&mut self, content_type: ContentType, content: Vec<u8>) -> Option<Incoming> {
        match content_type {
            ContentType::HANDSHAKE => {
                self.messages.push(&content);
                None
            }
            ContentType::CHANGE_CIPHER_SPEC => Some(self.change(&content)),
            ContentType::ALERT => Some(match Alert::decode(&content) {
                Ok(alert) => Incoming::Alert(alert),
                Err(error) => Incoming::Violation(error.to_string()),
            }),
            ContentType::APPLICATION_DATA => Some(Incoming::Data(content)),
            other => Some(Incoming::Other(other, content)),
        }
    }

    fn change(&mut self, content: &[u8]) -> Incoming {
        if let Err(error) = ChangeCipherSpec::decode(content) {
            return Incoming::Violation(error.to_string());
        }
        if !self.messages.is_empty() {
            return Incoming::Violation("ChangeCipherSpec within a handshake message".into());
        }
        match self.next_read.take() {
            Some(cipher) => {
                self.read = WriteState::new(cipher);
                Incoming::ChangeCipherSpec
            }
            None => Incoming::Violation("ChangeCipherSpec before there are keys".into()),
        }
    }
}

fn whole(message: HandshakeMessage) -> Incoming {
    match message.encode() {
        Ok(octets) => Incoming::Message(message, octets),
        Err(error) => Incoming::Violation(error.to_string()),
    }
}
