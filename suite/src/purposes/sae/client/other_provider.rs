//! The IN-CSE of another service provider is reached within an association (TS-0003 V3.18.0, 6.1.2.2.1).

use super::hello::Hello;
use super::host::answered;
use super::refusal::fail;
use super::registering::right;
use super::served::{one, open, stands};
use crate::catalogue::behaviour::{Fixture, InboundOperation, Role};
use crate::purposes::Function;
use crate::purposes::sae::holder::{Holder, registered};
use crate::purposes::sae::provided::provide;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Service;
use crate::tester::link::Inbound;
use crate::tester::stand::Stand;
use crate::verdict::{Cause, Reason};
use onem2m_association::messages::ProtocolVersion;
use onem2m_primitive::Request;
use serde_json::{Map, json};
use std::collections::BTreeSet;

/// The IN-CSE of the other provider.
const ACTOR: &str = "IN2";

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    match id {
        "CSE/SAE/PSK/057" => Some(|_, world| Box::pin(is_reached_within_an_association(world))),
        _ => None,
    }
}

/// CSE/SAE/PSK/057.
async fn is_reached_within_an_association(world: &mut World<'_>) -> Result<(), Stop> {
    let originator = registered(world, Fixture::Ae1).await?;
    let other = by_key(world)?;
    let name = world.resource_name(ACTOR);
    let stand = Stand::PointOfAccess(name);
    let url = open(world, "point of access", &stand).await?;
    let with = Map::from_iter([("poa".to_owned(), json!([url]))]);
    world.register(ACTOR, &with).await?;

    let step = "retrieve";
    let stimulus = Role::Stimulus;
    let target = format!("{}/tpcb", other.identity(step)?);
    let service = right(world, step, other.credential.clone());
    let request = Request::retrieve(target);
    let retrieve = world.send(&originator.actor, step, stimulus, request, None, &[]);
    // The IUT answers when it has been answered.
    let (answer, forwarded) = tokio::join!(retrieve, forwarded(world, step, &stand, &service));
    let (answer, forwarded) = (answer?, forwarded?);
    if forwarded.is_none() {
        let expected = "a request within the association";
        return Err(fail(step, Cause::NoDecision, expected, "none"));
    }
    if !answer.succeeded() {
        world.note(format!("{}: {answer}", originator.actor));
    }
    Ok(())
}

/// The request that comes within the association at a stand.
async fn forwarded(
    world: &World<'_>,
    step: &str,
    stand: &Stand,
    service: &Service,
) -> Result<Option<Inbound>, Stop> {
    let role = Role::Stimulus;
    let attempt = one(world, step, role, stand, service).await?;
    if attempt.seen.in_the_clear {
        let (expected, observed) = ("an association first", "a request in the clear");
        return Err(fail(step, Cause::Leak, expected, observed));
    }
    let (seen, mut association) = stands(step, role, attempt)?;
    Hello::of(step, &seen)?.has_version(ProtocolVersion::TLS_1_2)?;
    let retrieve = InboundOperation::Retrieve;
    let request = answered(world, step, role, &mut association, retrieve).await?;
    let closed = association.close().await;
    closed.map_err(|error| Stop::link(step, &error))?;
    Ok(request)
}

/// The IN-CSE of the other provider, which holds a key.
fn by_key(world: &mut World<'_>) -> Result<Holder, Stop> {
    provide(world, &BTreeSet::from([ACTOR.to_owned()]))?;
    let holder = Holder::acting(world, ACTOR)?;
    match holder.credential.key() {
        Some(_) => Ok(holder),
        None => {
            let detail = "no key of the profile is that of a CSE of another service provider (//…); hint: provision the IUT with one and name it in [credentials.psk]";
            Err(Stop::inconclusive("credential", Reason::TestBed, detail))
        }
    }
}
