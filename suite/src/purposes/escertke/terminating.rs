//! The tester as Terminating End-Point: Notifies of the IUT are answered with the messages of a handshake.

use crate::catalogue::behaviour::{Fixture, InboundOperation, Role};
use crate::purposes::esprim::originator::answers::{Reply, right};
use crate::purposes::esprim::originator::exchange::{
    self, Exchange, Play, Shown, answered, arrival, order,
};
use crate::purposes::esprim::originator::peer::Peer;
use crate::purposes::known_peer;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::{Credential, Seen, ServerConduct, Service, serve};
use crate::tester::link::{BoxFuture, Inbound, LinkError, Octets};
use crate::tester::wire::{Arrived, Ending, Wire};
use crate::verdict::Reason;
use base64ct::{Base64, Encoding};
use bytes::Bytes;
use onem2m_envelope::esprim::PairwiseKey;
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::proof::{self, Reading};

/// The peer of the profile whose certificate the tester shows.
pub const FIXTURE: Fixture = Fixture::CseCertificate;
/// How often something may come before what is waited for.
const MOST: usize = 16;
/// How long rand objects of the tester are valid, in seconds.
const LIFETIME: i64 = 600;

/// How a message is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// With the next one.
    Right,
    /// With the next one, and securityInfoType 5.
    OtherType,
    /// With securityInfoType 6 alone.
    WithoutMessage,
    /// With nothing.
    Nothing,
    /// With the next one, and an error.
    Refusal,
}

/// What the tester does as Terminating End-Point.
#[derive(Debug, Clone)]
pub struct Terminator {
    /// With what it authenticates itself.
    pub credential: Credential,
    /// What it does in the handshake.
    pub conduct: ServerConduct,
    /// How it answers message 1, and message 3.
    pub tellings: [Telling; 2],
}

/// What an order to establish a key came to.
pub struct Came {
    /// How the handshake ended.
    pub end: AssociationEnd,
    /// What was seen of the IUT in it.
    pub seen: Seen,
    /// The Notifies with messages.
    pub messages: Vec<Inbound>,
    /// What else came, and what the IUT shows of its request.
    pub exchange: Exchange,
}

/// Makes the IUT establish a key with the tester and send a request under it, and is the other end.
pub async fn established(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    role: Role,
    terminator: &Terminator,
) -> Result<Came, Stop> {
    let name = name_of_certificate(world)?;
    let key = json!({"by-certificate": name});
    order(world, peer, step, key, &Map::new()).await?;
    let (end, seen, log) = handshaken(world, peer, step, role, terminator).await?;
    let exchange = match log.shown {
        Some(shown) => Exchange {
            events: Vec::new(),
            shown,
        },
        None => under(world, peer, step, role, &seen, log.next).await?,
    };
    Ok(Came {
        end,
        seen,
        messages: log.messages,
        exchange,
    })
}

/// The handshake, until it is over or the IUT shows what came of its order.
async fn handshaken(
    world: &World<'_>,
    peer: &Peer,
    step: &str,
    role: Role,
    terminator: &Terminator,
) -> Result<(AssociationEnd, Seen, Log), Stop> {
    let link = |error| Stop::link(step, &error);
    let log = Arc::new(Mutex::new(Log::default()));
    let receiver = Receiver {
        world,
        peer,
        step: step.to_owned(),
        role,
        tellings: terminator.tellings,
        pending: None,
        outgoing: Vec::new(),
        log: Arc::clone(&log),
    };
    let connection = world.recorder().carry(Box::new(receiver), step, role);
    let credential = terminator.credential.clone();
    let drawn = world.handshake(&format!("{step}: exchange"), credential.clone());
    let mut service = Service::new(credential, drawn.patience, drawn.seed);
    service.conduct = terminator.conduct.clone();
    let served = serve(connection, &service).await;
    if let Some(stop) = lock(&log).stop.take() {
        return Err(stop);
    }
    let attempt = served.map_err(link)?;
    match (attempt.association, attempt.connection) {
        (Some(mut association), _) => association.end(Ending::Close).await.map_err(link)?,
        (None, Some(mut connection)) => connection.end(Ending::Close).await.map_err(link)?,
        (None, None) => {}
    }
    let log = std::mem::take(&mut *lock(&log));
    Ok((attempt.end, attempt.seen, log))
}

/// Answers what the IUT sends under the key of a handshake.
async fn under(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    role: Role,
    seen: &Seen,
    first: Option<Inbound>,
) -> Result<Exchange, Stop> {
    if let Some(exporter) = &seen.exporter {
        let pair = proof::pair(world, step, exporter, &Reading::RIGHT, &peer.entity)?;
        peer.key = PairwiseKey {
            id: pair.kid,
            key: pair.key,
            ..peer.key.clone()
        };
    }
    let object = peer.object(world, LIFETIME, &[])?;
    let play = Play {
        information: Some(json!({"esf": [43]})),
        rand: vec![Reply::rand(&object)],
        answer: &mut |peer, seen| right(peer, seen),
    };
    answered(world, peer, step, role, first, play).await
}

/// The public domain name in the certificate of the tester.
fn name_of_certificate(world: &World<'_>) -> Result<String, Stop> {
    let known = known_peer(FIXTURE, &world.facts().known_peers.peers);
    let name = known.and_then(|(_, peer)| peer.names.first());
    let name = name.ok_or_else(|| {
        let detail = "no CSE of the profile has a certificate with a name";
        Stop::inconclusive("credential", Reason::TestBed, detail)
    })?;
    Ok(name.text())
}

#[derive(Default)]
struct Log {
    messages: Vec<Inbound>,
    /// What the IUT showed in place of a further message.
    shown: Option<Shown>,
    /// What came in place of a further message and waits for its answer.
    next: Option<Inbound>,
    stop: Option<Stop>,
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection whose octets come in Notifies, and go in the answers to them.
struct Receiver<'w, 'a> {
    world: &'w World<'a>,
    peer: &'w Peer,
    step: String,
    role: Role,
    tellings: [Telling; 2],
    /// The Notify that waits for its answer.
    pending: Option<Inbound>,
    outgoing: Vec<u8>,
    log: Arc<Mutex<Log>>,
}

impl Receiver<'_, '_> {
    /// What comes next, once what waits is answered. Where the IUT goes on without a further message, none follows.
    async fn arrival(&mut self) -> Result<Arrived, Stop> {
        self.answer().await?;
        for _ in 0..MOST {
            let inbound = arrival(self.world, self.peer, &self.step, self.role).await?;
            let Some(inbound) = inbound else {
                return Ok(Arrived::Silence);
            };
            if let Some(shown) = exchange::shown(self.peer, &inbound) {
                lock(&self.log).shown = Some(shown);
                return Ok(Arrived::Closed);
            }
            if let Some(octets) = message(&inbound) {
                lock(&self.log).messages.push(inbound.clone());
                self.pending = Some(inbound);
                return Ok(Arrived::Octets(Octets(octets.into())));
            }
            if inbound.operation() != Some(InboundOperation::Retrieve) {
                lock(&self.log).next = Some(inbound);
                return Ok(Arrived::Closed);
            }
            // What the Receiver supports may be looked at first.
            let base = json!({"m2m:cb": {"ri": "base", "ty": 5, "esi": {"esf": [43]}}});
            let reply = Reply::with(base);
            exchange::replied(self.world, self.peer, &self.step, &inbound, reply).await?;
        }
        Ok(Arrived::Silence)
    }

    /// Answers the Notify that waits, if there is anything to say.
    async fn answer(&mut self) -> Result<(), Stop> {
        if self.outgoing.is_empty() {
            return Ok(());
        }
        let flight = Base64::encode_string(&std::mem::take(&mut self.outgoing));
        let Some(inbound) = self.pending.take() else {
            return Ok(());
        };
        let [first, second] = self.tellings;
        let telling = match lock(&self.log).messages.len() {
            1 => first,
            _ => second,
        };
        let right = json!({"m2m:seci": {"sit": 6, "eckm": flight}});
        let reply = match telling {
            Telling::Right => Reply::with(right),
            Telling::OtherType => Reply::with(json!({"m2m:seci": {"sit": 5, "eckm": flight}})),
            Telling::WithoutMessage => Reply::with(json!({"m2m:seci": {"sit": 6}})),
            Telling::Nothing => Reply::code(2000),
            Telling::Refusal => Reply {
                code: 4103,
                ..Reply::with(right)
            },
        };
        exchange::replied(self.world, self.peer, &self.step, &inbound, reply).await
    }
}

/// The octets in a Notify with a message.
fn message(request: &Inbound) -> Option<Vec<u8>> {
    if request.operation() != Some(InboundOperation::Notify) {
        return None;
    }
    let content: Value = serde_json::from_slice(&request.body.0).ok()?;
    let information = content.get("m2m:seci")?;
    let is_of_type = information.get("sit").and_then(Value::as_u64) == Some(6);
    let text = information.get("eckm").and_then(Value::as_str)?;
    Base64::decode_vec(text).ok().filter(|_| is_of_type)
}

impl Wire for Receiver<'_, '_> {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        self.outgoing.extend_from_slice(&octets);
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let arrived = self.arrival().await;
            arrived.map_err(|stop| {
                lock(&self.log).stop = Some(stop);
                LinkError::Unsendable("no request came".into())
            })
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            let answered = self.answer().await;
            answered.map_err(|_| LinkError::Unsendable("an answer was not sent".into()))
        })
    }
}
