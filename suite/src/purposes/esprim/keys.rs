//! Pairwise keys that the IUT is given for the time of a purpose (TS-0003 V3.18.0, 8.4.2, step A).

use super::fixture::{ACTOR, LEEWAY, expect, instance, instances, sent, sent_text, served, steps};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::profile::Provisioned;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::derivation::ways;
use crate::tester::esprim::Pair;
use crate::tester::provisioning::GivenPair;
use crate::tester::template::{basic, read_basic};
use crate::verdict::Reason;
use onem2m_keys::{EndToEndUse, PairwiseEsPrimKey};
use serde_json::{Map, json};
use time::{Duration, OffsetDateTime};

/// How long the keys with a lifetime live.
const LIFETIME: Duration = Duration::seconds(9);

/// A pre-provisioned key for ESPrim, one for ESData, and one for ESPrim by a remote provisioning framework (TS-0004 V3.32.0,
/// Table 6.3.4.2.39-1).
const FOR_PRIMITIVES: u8 = 13;
const FOR_DATA: u8 = 14;
const BY_REMOTE_PROVISIONING: u8 = 23;

/// CSE/ESPRIM/KEY/002: an object that was made in time is refused once the lifetime of its key is over.
pub async fn end_with_their_lifetime(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    let end = ending(world).await?;
    let late = Protection {
        session: Some("late".into()),
        ..Protection::default()
    };
    let request = instance(world, "late")?;
    let kept = world.seal(ACTOR, "late", &request, &late).await?;
    outlives(world, "late", end)?;
    served(world, "twin", Role::Twin).await?;
    world.pass("wait", end + LEEWAY).await?;
    let sealed = sent_text(world, "late", Role::Stimulus, ACTOR, &kept.object, &kept).await?;
    instances(world, "read-back", &[1]).await?;
    expect("late", Role::Stimulus, &unknown_key(), &sealed)
}

/// CSE/ESPRIM/KEY/003: a session ends with its key, although its rand objects go on.
pub async fn end_their_sessions(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    let end = ending(world).await?;
    served(world, "twin", Role::Twin).await?;
    outlives(world, "session", end)?;
    world.pass("wait", end + LEEWAY).await?;
    refused_later(world).await
}

/// CSE/ESPRIM/KEY/004: a key without a lifetime goes on.
pub async fn without_lifetime_go_on(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    let now = world.now("provision")?;
    share(world, "key", FOR_PRIMITIVES, None).await?;
    served(world, "at-once", Role::Stimulus).await?;
    world.pass("wait", now + LIFETIME + LEEWAY).await?;
    let fresh = Protection {
        session: Some("fresh".into()),
        ..Protection::default()
    };
    let sealed = sent(world, "later", Role::Stimulus, &fresh).await?;
    expect("later", Role::Stimulus, &Expectation::Permit, &sealed)?;
    instances(world, "read-back", &[2]).await.map(|_| ())
}

/// CSE/ESPRIM/KEY/005: a key that is withdrawn opens nothing from then on.
pub async fn are_withdrawn_at_once(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    let pair = share(world, "key", FOR_PRIMITIVES, None).await?;
    served(world, "twin", Role::Twin).await?;
    world.unshare("withdraw", &pair.kid).await?;
    refused_later(world).await
}

/// CSE/ESPRIM/KEY/009: a key that was established for data opens no primitive.
pub async fn of_another_use_open_nothing(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    share(world, "primitives", FOR_PRIMITIVES, None).await?;
    served(world, "twin", Role::Twin).await?;
    share(world, "data", FOR_DATA, None).await?;
    let of_data = Protection {
        session: Some("data".into()),
        ..Protection::default()
    };
    let sealed = sent(world, "data", Role::Stimulus, &of_data).await?;
    instances(world, "read-back", &[1]).await?;
    expect("data", Role::Stimulus, &unknown_key(), &sealed)
}

/// CSE/ESPRIM/KEY/016: a key that a remote provisioning framework gave serves.
pub async fn of_remote_provisioning_serve(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    share(world, "key", BY_REMOTE_PROVISIONING, None).await?;
    served(world, "object", Role::Stimulus).await?;
    instances(world, "read-back", &[1]).await.map(|_| ())
}

/// CSE/E2EKEY/DER/001: a key that the IUT derives serves, whatever it is derived from.
pub async fn that_are_derived_serve(world: &mut World<'_>) -> Result<(), Stop> {
    registered(world).await?;
    let entity = world.identity(ACTOR);
    let entity = entity.map_err(|unfilled| Stop::unfilled("provision", &unfilled))?;
    let salt = world.draw("salt");
    for (name, derivation) in ways(EndToEndUse::MessageConfidentiality, salt) {
        let key = Provisioned {
            name: name.to_owned(),
            identity: world.fresh_identity(name),
            key: world.fresh_key(name),
            entity: Some(entity.clone()),
        };
        let derived = derivation.derive(key.key.octets());
        let derived = derived.map_err(|error| Stop::error(name, error.to_string()))?;
        let pair = Pair {
            kid: key.identity.clone(),
            key: PairwiseEsPrimKey::new(derived.octets()),
            entity: entity.clone(),
        };
        let given = GivenPair {
            key,
            usage: BY_REMOTE_PROVISIONING,
            expires: None,
            derived: Some(derivation),
        };
        world.share(&format!("provision {name}"), &given).await?;
        world.hold(ACTOR, pair);
        let session = Protection {
            session: Some(name.to_owned()),
            ..Protection::default()
        };
        let sealed = sent(world, name, Role::Stimulus, &session).await?;
        expect(name, Role::Stimulus, &Expectation::Permit, &sealed)?;
    }
    instances(world, "read-back", &[3]).await.map(|_| ())
}

/// A later request in the session that stands, which has to be refused for its key.
async fn refused_later(world: &mut World<'_>) -> Result<(), Stop> {
    let sealed = sent(world, "later", Role::Stimulus, &Protection::default()).await?;
    instances(world, "read-back", &[1]).await?;
    expect("later", Role::Stimulus, &unknown_key(), &sealed)
}

fn unknown_key() -> Expectation {
    Expectation::Codes(vec![4112])
}

/// AE1 with a container of its own.
pub async fn registered(world: &mut World<'_>) -> Result<(), Stop> {
    world.register(ACTOR, &Map::new()).await?;
    let given = [
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["CtpA1", "{ADM}"], "acop": 63}]}),
        json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"]}}),
    ];
    steps(world, &given).await
}

/// Gives the IUT and AE1 a key that lives a while, and says when it ends.
async fn ending(world: &mut World<'_>) -> Result<OffsetDateTime, Stop> {
    let end = world.now("provision")? + LIFETIME;
    share(world, "key", FOR_PRIMITIVES, Some(end)).await?;
    Ok(end)
}

/// Gives the IUT and AE1 a key.
async fn share(
    world: &mut World<'_>,
    name: &str,
    usage: u8,
    expires: Option<OffsetDateTime>,
) -> Result<Pair, Stop> {
    let entity = world.identity(ACTOR);
    let entity = entity.map_err(|unfilled| Stop::unfilled(name, &unfilled))?;
    let pair = shared_with(world, name, &entity, usage, expires).await?;
    world.hold(ACTOR, pair.clone());
    Ok(pair)
}

/// Gives the IUT a pre-provisioned key for ESPrim, which it shares with an entity.
pub async fn shared_for_primitives(
    world: &mut World<'_>,
    name: &str,
    entity: &str,
) -> Result<Pair, Stop> {
    shared_with(world, name, entity, FOR_PRIMITIVES, None).await
}

async fn shared_with(
    world: &mut World<'_>,
    name: &str,
    entity: &str,
    usage: u8,
    expires: Option<OffsetDateTime>,
) -> Result<Pair, Stop> {
    let key = Provisioned {
        name: name.to_owned(),
        identity: world.fresh_identity(name),
        key: world.fresh_key(name),
        entity: Some(entity.to_owned()),
    };
    let pair = Pair::of(&key).ok_or_else(|| Stop::error(name, "expected an entity of the key"))?;
    let given = GivenPair {
        key,
        usage,
        expires: expires.map(basic),
        derived: None,
    };
    world.share(&format!("provision {name}"), &given).await?;
    Ok(pair)
}

/// Nothing can be said of a key where the rand object of the IUT ends first.
fn outlives(world: &World<'_>, session: &str, end: OffsetDateTime) -> Result<(), Stop> {
    let expiry = world
        .session(session)
        .and_then(|session| read_basic(session.receiver.get("esrx")?.as_str()?));
    match expiry.is_some_and(|expiry| end + LEEWAY * 2 < expiry) {
        true => Ok(()),
        false => {
            let detail = "the rand object of the IUT does not outlive the key";
            Err(Stop::inconclusive(session, Reason::Precondition, detail))
        }
    }
}
