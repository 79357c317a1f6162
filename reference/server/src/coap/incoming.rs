use onem2m_primitive::coap::{Block, Code, Message, OptionNumber, Options};

use crate::peer::Peer;

/// A whole request that has to be carried out.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub(super) peer: Peer,
    pub(super) message: Message,
    /// The Block1 option of its last block.
    pub(super) block1: Option<Block>,
    /// Which block of the response is wanted, and how large.
    pub(super) block2: Option<Block>,
}

/// What the requests for the blocks of one body have in common.
pub(super) type Key = (Peer, Code, Options);

impl Incoming {
    /// A request as it came.
    pub(super) fn of(peer: Peer, message: Message) -> Self {
        Self {
            peer,
            message,
            block1: None,
            block2: None,
        }
    }

    /// Requests for the blocks of a body differ in nothing but the block (RFC 7959, 2.5).
    pub(super) fn request_key(&self) -> Key {
        let mut options = self.message.options.clone();
        options.retain(|number| {
            number.is_cache_key()
                && number != OptionNumber::BLOCK1
                && number != OptionNumber::BLOCK2
        });
        (self.peer.clone(), self.message.code, options)
    }

    /// Whoever asks for a further block of a response has no payload anymore, and so none to announce.
    pub(super) fn response_key(&self) -> Key {
        let (peer, code, mut options) = self.request_key();
        options.remove(OptionNumber::CONTENT_FORMAT);
        (peer, code, options)
    }
}
