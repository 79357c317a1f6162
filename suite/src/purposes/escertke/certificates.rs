//! Who initiates, and by what it is known.

use super::attempt::{Attempt, completes};
use super::parties::{INITIATOR, OTHER, raw_key, ready};
use super::refusals::{are_refused, refused_with};
use crate::catalogue::behaviour::Role;
use crate::purposes::sae::spoilt_peer;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Credential;
use serde_json::{Map, json};

const ROLE: Role = Role::Stimulus;
/// Who acts over a raw public key.
const RAW: &str = "AE3";

/// CSE/ESCERTKE/TLS/005
pub async fn of_nobody(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let attempt = Attempt::new("anonymous", ROLE, &Credential::None);
    are_refused(world, &parties, vec![attempt]).await
}

/// CSE/ESCERTKE/TLS/006
pub async fn with_bad_certificates(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let mut attempts = Vec::new();
    for (step, defect) in [
        ("unknown-authority", json!("untrusted_anchor")),
        ("expired", json!({"ended_seconds_ago": 1})),
        (
            "name-constraints",
            json!({"issuer_permits": [{"uri": "other.example.org"}]}),
        ),
        ("wildcard", json!({"names": [{"same": "{cut}*"}]})),
        ("fqdn", json!({"names": [{"dns": "mef.example.org"}]})),
    ] {
        let credential = spoilt_peer(world, step, &parties.name, &defect)?;
        attempts.push(Attempt::new(step, ROLE, &credential));
    }
    are_refused(world, &parties, attempts).await
}

/// CSE/ESCERTKE/TLS/007
pub async fn of_who_may_not_initiate(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let attempt = Attempt::new("not-authorised", ROLE, &parties.other).of(OTHER);
    are_refused(world, &parties, vec![attempt]).await
}

/// CSE/ESCERTKE/TLS/008
pub async fn without_proof(world: &mut World<'_>) -> Result<(), Stop> {
    let flight = [
        "certificate",
        "client-key-exchange",
        "change-cipher-spec",
        "finished",
    ];
    let runs = [
        ("other-key", json!({"certificate-verify": "other-key"})),
        ("none", json!({"flight": flight})),
    ];
    refused_with(world, &runs).await
}

/// CSE/ESCERTKE/TLS/010
pub async fn with_raw_keys(world: &mut World<'_>) -> Result<(), Stop> {
    let parties = ready(world).await?;
    let (bound, entities) = raw_key(world, true)?;
    let (unbound, _) = raw_key(world, false)?;
    let entity = entities.first().cloned().unwrap_or_default();
    world.associate(RAW, &entity, bound.clone());
    world.register(RAW, &Map::new()).await?;
    let twin = Attempt::new("bound", Role::Twin, &bound).of(RAW);
    twin.made(world).await?.is_complete()?;
    for (step, actor) in [("unbound", RAW), ("unbound-of-another", INITIATOR)] {
        let attempt = Attempt::new(step, ROLE, &unbound).of(actor);
        attempt.made(world).await?.is_refused()?;
    }
    completes(world, &parties, "read-back", Role::ReadBack).await?;
    Ok(())
}
