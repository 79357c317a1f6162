//! A session is not resumed once its key is withdrawn (TS-0001 V3.36.0, 11.3.2).

use super::holder::Holder;
use super::outcome::{Next, compare};
use super::prepared::Prepared;
use super::resumption::{By, afresh, asking, first};
use super::standing::{attempt, close, is_served, standing};
use crate::catalogue::behaviour::{Ends, Role};
use crate::profile::Provisioned;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::{Earlier, Handshake};
use crate::tester::provisioning::KeyAnswer;
use crate::verdict::Reason;
use onem2m_association::messages::AlertDescription;
use serde_json::Map;

/// The actor that holds the key.
const ACTOR: &str = "AE1";

/// How an identity that is not known is refused (RFC 4279, 2).
pub const UNKNOWN: [u8; 3] = [
    AlertDescription::UNKNOWN_PSK_IDENTITY.0,
    AlertDescription::DECRYPT_ERROR.0,
    AlertDescription::BAD_RECORD_MAC.0,
];

/// CSE/SAE/PSK/035: neither a resumption nor a whole handshake comes to an association without the key, nor a resumption
/// once its identity has another one.
pub async fn is_not_resumed(world: &mut World<'_>) -> Result<(), Stop> {
    let given = fresh(world, ACTOR)?;
    world.equip("provision", &given).await?;
    let holder = registered(world, &given).await?;
    let resumable = resumable(world, &holder).await?;

    world.dispossess("withdraw", &given.identity).await?;
    for (by, earlier) in &resumable {
        let name = by.name();
        let handshake = asking(world, name, &holder, earlier, by.resume());
        refused(world, name, &handshake).await?;
    }
    let anew = world.handshake("anew", holder.credential.clone());
    refused(world, "anew", &anew).await?;

    let other = Provisioned {
        key: world.fresh_key("another"),
        ..given.clone()
    };
    match world.provision("another-key", &other).await? {
        KeyAnswer::Refused(why) => world.note(format!("no other key under the KpsaID: {why}")),
        KeyAnswer::Done => {
            let holder = Holder::of(&other, ACTOR)?;
            for (by, earlier) in &resumable {
                let step = format!("another-key: {}", by.name());
                let handshake = asking(world, &step, &holder, earlier, by.resume());
                let mut association = afresh(world, &step, &handshake).await?;
                close(&step, &mut association).await?;
            }
            world.dispossess("withdraw-other", &other.identity).await?;
        }
    }
    world.equip("provision-again", &given).await?;
    is_served(world, "read-back", Role::ReadBack, &holder).await
}

/// A key that nobody has yet, for an AE that the tester may register.
pub fn fresh(world: &World<'_>, actor: &str) -> Result<Provisioned, Stop> {
    let step = "credential";
    let entity = world.identity(actor);
    let entity = entity.map_err(|unfilled| Stop::unfilled(step, &unfilled))?;
    Ok(Provisioned {
        name: actor.to_owned(),
        identity: world.fresh_identity("lock"),
        key: world.fresh_key("lock"),
        entity: Some(entity),
    })
}

/// The holder of a key that the IUT was given, once it has registered over it.
pub async fn registered(world: &mut World<'_>, given: &Provisioned) -> Result<Holder, Stop> {
    let holder = Holder::of(given, &given.name)?;
    let entity = holder.identity("credential")?.to_owned();
    world.associate(&holder.actor, &entity, holder.credential.clone());
    world.register(&holder.actor, &Map::new()).await?;
    Ok(holder)
}

/// The sessions that the IUT resumes as long as nothing is wrong.
async fn resumable(world: &mut World<'_>, holder: &Holder) -> Result<Vec<(By, Earlier)>, Stop> {
    let mut resumable = Vec::new();
    for by in [By::SessionId, By::Ticket] {
        let name = by.name();
        let step = format!("twin: {name}");
        let (mut association, earlier) = first(world, by, &step, Role::Twin, holder).await?;
        close(&step, &mut association).await?;
        let Some(earlier) = earlier else {
            world.note(format!("the IUT gives no {name}"));
            continue;
        };
        let step = format!("{step}: resumed");
        let handshake = asking(world, &step, holder, &earlier, by.resume());
        let attempt = attempt(world, &step, Role::Twin, &handshake).await?;
        let mut association = standing(&step, Role::Twin, attempt)?;
        let is_resumed = association.is_resumed();
        Prepared::own(world, holder, &format!("{step}: retrieve"), Role::Twin)?
            .ask(world, &mut association)
            .await?;
        close(&step, &mut association).await?;
        match is_resumed {
            true => resumable.push((by, earlier)),
            false => world.note(format!("the IUT does not resume by {name}")),
        }
    }
    match resumable.is_empty() {
        false => Ok(resumable),
        true => {
            let detail = "the IUT resumes no session";
            Err(Stop::inconclusive("twin", Reason::Precondition, detail))
        }
    }
}

/// A handshake that comes to no association, as if nobody had ever known the identity.
async fn refused(world: &mut World<'_>, step: &str, handshake: &Handshake) -> Result<(), Stop> {
    let attempt = attempt(world, step, Role::Stimulus, handshake).await?;
    let refused = Ends::Refused(UNKNOWN.to_vec());
    if let Next::Done(Some(note)) = compare(step, &refused, &attempt.end)? {
        world.note(note);
    }
    Ok(())
}
