//! A request and its response on the side of the client.

use super::block::{Block, BlockError, BlockSize, Reassembly, block};
use super::code::Code;
use super::message::{Message, MessageType};
use super::number::OptionNumber;

/// A request that is sent in as many messages as its payload needs, and the response that comes in as many (RFC 7959, 2).
///
/// Retransmission, and giving up, is the caller's: it sends what it is given, and hands over what comes back.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The request with its whole payload; its Message ID is the next one to use.
    request: Message,
    size: BlockSize,
    sending: Sending,
    /// The Message ID that was used last, by which an acknowledgement is told.
    last_id: u16,
    response: Reassembly,
    response_limit: usize,
    e_tag: Option<Vec<u8>>,
}

/// What has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sending {
    /// Everything of the request at once, or its last block.
    Whole,
    /// The block of the request that goes up to this octet, with more to come.
    UpTo(usize),
    /// A request for a further block of the response.
    Asking,
}

/// What follows from a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is none of this exchange.
    Foreign,
    /// There is nothing to do until something else comes: the response will be a message of its own.
    Wait,
    /// The messages to send, in this order.
    Send(Vec<Message>),
    /// The response with its whole payload, and the acknowledgement to send if it came as a confirmable message.
    Done {
        /// The response.
        response: Message,
        /// The acknowledgement.
        acknowledgement: Option<Message>,
    },
}

/// Why an exchange ends without response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// The other side has reset the request (RFC 7252, 4.2).
    #[error("expected a response, got a reset")]
    Reset,
    /// A block of the response does not fit.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// The response has become another one in the middle (RFC 7959, 2.4).
    #[error("expected blocks of one response, got blocks of two")]
    Changed,
    /// 2.31 for a request that was whole.
    #[error("expected a response to a whole request, got 2.31")]
    Continue,
}

impl Exchange {
    /// Begins an exchange, and gives the message to send first. Further messages have the Message IDs that follow that of
    /// `request`. A response may have as many octets as `response_limit`.
    pub fn begin(request: Message, size: BlockSize, response_limit: usize) -> (Self, Message) {
        let mut exchange = Self {
            last_id: request.message_id,
            request,
            size,
            sending: Sending::Whole,
            response: Reassembly::default(),
            response_limit,
            e_tag: None,
        };
        let first = if exchange.request.payload.len() > size.octets() {
            exchange.block1(0)
        } else {
            let whole = exchange.request.payload.clone();
            exchange.next(whole)
        };
        (exchange, first)
    }

    /// Takes a message from the other side.
    pub fn take(&mut self, message: &Message) -> Result<Step, ExchangeError> {
        let is_for_last = message.message_id == self.last_id;
        match message.kind {
            MessageType::Reset if is_for_last => return Err(ExchangeError::Reset),
            MessageType::Reset => return Ok(Step::Foreign),
            MessageType::Acknowledgement if !is_for_last => return Ok(Step::Foreign),
            MessageType::Acknowledgement if message.code == Code::EMPTY => return Ok(Step::Wait),
            _ => {}
        }
        if !message.code.is_response() || message.token != self.request.token {
            return Ok(Step::Foreign);
        }
        let acknowledgement = (message.kind == MessageType::Confirmable)
            .then(|| Message::empty(MessageType::Acknowledgement, message.message_id));
        if message.code == Code::CONTINUE {
            let next = self.continued(message)?;
            return Ok(Step::Send(
                acknowledgement.into_iter().chain([next]).collect(),
            ));
        }
        self.response(message, acknowledgement)
    }

    /// The other side has a block and wants the next, perhaps in smaller blocks (RFC 7959, 2.3).
    fn continued(&mut self, message: &Message) -> Result<Message, ExchangeError> {
        let Sending::UpTo(sent) = self.sending else {
            return Err(ExchangeError::Continue);
        };
        if let Some(wanted) = Block::of(message, OptionNumber::BLOCK1)? {
            self.size = self.size.min(wanted.size);
        }
        let number = u32::try_from(sent / self.size.octets()).unwrap_or(u32::MAX);
        Ok(self.block1(number))
    }

    fn response(
        &mut self,
        message: &Message,
        acknowledgement: Option<Message>,
    ) -> Result<Step, ExchangeError> {
        let block2 = Block::of(message, OptionNumber::BLOCK2)?;
        let Some(place) = block2.filter(|place| place.more || place.number > 0) else {
            return Ok(Step::Done {
                response: message.clone(),
                acknowledgement,
            });
        };
        let e_tag = message
            .options
            .first(OptionNumber::ETAG)
            .map(<[u8]>::to_vec);
        if place.number == 0 {
            self.e_tag = e_tag;
        } else if self.e_tag != e_tag {
            return Err(ExchangeError::Changed);
        }
        let is_last = self
            .response
            .take(place, &message.payload, self.response_limit)?;
        if is_last {
            let response = Message {
                payload: std::mem::take(&mut self.response).into_body(),
                ..message.clone()
            };
            return Ok(Step::Done {
                response,
                acknowledgement,
            });
        }
        self.sending = Sending::Asking;
        let mut next = self.next(Vec::new());
        next.options.remove(OptionNumber::CONTENT_FORMAT);
        let wanted = Block {
            number: u32::try_from(self.response.len() / place.size.octets()).unwrap_or(u32::MAX),
            more: false,
            size: place.size,
        };
        next.options.set(OptionNumber::BLOCK2, wanted.value());
        Ok(Step::Send(
            acknowledgement.into_iter().chain([next]).collect(),
        ))
    }

    /// The block of the request with a number.
    fn block1(&mut self, number: u32) -> Message {
        let (place, octets) = match block(&self.request.payload, number, self.size) {
            Some((place, octets)) => (place, octets.to_vec()),
            None => (Block::first(self.size), Vec::new()),
        };
        self.sending = match place.more {
            true => Sending::UpTo(place.offset() + octets.len()),
            false => Sending::Whole,
        };
        let mut message = self.next(octets);
        message.options.set(OptionNumber::BLOCK1, place.value());
        message
    }

    /// The request with another payload and the next Message ID.
    fn next(&mut self, payload: Vec<u8>) -> Message {
        self.last_id = self.request.message_id;
        self.request.message_id = self.request.message_id.wrapping_add(1);
        Message {
            kind: self.request.kind,
            code: self.request.code,
            message_id: self.last_id,
            token: self.request.token.clone(),
            options: self.request.options.clone(),
            payload,
        }
    }
}
