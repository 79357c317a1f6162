use super::composer::Composer;
use super::establish::Handshake;
use super::layer::Layer;
use super::piece::{Content, Piece};
use crate::tester::link::LinkError;
use onem2m_association::messages::ProtocolVersion;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// What a handshake begins with, where nobody waits for an answer: octets of the stream in one, or datagrams.
pub fn first_flight(handshake: &Handshake, datagram: bool) -> Result<Vec<Vec<u8>>, LinkError> {
    let mut random = ChaCha20Rng::from_seed(handshake.seed);
    let mut layer = Layer::new(datagram);
    if let Some(version) = handshake.conduct.hello.record_version {
        layer.set_version(ProtocolVersion(version));
    }
    let unsendable = |error| LinkError::Unsendable(error);
    let composer = Composer::new(handshake, datagram, None);
    let message = composer
        .compose(&mut random)
        .and_then(|offer| offer.message(datagram.then_some(&[])))
        .map_err(|error| unsendable(error.to_string()))?;
    let piece = Piece {
        epoch: 0,
        content: Content::Message(message, layer.number()),
    };
    layer
        .encode(&[piece], &handshake.conduct, &mut random)
        .map_err(unsendable)
}
