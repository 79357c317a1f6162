use super::cipher::Cipher;
use super::conduct::Conduct;
use super::datagram_layer::DatagramLayer;
use super::piece::{Incoming, Piece};
use super::plaintext::Plaintext;
use super::stream_layer::StreamLayer;
use onem2m_association::messages::{Codec, EncodeError, HandshakeMessage, ProtocolVersion};
use rand_chacha::rand_core::Rng;

/// The record layer of TLS or of DTLS.
pub enum Layer {
    /// Over a stream.
    Stream(Box<StreamLayer>),
    /// Over datagrams.
    Datagram(Box<DatagramLayer>),
}

impl Layer {
    /// The layer before anything was sent.
    pub fn new(datagram: bool) -> Self {
        if datagram {
            Self::Datagram(Box::new(DatagramLayer::new()))
        } else {
            Self::Stream(Box::new(StreamLayer::new()))
        }
    }

    /// Whether it is that of DTLS.
    pub fn is_datagram(&self) -> bool {
        matches!(self, Self::Datagram(_))
    }

    /// The version in the headers of what is sent.
    pub fn set_version(&mut self, version: ProtocolVersion) {
        match self {
            Self::Stream(layer) => layer.version = version,
            Self::Datagram(layer) => layer.version = version,
        }
    }

    /// The number of the next handshake message; those of TLS have none.
    pub fn number(&mut self) -> u16 {
        match self {
            Self::Stream(_) => 0,
            Self::Datagram(layer) => layer.number(),
        }
    }

    /// Whether the next handshake message has a number beyond this one.
    pub fn is_past(&self, number: u16) -> bool {
        match self {
            Self::Stream(_) => false,
            Self::Datagram(layer) => layer.is_past(number),
        }
    }

    /// A message as the handshake hash takes it.
    pub fn transcribe(
        &self,
        message: &HandshakeMessage,
        number: u16,
    ) -> Result<Vec<u8>, EncodeError> {
        match self {
            Self::Stream(_) => message.encode(),
            Self::Datagram(_) => DatagramLayer::transcribe(message, number),
        }
    }

    /// What is sent in an epoch is protected so.
    pub fn install_write(&mut self, epoch: u16, cipher: Cipher) {
        match self {
            Self::Stream(layer) => layer.install_write(epoch, cipher),
            Self::Datagram(layer) => layer.install_write(epoch, cipher),
        }
    }

    /// What comes behind the next ChangeCipherSpec is protected so.
    pub fn install_read(&mut self, cipher: Cipher) {
        match self {
            Self::Stream(layer) => layer.install_read(cipher),
            Self::Datagram(layer) => layer.install_read(cipher),
        }
    }

    /// What is sent of pieces: octets of the stream in one, or datagrams.
    pub fn encode(
        &mut self,
        pieces: &[Piece],
        conduct: &Conduct,
        random: &mut impl Rng,
    ) -> Result<Vec<Vec<u8>>, String> {
        match self {
            Self::Stream(layer) => Ok(vec![layer.encode(pieces, conduct.records, random)?]),
            Self::Datagram(layer) => layer.encode(pieces, &conduct.datagram, random),
        }
    }

    /// A record in an epoch with the next number there.
    pub fn seal(
        &mut self,
        epoch: u16,
        plaintext: &Plaintext<'_>,
        random: &mut impl Rng,
    ) -> Result<Vec<u8>, String> {
        match self {
            Self::Stream(layer) => layer.seal(epoch, plaintext, random),
            Self::Datagram(layer) => layer.seal(epoch, plaintext, random),
        }
    }

    /// Takes what came.
    pub fn push(&mut self, octets: &[u8]) {
        match self {
            Self::Stream(layer) => layer.push(octets),
            Self::Datagram(layer) => layer.push(octets),
        }
    }

    /// What is there of it.
    pub fn next(&mut self) -> Option<Incoming> {
        match self {
            Self::Stream(layer) => layer.next(),
            Self::Datagram(layer) => layer.next(),
        }
    }
}
