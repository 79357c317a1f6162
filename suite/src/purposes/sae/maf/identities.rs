//! Whom an association with a key of the MAF stands for (TS-0003 V3.18.0, 8.2.2.3 and 7.2.1).

use super::ground::Ground;
use super::kc::Kc;
use crate::catalogue::behaviour::Role;
use crate::purposes::sae::announced_credential;
use crate::purposes::sae::holder::Holder;
use crate::purposes::sae::prepared::Prepared;
use crate::purposes::sae::standing::{attempt, close, standing};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use onem2m_primitive::ResponseStatusCode;
use serde_json::Map;

/// CSE/SAE/MAF/011.
pub async fn are_those_of_the_maf<'a>(
    world: &mut World<'a>,
    ground: &Ground<'a>,
) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let step = "as-another";
    // With this key nobody has registered yet.
    let kc = ground.another(world, step)?;
    let (holder, other) = (ground.holder_of(world, "AE1", &kc)?, &ground.second);
    let from = other.identity(step)?;
    let (request, _) = world.registration(&other.actor, step, &Map::new()).await?;
    let refused = ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED.number();
    let prepared = Prepared::new(world, &holder, step, Role::Stimulus, request, Some(from))?
        .expecting(&[refused]);
    let handshake = ground.handshake(world, step, &holder);
    let asking = async {
        let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
        let mut association = standing(step, Role::SetUp, attempt)?;
        prepared.ask(world, &mut association).await?;
        close(step, &mut association).await
    };
    let (stimulus, script) = (Role::Stimulus, &ground.giving(&kc));
    let (asked, _) = ground.maf.beside(step, stimulus, script, asking).await?;
    asked?;
    // Who has been registered by somebody else cannot register.
    let enrolled = ground.enrol(world, "read-back", Role::ReadBack, other, script);
    enrolled.await.map(drop)
}

/// CSE/SAE/MAF/012.
pub async fn by_a_credential<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    let step = "request";
    let km_id = format!("{}@{}", world.name("tpKm1"), ground.maf.fqdn);
    let kc = Kc::draw(world, step, &km_id)?;
    let holder = Holder {
        entities: Vec::new(),
        ..ground.holder_of(world, "AE1", &kc)?
    };
    let ground = Ground {
        script: ground.giving(&kc),
        ..ground.clone()
    };
    let identity = ground.identity_of(&kc);
    let announcing =
        announced_credential::of_a_key_of_an_maf(world, step, &holder, &km_id, &identity);
    let (stimulus, script) = (Role::Stimulus, &ground.script);
    let beside = ground.maf.beside(step, stimulus, script, announcing).await;
    // It leaves while the MAF gives its key.
    ground.end(world).await;
    let (announced, _) = beside?;
    announced
}
