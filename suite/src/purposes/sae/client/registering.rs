//! An AE under test that registers with the tester.

use super::clear;
use super::host::answered;
use super::refusal::{fail, refused};
use super::served::{one, open, stands};
use crate::catalogue::behaviour::{InboundOperation, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::{Attempt, Credential, Seen, ServerConduct, Service};
use crate::tester::stand::Stand;
use crate::tester::trigger::Trigger;
use crate::verdict::{Cause, Reason};

/// A server that does everything right.
pub fn right(world: &World<'_>, step: &str, credential: Credential) -> Service {
    let handshake = world.handshake(step, credential.clone());
    Service::new(credential, handshake.patience, handshake.seed)
}

/// Makes the AE act, and serves the connection that it opens then.
pub async fn triggered<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    trigger: Trigger,
    service: &Service,
) -> Result<Attempt<'a>, Stop> {
    let stand = trigger.stand();
    for stand in [&stand, &Stand::BesideRegistrar] {
        open(world, step, stand).await?;
    }
    let pulled = world.recorder().trigger(step, trigger).await;
    pulled.map_err(|error| Stop::link(step, &error))?;
    one(world, step, role, &stand, service).await
}

/// The AE registers within an association with a server in which nothing is wrong.
pub async fn registers(
    world: &World<'_>,
    step: &str,
    role: Role,
    trigger: Trigger,
    service: &Service,
) -> Result<Seen, Stop> {
    let attempt = triggered(world, step, role, trigger, service).await?;
    if attempt.seen.in_the_clear {
        let missing = "an association first";
        return Err(fail(step, Cause::Leak, missing, "a request in the clear"));
    }
    let (seen, mut association) = stands(step, role, attempt)?;
    let create = InboundOperation::Create;
    let request = answered(world, step, role, &mut association, create).await?;
    if request.is_none() {
        let expected = "a registration within the association";
        return Err(match role {
            Role::Stimulus => fail(step, Cause::NoDecision, expected, "none"),
            _ => {
                let detail = format!("expected {expected}, got none");
                Stop::inconclusive(step, Reason::Precondition, detail)
            }
        });
    }
    let closed = association.close().await;
    closed.map_err(|error| Stop::link(step, &error))?;
    Ok(seen)
}

/// Servers that an AE has to refuse, and the right one.
pub struct Refusals<'r> {
    /// How the AE is made to act.
    pub trigger: Trigger,
    /// With what the right server authenticates itself.
    pub right: Credential,
    /// The wrong servers, by the names of their steps, with the alerts that are expected.
    pub wrong: Vec<(&'r str, Service, &'r [u8])>,
}

impl Refusals<'_> {
    /// The AE registers with the right server, refuses each wrong one, says nothing in the clear, and registers again.
    pub async fn hold(self, world: &mut World<'_>) -> Result<(), Stop> {
        let trigger = self.trigger;
        let twin = right(world, "twin", self.right.clone());
        registers(world, "twin", Role::Twin, trigger, &twin).await?;
        let last = self.wrong.len().saturating_sub(1);
        for (place, (step, service, alerts)) in self.wrong.iter().enumerate() {
            let attempt = triggered(world, step, Role::Stimulus, trigger, service).await?;
            refused(world, step, &attempt, alerts)?;
            drop(attempt);
            // The whole time is waited once: what comes late comes behind the last one too.
            let patience = match place == last {
                true => world.facts().patience,
                false => world.facts().patience / 4,
            };
            let step = format!("{step}: read-back");
            let (stand, beside) = (trigger.stand(), Stand::BesideRegistrar);
            let (there, beside) = tokio::join!(
                clear::nothing(world, &step, &stand, service, patience),
                clear::nothing(world, &step, &beside, service, patience),
            );
            there.and(beside)?;
        }
        let again = right(world, "read-back", self.right);
        registers(world, "read-back", Role::ReadBack, trigger, &again).await?;
        Ok(())
    }
}

/// A server with this conduct.
pub fn conducting(
    world: &World<'_>,
    step: &str,
    credential: Credential,
    conduct: ServerConduct,
) -> Service {
    Service {
        conduct,
        ..right(world, step, credential)
    }
}
