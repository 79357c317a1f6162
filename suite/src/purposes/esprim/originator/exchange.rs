//! One request of the IUT to the tester: what came, how it was answered, and what the IUT made of it.

use super::answers::{Reply, right};
use super::peer::{Peer, Who};
use super::seen::Seen;
use crate::catalogue::behaviour::{InboundOperation, Role, ScriptedAnswer};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::inbound::same_target;
use crate::tester::instruction::{Act, Instruction};
use crate::tester::link::Inbound;
use crate::verdict::{Cause, Judgement};
use onem2m_envelope::base64url;
use serde_json::{Map, Value, json};

/// The most requests of one order that are answered.
const MOST: usize = 64;

/// What came from the IUT.
pub enum Event {
    /// It looked what the Receiver supports.
    Information,
    /// It asked for a rand object, with this content.
    RandRequest(Value),
    /// It sent an object.
    Object(Box<Seen>),
    /// It sent something else.
    Other(String),
}

/// What the IUT shows of the outcome.
pub enum Shown {
    /// The code of the inner response.
    Response(u64),
    /// Why there is none.
    Failure(String),
}

/// What an order came to.
pub struct Exchange {
    pub events: Vec<Event>,
    pub shown: Shown,
}

/// How the tester answers.
pub struct Play<'p> {
    /// e2eSecInfo, or nothing in its place.
    pub information: Option<Value>,
    /// The answers to requests for a rand object; the last one again and again.
    pub rand: Vec<Reply>,
    /// The answer to an object.
    pub answer: &'p mut (dyn FnMut(&Peer, &Seen) -> Reply + Send),
}

impl Exchange {
    /// The objects that came.
    pub fn objects(&self) -> impl Iterator<Item = &Seen> {
        self.events.iter().filter_map(|event| match event {
            Event::Object(seen) => Some(seen.as_ref()),
            _ => None,
        })
    }

    /// Whether there are objects, and all of them open: others get no answer that fits them.
    pub fn has_objects_that_open(&self) -> bool {
        let mut objects = self.objects().peekable();
        objects.peek().is_some() && objects.all(|seen| seen.inner.is_some())
    }

    /// The contents that asked for a rand object.
    pub fn rand_requests(&self) -> impl Iterator<Item = &Value> {
        self.events.iter().filter_map(|event| match event {
            Event::RandRequest(content) => Some(content),
            _ => None,
        })
    }

    /// What came that belongs to no exchange of ESPrim.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(|event| match event {
            Event::Other(what) => Some(what.as_str()),
            _ => None,
        })
    }

    /// Whether the inner request succeeded, as far as the IUT knows.
    pub fn succeeded(&self) -> bool {
        matches!(self.shown, Shown::Response(2000..=2999))
    }
}

/// A right exchange, which has to come to a success. The first object that came is given.
pub async fn served(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    role: Role,
) -> Result<Exchange, Stop> {
    let object = peer.object(world, 600, &[])?;
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![Reply::rand(&object)],
        answer: &mut |peer, seen| right(peer, seen),
    };
    let exchange = exchange(world, peer, step, role, &Map::new(), play).await?;
    match exchange.succeeded() && exchange.objects().next().is_some() {
        true => Ok(exchange),
        false => Err(unexpected(
            step,
            role,
            "the success of the inner request",
            &exchange,
        )),
    }
}

/// Has the IUT send one request, with these members beside the usual ones, and answers what comes.
pub async fn exchange(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    role: Role,
    members: &Map<String, Value>,
    play: Play<'_>,
) -> Result<Exchange, Stop> {
    let octets = || base64url::encode(peer.key.key.octets());
    let told = peer.told.clone();
    let key = told.unwrap_or_else(|| json!({"id": peer.key.id, "octets": octets()}));
    order(world, peer, step, key, members).await?;
    answered(world, peer, step, role, None, play).await
}

/// Answers what has come and what comes, until the IUT shows what came of its order.
pub async fn answered(
    world: &mut World<'_>,
    peer: &mut Peer,
    step: &str,
    role: Role,
    mut first: Option<Inbound>,
    mut play: Play<'_>,
) -> Result<Exchange, Stop> {
    let mut events = Vec::new();
    loop {
        let inbound = match first.take() {
            Some(inbound) => Some(inbound),
            None => arrival(world, peer, step, role).await?,
        };
        let Some(inbound) = inbound else { break };
        if let Some(shown) = shown(peer, &inbound) {
            return Ok(Exchange { events, shown });
        }
        let now = world.now(step)?;
        let (event, reply) = taken(peer, &inbound, &mut play, now);
        events.push(event);
        if let Some(reply) = reply {
            replied(world, peer, step, &inbound, reply).await?;
        }
        if events.len() == MOST {
            let shown = Shown::Failure(format!("none after {MOST} requests"));
            return Ok(Exchange { events, shown });
        }
    }
    let expected = "a contentInstance that shows what came of the request";
    Err(Stop::Undecided(
        Judgement::fail(Cause::NoDecision, expected, "nothing within the time").at(step),
    ))
}

/// The next request of the IUT, if one comes.
pub async fn arrival(
    world: &World<'_>,
    peer: &Peer,
    step: &str,
    role: Role,
) -> Result<Option<Inbound>, Stop> {
    let patience = world.facts().arrival();
    let inbound = world.recorder().inbound(&peer.entity, step, role, patience);
    inbound.await.map_err(|error| Stop::link(step, &error))
}

/// Answers a request that is held.
pub async fn replied(
    world: &World<'_>,
    peer: &Peer,
    step: &str,
    inbound: &Inbound,
    reply: Reply,
) -> Result<(), Stop> {
    if let Some(after) = reply.after {
        world.recorder().wait(after).await;
    }
    let identifier = inbound.identifier().unwrap_or_default();
    let answer = scripted(peer, inbound, reply);
    let recorder = world.recorder();
    let replied = recorder.reply(&peer.entity, step, identifier, answer);
    replied.map_err(|error| Stop::link(step, &error))
}

/// Tells the IUT what to send, with which key.
pub async fn order(
    world: &mut World<'_>,
    peer: &Peer,
    step: &str,
    key: Value,
    members: &Map<String, Value>,
) -> Result<(), Stop> {
    let (target, observe) = (peer.target(), peer.observe());
    let mut request = json!({
        "op": 1, "to": format!("{target}/data"), "ty": 4, "rvi": "3",
        "pc": {"m2m:cin": {"con": world.canary()}},
    });
    if let Some(all) = request.as_object_mut() {
        all.extend(members.clone());
    }
    let mut statement = json!({
        "identity": peer.identity, "receiver": target, "information": target, "observe": observe,
        "key": key, "request": request,
    });
    if let (Who::Ae, Some(all)) = (peer.who, statement.as_object_mut()) {
        all.insert("cse".into(), peer.url.as_str().into());
    }
    let held = |operation| ScriptedAnswer {
        operation,
        to: target.clone(),
        code: 2000,
        content: None,
        silent: false,
        held: true,
    };
    let created = ScriptedAnswer {
        operation: InboundOperation::Create,
        to: observe,
        code: 2001,
        content: Some(json!({"m2m:cin": {"ri": "shown", "ty": 4}})),
        silent: false,
        held: false,
    };
    let answers = vec![
        held(InboundOperation::Retrieve),
        held(InboundOperation::Notify),
        created,
    ];
    let link = |error| Stop::link(step, &error);
    let recorder = world.recorder();
    recorder.script(&peer.entity, step, answers).map_err(link)?;
    let role = match peer.who {
        Who::Cse => Act::OriginatorCse,
        Who::Ae => Act::Originator,
    };
    let order = Instruction { role, statement };
    recorder.secure(step, &order).await.map_err(link)
}

/// What came, and how it is answered; what nobody waits for is answered by the link.
fn taken(
    peer: &mut Peer,
    inbound: &Inbound,
    play: &mut Play<'_>,
    now: time::OffsetDateTime,
) -> (Event, Option<Reply>) {
    let to = inbound.to().unwrap_or_default();
    let is_for_receiver = same_target(&to, &peer.target());
    match inbound.operation() {
        Some(InboundOperation::Retrieve) if is_for_receiver => {
            let mut base = json!({"ri": "base", "ty": 5});
            if let (Some(information), Some(members)) = (&play.information, base.as_object_mut()) {
                members.insert("esi".into(), information.clone());
            }
            (
                Event::Information,
                Some(Reply::with(json!({"m2m:cb": base}))),
            )
        }
        Some(InboundOperation::Notify) if is_for_receiver => {
            let content: Value = serde_json::from_slice(&inbound.body.0).unwrap_or_default();
            let object = content.pointer("/m2m:seci/epo").and_then(Value::as_str);
            if let Some(text) = object {
                let seen = Seen::read(peer, inbound, text, now);
                let reply = (play.answer)(peer, &seen);
                return (Event::Object(Box::new(seen)), Some(reply));
            }
            let reply = match play.rand.len() {
                0 => Reply::code(4000),
                1 => play
                    .rand
                    .first()
                    .cloned()
                    .unwrap_or_else(|| Reply::code(4000)),
                _ => play.rand.remove(0),
            };
            (Event::RandRequest(content), Some(reply))
        }
        _ => (
            Event::Other(format!("{} {}", inbound.method, inbound.target)),
            None,
        ),
    }
}

fn scripted(peer: &Peer, inbound: &Inbound, reply: Reply) -> ScriptedAnswer {
    ScriptedAnswer {
        operation: inbound.operation().unwrap_or_default(),
        to: peer.target(),
        code: reply.code,
        content: reply.content,
        silent: false,
        held: false,
    }
}

/// What the IUT shows, if this is it.
pub fn shown(peer: &Peer, inbound: &Inbound) -> Option<Shown> {
    let to = inbound.to().unwrap_or_default();
    let is_it =
        inbound.operation() == Some(InboundOperation::Create) && same_target(&to, &peer.observe());
    let content: Value = match is_it {
        true => serde_json::from_slice(&inbound.body.0).unwrap_or_default(),
        false => return None,
    };
    let text = content.pointer("/m2m:cin/con").and_then(Value::as_str);
    let told: Value = serde_json::from_str(text.unwrap_or_default()).unwrap_or_default();
    Some(match told.get("rsc").and_then(Value::as_u64) {
        Some(code) => Shown::Response(code),
        None => Shown::Failure(told.get("failure").unwrap_or(&told).to_string()),
    })
}

/// Something else came than had to.
pub fn unexpected(step: &str, role: Role, expected: &str, exchange: &Exchange) -> Stop {
    let came: Vec<String> = exchange.events.iter().map(told).collect();
    let outcome = match &exchange.shown {
        Shown::Response(code) => format!("an inner response with {code}"),
        Shown::Failure(why) => format!("a failure: {why}"),
    };
    let observed = format!("{}; shown: {outcome}", came.join(", "));
    Stop::arrived(
        step,
        role,
        Finding::new(Cause::SideEffect, expected, observed),
    )
}

fn told(event: &Event) -> String {
    match event {
        Event::Information => "a Retrieve of e2eSecInfo".to_owned(),
        Event::RandRequest(content) => format!("a request for a rand object {content}"),
        Event::Object(seen) => {
            let opened = if seen.inner.is_some() {
                ""
            } else {
                " that does not open"
            };
            let header = Value::Object(seen.members.clone());
            format!("an object{opened} with header {header}")
        }
        Event::Other(what) => what.clone(),
    }
}
