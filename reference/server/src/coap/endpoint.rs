use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use onem2m_primitive::coap::{
    Arrival, Asked, Block, BlockError, BlockSize, Code, Deduplication, Message, MessageType,
    OptionNumber, Progress, Retained, Transfers, rejection,
};

use super::blocks::{cut, echo};
use super::incoming::{Incoming, Key};
use crate::conveyed::Conveyed;
use crate::cse::Cse;
use crate::peer::Peer;
use crate::refusal::Refusal;

/// How many messages are remembered, to tell what comes twice, and how many octets of answers to them.
const MESSAGES: usize = 4096;
const ANSWER_OCTETS: usize = 8 * 1024 * 1024;

/// How many bodies may be on their way in either direction at once, and how many of the largest size their octets add up to.
const BODIES: usize = 64;
const LARGE_BODIES: usize = 4;

/// How long a body is kept that nobody goes on with: EXCHANGE_LIFETIME (RFC 7252, 4.8.2; RFC 7959, 2.5).
const BODY_LIFETIME: Duration = Duration::from_secs(247);

/// The front end of a CSE for CoAP (TS-0008 V3.9.0; RFC 7252; RFC 7959), without socket and clock.
///
/// A datagram is [received](Self::receive), what has to be carried out is [carried out](Self::handle), and the outcome
/// becomes a datagram [again](Self::respond). [`CoapEndpoint::converse`] does all of it for whoever can wait. Datagrams come
/// from a socket, or out of a security association, of which the [`Peer`] then tells: everything that is remembered is
/// remembered for the peer, so that no message of one association is taken for one of another, or for one outside (TS-0008
/// V3.9.0, 7). A new association of the same entity from the same address needs an endpoint of its own.
pub struct CoapEndpoint {
    cse: Cse,
    state: Mutex<State>,
}

struct State {
    messages: Deduplication<Peer>,
    requests: Transfers<Key>,
    responses: Retained<Key, Message>,
    unacknowledged: Retained<(Peer, u16), ()>,
    next_id: u16,
}

/// What to do about a datagram.
#[derive(Debug)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// Send this datagram.
    Answer(Vec<u8>),
    /// Carry out this request.
    Handle(Box<Incoming>),
}

impl CoapEndpoint {
    /// An endpoint that nobody has sent anything to.
    pub fn new(cse: Cse) -> Self {
        let body_limit = cse.configuration().body_limit;
        let most_octets = body_limit.saturating_mul(LARGE_BODIES);
        Self {
            cse,
            state: Mutex::new(State {
                messages: Deduplication::new(MESSAGES, ANSWER_OCTETS),
                requests: Transfers::new(BODIES, body_limit, most_octets),
                responses: Retained::new(BODIES, most_octets),
                unacknowledged: Retained::new(MESSAGES, 0),
                next_id: 0,
            }),
        }
    }

    /// Takes a datagram of a peer. `now` is what has passed since a moment that is the same for every datagram.
    pub fn receive(&self, datagram: &[u8], peer: &Peer, now: Duration) -> Step {
        let Ok(message) = Message::read(datagram) else {
            return rejection(datagram).map_or(Step::Nothing, |reset| written(&reset));
        };
        let mut state = self.lock();
        match message.kind {
            MessageType::Acknowledgement | MessageType::Reset => {
                let key = (peer.clone(), message.message_id);
                state.unacknowledged.remove(&key);
                Step::Nothing
            }
            // A ping, or a response to what was never asked (RFC 7252, 4.2 and 4.3).
            MessageType::Confirmable if !message.code.is_request() => {
                written(&Message::empty(MessageType::Reset, message.message_id))
            }
            MessageType::NonConfirmable if !message.code.is_request() => Step::Nothing,
            MessageType::Confirmable | MessageType::NonConfirmable => {
                self.request(&mut state, message, peer, now)
            }
        }
    }

    /// Carries a request out, and gives the response with its whole body.
    pub async fn handle(&self, incoming: &Incoming) -> Message {
        let message = &incoming.message;
        let clauses = self.cse.clauses();
        let asked = Asked::by(message);
        match (clauses.decode_coap)(message) {
            Ok(request) => {
                let sender = (clauses.sender)(&incoming.peer, Conveyed::Coap);
                let response = self.cse.handle(request, &sender).await;
                (clauses.encode_coap)(&response, asked)
            }
            Err(unread) => {
                let response = Refusal::new(unread.status, unread.reason.to_string())
                    .unread(unread.request_identifier);
                Message {
                    code: unread.code,
                    ..(clauses.encode_coap)(&response, asked)
                }
            }
        }
    }

    /// The datagram that tells a peer that its request has come and the response will take a while (RFC 7252, 5.2.2); `None`
    /// if it does not wait for that.
    pub fn acknowledge(&self, incoming: &Incoming) -> Option<Vec<u8>> {
        let message = &incoming.message;
        if message.kind != MessageType::Confirmable {
            return None;
        }
        let empty = Message::empty(MessageType::Acknowledgement, message.message_id);
        let octets = empty.write().ok()?;
        let mut state = self.lock();
        let (peer, answer) = (incoming.peer.clone(), octets.clone());
        state.messages.answer(peer, message.message_id, answer);
        Some(octets)
    }

    /// The datagram with the response to a request that has not been acknowledged.
    pub fn respond(
        &self,
        incoming: &Incoming,
        response: Message,
        now: Duration,
    ) -> Option<Vec<u8>> {
        let mut state = self.lock();
        let part = state.part(incoming, response, now);
        let request = &incoming.message;
        if request.kind != MessageType::Confirmable {
            let message_id = state.new_id();
            return part.separate(request, message_id).write().ok();
        }
        let octets = part.piggybacked(request).write().ok()?;
        let (peer, answer) = (incoming.peer.clone(), octets.clone());
        state.messages.answer(peer, request.message_id, answer);
        Some(octets)
    }

    /// The datagram with the response to a request that has been acknowledged, and its Message ID. It has to be sent again
    /// until it [is acknowledged](Self::is_acknowledged) itself (RFC 7252, 5.2.2).
    pub fn respond_later(
        &self,
        incoming: &Incoming,
        response: Message,
        now: Duration,
    ) -> Option<(Vec<u8>, u16)> {
        let mut state = self.lock();
        let part = state.part(incoming, response, now);
        let message_id = state.new_id();
        let octets = part.separate(&incoming.message, message_id).write().ok()?;
        if incoming.message.kind == MessageType::Confirmable {
            let key = (incoming.peer.clone(), message_id);
            state.unacknowledged.put(key, (), 0, now);
        }
        Some((octets, message_id))
    }

    /// Whether a peer has acknowledged or reset a confirmable response, or so many have been sent that this one is forgotten.
    pub fn is_acknowledged(&self, peer: &Peer, message_id: u16) -> bool {
        let key = (peer.clone(), message_id);
        self.lock().unacknowledged.get(&key).is_none()
    }

    fn request(&self, state: &mut State, message: Message, peer: &Peer, now: Duration) -> Step {
        let (kind, message_id) = (message.kind, message.message_id);
        match state.messages.arrive(peer.clone(), kind, message_id, now) {
            Arrival::First => {}
            Arrival::Again { .. } if !(self.cse.clauses().message_repeated)(kind) => {}
            // RFC 7252, 4.5: the answer to a non-confirmable message is not given again.
            Arrival::Again { answer } => {
                return answer
                    .filter(|_| kind == MessageType::Confirmable)
                    .map_or(Step::Nothing, Step::Answer);
            }
        }
        let mut request = Incoming::of(peer.clone(), message);
        match self.assemble(state, &mut request, now) {
            None => Step::Handle(Box::new(request)),
            Some(response) => answered(state, &request, response),
        }
    }

    /// Gives a request its whole body and reads what it wants of the response; or gives the response at once.
    fn assemble(
        &self,
        state: &mut State,
        request: &mut Incoming,
        now: Duration,
    ) -> Option<Message> {
        let expired = now.saturating_sub(BODY_LIFETIME);
        state.requests.expire(expired);
        state.responses.expire(expired);
        let limit = self.cse.configuration().body_limit;
        if request.message.payload.len() > limit {
            return Some(failed(BlockError::TooLarge { limit }));
        }
        let blocks = (
            Block::of(&request.message, OptionNumber::BLOCK1),
            Block::of(&request.message, OptionNumber::BLOCK2),
        );
        (request.block1, request.block2) = match blocks {
            (Ok(block1), Ok(block2)) => (block1, block2),
            (Err(error), _) | (_, Err(error)) => return Some(failed(error)),
        };
        if let Some(place) = request.block2.filter(|place| place.number > 0) {
            match state.responses.get(&request.response_key()) {
                Some(whole) => return Some(cut(whole, place)),
                // What a GET retrieves can be retrieved again (RFC 7959, 2.4).
                None if request.message.code == Code::GET => {}
                None => return Some(Message::response(Code::REQUEST_ENTITY_INCOMPLETE)),
            }
        }
        let place = request.block1?;
        let key = request.request_key();
        let taken = state
            .requests
            .take(key, place, &request.message.payload, now);
        match taken {
            Ok(Progress::Complete(body)) => {
                request.message.payload = body;
                None
            }
            Ok(Progress::Unfinished) => Some(Message::response(Code::CONTINUE)),
            Err(error) => Some(failed(error)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new_id(&mut self) -> u16 {
        self.next_id = self.next_id.wrapping_add(1);
        self.next_id
    }

    /// What of a response goes into one datagram; the rest is kept until it is asked for.
    fn part(&mut self, incoming: &Incoming, whole: Message, now: Duration) -> Message {
        let largest = Block::first(BlockSize::Octets1024);
        let wanted = incoming.block2.unwrap_or(largest);
        let is_large = whole.payload.len() > wanted.size.octets();
        let is_further = wanted.number > 0 && whole.code < Code::BAD_REQUEST;
        let mut part = match is_large || is_further {
            true => cut(&whole, wanted),
            false => whole.clone(),
        };
        if is_large {
            let octets = whole.payload.len();
            self.responses
                .put(incoming.response_key(), whole, octets, now);
        }
        echo(&mut part, incoming.block1);
        part
    }
}

/// A response that is ready at once.
fn answered(state: &mut State, request: &Incoming, mut response: Message) -> Step {
    echo(&mut response, request.block1);
    if request.message.kind != MessageType::Confirmable {
        let message_id = state.new_id();
        return written(&response.separate(&request.message, message_id));
    }
    let step = written(&response.piggybacked(&request.message));
    if let Step::Answer(octets) = &step {
        let peer = request.peer.clone();
        state
            .messages
            .answer(peer, request.message.message_id, octets.clone());
    }
    step
}

fn failed(error: BlockError) -> Message {
    let mut response = Message::response(error.code());
    if let BlockError::TooLarge { limit } = error {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        response.options.add_uint(OptionNumber::SIZE1, limit);
    }
    // A diagnostic message (RFC 7252, 5.5.2).
    response.payload = error.to_string().into_bytes();
    response
}

fn written(message: &Message) -> Step {
    message.write().map_or(Step::Nothing, Step::Answer)
}
