//! Second associations: the IUT notifies a registree within an association that it opens itself (TS-0003 V3.18.0, 8.2.1).

use super::clear;
use super::hello::{Hello, identity_is};
use super::host::answered;
use super::refusal::{begun, fail, nothing_said, refused};
use super::registering::{conducting, right};
use super::served::{next, one, open, stands};
use crate::catalogue::behaviour::{Fixture, InboundOperation, Role};
use crate::purposes::Function;
use crate::purposes::sae::holder::{Holder, holder};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::handshake::conduct::KeyChange;
use crate::tester::handshake::{Attempt, HelloStop, Seen, ServerConduct, Service};
use crate::tester::stand::Stand;
use crate::verdict::{Cause, Reason};
use onem2m_association::messages::{CipherSuite, ProtocolVersion};
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use std::net::IpAddr;

const CONTAINER: u32 = 3;
const CONTENT_INSTANCE: u32 = 4;
const SUBSCRIPTION: u32 = 23;

/// bad_record_mac and decrypt_error (RFC 5246, 7.2.2).
const WRONG_FINISHED: &[u8] = &[20, 51];

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/SAE/PSK/053" => |_, world| Box::pin(has_the_roles_reversed(world)),
        "CSE/SAE/PSK/054" => |_, world| Box::pin(needs_the_key_of_the_peer(world)),
        "CSE/SAE/PSK/055" => |_, world| Box::pin(is_not_replaced_by_clear_text(world)),
        "CSE/SAE/PSK/056" => |_, world| Box::pin(is_that_of_the_registree(world)),
        _ => return None,
    };
    Some(function)
}

/// An AE that registered over its key and subscribed, and is reached within associations alone.
pub struct Told {
    holder: Holder,
    stand: Stand,
    url: String,
}

impl Told {
    /// The holder of a credential of the profile; nothing has happened yet but that the point of access is open.
    async fn open(world: &World<'_>, fixture: Fixture) -> Result<Self, Stop> {
        Self::at(world, holder(world, fixture)?).await
    }

    /// The same for a holder.
    pub async fn at(world: &World<'_>, holder: Holder) -> Result<Self, Stop> {
        let stand = Stand::PointOfAccess(world.point_of_access_name(&holder.actor));
        let url = open(world, "point of access", &stand).await?;
        Ok(Self { holder, stand, url })
    }

    /// The AE registers with its point of access.
    pub async fn register(&self, world: &mut World<'_>) -> Result<(), Stop> {
        let Holder {
            actor, credential, ..
        } = &self.holder;
        let entity = self.holder.identity("credential")?.to_owned();
        world.associate(actor, &entity, credential.clone());
        let mut with = Map::new();
        with.insert("rr".into(), json!(true));
        with.insert("poa".into(), json!([self.url]));
        world.register(actor, &with).await?;
        Ok(())
    }

    /// It makes a container of its own, and subscribes to it. Whoever subscribes for itself is not asked for its agreement.
    pub async fn subscribe(&self, world: &mut World<'_>) -> Result<(), Stop> {
        let actor = &self.holder.actor;
        let parent = world.find("container", actor)?;
        let name = world.resource_name("cntT");
        let container =
            Request::create(parent.clone(), CONTAINER, json!({"m2m:cnt": {"rn": name}}));
        self.made(world, "container", container).await?;
        let entity = self.holder.identity("subscription")?.to_owned();
        let subscription = json!({"m2m:sub": {
            "rn": world.resource_name("subT"), "nu": [entity], "enc": {"net": [3]},
        }});
        let to = format!("{parent}/{name}");
        let subscription = Request::create(to, SUBSCRIPTION, subscription);
        self.made(world, "subscription", subscription).await
    }

    async fn made(&self, world: &World<'_>, step: &str, request: Request) -> Result<(), Stop> {
        let actor = &self.holder.actor;
        let answer = world
            .send(actor, step, Role::SetUp, request, None, &[])
            .await?;
        match answer.succeeded() {
            true => Ok(()),
            false => {
                let finding = Finding::new(Cause::WrongDecision, "2001", answer.to_string());
                Err(Stop::mismatch(step, Role::SetUp, finding, &answer))
            }
        }
    }

    /// The AE moves to another point of access.
    async fn move_to(&self, world: &World<'_>, url: &str) -> Result<(), Stop> {
        let target = world.find("move", &self.holder.actor)?;
        let request = Request::update(target, json!({"m2m:ae": {"poa": [url]}}));
        self.made(world, "move", request).await
    }

    /// The AE writes to the container, of which it is to be told; meanwhile the tester serves a connection. The IUT may answer
    /// the Create before or after it notifies.
    async fn told<'a>(
        &self,
        world: &World<'a>,
        step: &str,
        role: Role,
        stand: &Stand,
        service: &Service,
    ) -> Result<Attempt<'a>, Stop> {
        let actor = &self.holder.actor;
        let parent = world.find(step, actor)?;
        let to = format!("{parent}/{}", world.resource_name("cntT"));
        let content = json!({"m2m:cin": {"con": "a contentInstance of the tester"}});
        let create = Request::create(to, CONTENT_INSTANCE, content);
        let writing = format!("{step}: contentInstance");
        let create = world.send(actor, &writing, role, create, None, &[]);
        let (answer, attempt) = tokio::join!(create, one(world, step, role, stand, service));
        let answer = answer?;
        if !answer.succeeded() {
            let finding = Finding::new(Cause::WrongDecision, "2001", answer.to_string());
            return Err(Stop::mismatch(&writing, Role::SetUp, finding, &answer));
        }
        attempt
    }

    /// A notification comes within an association with a peer in which nothing is wrong.
    pub async fn is_told(&self, world: &World<'_>, step: &str, role: Role) -> Result<Seen, Stop> {
        let service = right(world, step, self.holder.credential.clone());
        let mut attempt = self.told(world, step, role, &self.stand, &service).await?;
        // An IUT that was refused before may try what it wanted then once more, and wait before the next one.
        if attempt.seen.in_the_clear {
            return Err(fail(
                step,
                Cause::Leak,
                "an association",
                "a request in the clear",
            ));
        }
        let (seen, mut association) = loop {
            match stands(step, role, attempt) {
                Ok(stands) => break stands,
                Err(stop) if role == Role::ReadBack => {
                    let again = next(
                        world,
                        step,
                        role,
                        &self.stand,
                        &service,
                        world.facts().patience,
                    );
                    attempt = again.await?.ok_or(stop)?;
                }
                Err(stop) => return Err(stop),
            }
        };
        let notify = InboundOperation::Notify;
        let request = answered(world, step, role, &mut association, notify).await?;
        let Some(request) = request else {
            let expected = "a notification within the association";
            return Err(match role {
                Role::Stimulus => fail(step, Cause::NoDecision, expected, "none"),
                _ => {
                    let detail = format!("expected {expected}, got none");
                    Stop::inconclusive(step, Reason::Precondition, detail)
                }
            });
        };
        let content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
        if content.get("m2m:sgn").is_none() {
            let observed = content.to_string();
            return Err(fail(step, Cause::MalformedAnswer, "m2m:sgn", &observed));
        }
        let closed = association.close().await;
        closed.map_err(|error| Stop::link(step, &error))?;
        Ok(seen)
    }
}

/// CSE/SAE/PSK/053.
async fn has_the_roles_reversed(world: &mut World<'_>) -> Result<(), Stop> {
    let ground = Told::open(world, Fixture::Ae1).await?;
    let before = right(world, "before", ground.holder.credential.clone());
    let patience = world.facts().patience;
    let early = next(
        world,
        "before",
        Role::SetUp,
        &ground.stand,
        &before,
        patience,
    )
    .await?;
    if early.is_some() {
        let expected = "no association before the registration";
        return Err(fail("before", Cause::SideEffect, expected, "a connection"));
    }
    ground.register(world).await?;
    ground.subscribe(world).await?;
    let step = "notification";
    let seen = ground.is_told(world, step, Role::Stimulus).await?;
    let hello = Hello::of(step, &seen)?;
    hello.has_version(ProtocolVersion::TLS_1_2)?;
    hello.offers(CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256)?;
    match host_name(&ground.url) {
        Some(name) => hello.names(&name)?,
        None => world.note(format!("{} has no name for SNI", ground.url)),
    }
    let identity = ground.holder.credential.identity().unwrap_or_default();
    identity_is(step, &seen, identity)
}

/// CSE/SAE/PSK/054.
async fn needs_the_key_of_the_peer(world: &mut World<'_>) -> Result<(), Stop> {
    let conduct = ServerConduct {
        key: KeyChange::Random(32),
        ..ServerConduct::default()
    };
    let ground = Told::open(world, Fixture::Ae1).await?;
    ground.register(world).await?;
    ground.subscribe(world).await?;
    ground.is_told(world, "twin", Role::Twin).await?;
    let step = "random-key";
    let service = conducting(world, step, ground.holder.credential.clone(), conduct);
    let stimulus = Role::Stimulus;
    let attempt = ground
        .told(world, step, stimulus, &ground.stand, &service)
        .await?;
    refused(world, step, &attempt, WRONG_FINISHED)?;
    drop(attempt);
    let patience = world.facts().patience;
    clear::nothing(world, "after", &ground.stand, &service, patience).await?;
    ground.is_told(world, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// CSE/SAE/PSK/055.
async fn is_not_replaced_by_clear_text(world: &mut World<'_>) -> Result<(), Stop> {
    let conduct = ServerConduct {
        stop: Some(HelloStop::Reset),
        ..ServerConduct::default()
    };
    let ground = Told::open(world, Fixture::Ae1).await?;
    ground.register(world).await?;
    ground.subscribe(world).await?;
    ground.is_told(world, "twin", Role::Twin).await?;
    let step = "reset";
    let service = conducting(world, step, ground.holder.credential.clone(), conduct);
    let stimulus = Role::Stimulus;
    let attempt = ground
        .told(world, step, stimulus, &ground.stand, &service)
        .await?;
    nothing_said(step, &attempt)?;
    begun(step, &attempt)?;
    drop(attempt);
    let patience = world.facts().patience;
    clear::nothing(world, "after", &ground.stand, &service, patience).await?;
    ground.is_told(world, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// CSE/SAE/PSK/056.
async fn is_that_of_the_registree(world: &mut World<'_>) -> Result<(), Stop> {
    let ground = Told::open(world, Fixture::Ae1).await?;
    let other = Told::open(world, Fixture::Ae2).await?;
    ground.register(world).await?;
    other.register(world).await?;
    ground.subscribe(world).await?;
    ground.is_told(world, "twin", Role::Twin).await?;
    let step = "point of access of AE2";
    ground.move_to(world, &other.url).await?;
    let conduct = ServerConduct {
        key: KeyChange::OfAnother,
        ..ServerConduct::default()
    };
    let credential = ground.holder.credential.clone();
    let service = Service {
        another: Some(other.holder.credential.clone()),
        ..conducting(world, step, credential.clone(), conduct)
    };
    let stimulus = Role::Stimulus;
    let attempt = ground
        .told(world, step, stimulus, &other.stand, &service)
        .await?;
    refused(world, step, &attempt, WRONG_FINISHED)?;
    identity_is(
        step,
        &attempt.seen,
        credential.identity().unwrap_or_default(),
    )?;
    drop(attempt);
    let patience = world.facts().patience;
    clear::nothing(world, "after", &other.stand, &service, patience).await?;
    ground.move_to(world, &ground.url).await?;
    ground.is_told(world, "read-back", Role::ReadBack).await?;
    Ok(())
}

/// The host of a URL, unless it is an address (RFC 6066, 3).
fn host_name(url: &str) -> Option<String> {
    let uri: http::Uri = url.parse().ok()?;
    let host = uri.host()?.to_owned();
    let is_address = host.parse::<IpAddr>().is_ok() || host.starts_with('[');
    (!is_address).then_some(host)
}
