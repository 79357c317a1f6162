//! How long the IUT has a key (TS-0003 V3.18.0, 8.2.2.3 and 8.8.2.8).

use super::answers::stands;
use super::ground::Ground;
use crate::catalogue::behaviour::Role;
use crate::purposes::sae::client::refusal::fail;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::Cause;
use time::Duration;

/// How long the key is good.
const LIFETIME: Duration = Duration::seconds(6);

/// CSE/SAE/MAF/010.
pub async fn ends<'a>(world: &mut World<'a>, ground: &Ground<'a>) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    let beginning = world.now("at-once")?;
    let until = beginning.saturating_add(LIFETIME);
    let kc = ground.another(world, "at-once")?.until(until);
    stands(world, ground, "at-once", &kc).await?;
    let half = beginning.saturating_add(LIFETIME / 2);
    world.pass("half-way", half).await?;
    let visits = stands(world, ground, "half-way", &kc).await?;
    note_retrievals(world, "half-way", ground.retrievals(&visits, &kc));
    let late = world.facts().seconds("PIXIT_TEXPIRE").saturating_add(1);
    let late = Duration::seconds(i64::try_from(late).unwrap_or(i64::MAX));
    world.pass("expired", until.saturating_add(late)).await?;
    // The MAF has it no more.
    let holder = ground.holder_of(world, "AE1", &kc)?;
    ground
        .refuses(world, "expired", &holder, &ground.script)
        .await?;
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// CSE/MAF/RET/001.
pub async fn of_a_key_that_is_there<'a>(
    world: &mut World<'a>,
    ground: &Ground<'a>,
) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    let kc = ground.another(world, "key")?;
    let first = stands(world, ground, "first", &kc).await?;
    ground.asks_for("first", &first, &[&kc.relative])?;
    if ground.retrievals(&first, &kc) == 0 {
        let expected = format!("a retrieval of {}", kc.relative);
        return Err(fail("first", Cause::WrongDecision, &expected, "none"));
    }
    let second = stands(world, ground, "second", &kc).await?;
    ground.asks_for("second", &second, &[&kc.relative])?;
    let retrievals = ground.retrievals(&second, &kc);
    note_retrievals(world, "second", retrievals);
    match retrievals {
        0 | 1 => ground.is_served(world, "read-back", Role::ReadBack).await,
        several => {
            let observed = format!("{several} retrievals");
            let expected = "at most one retrieval";
            Err(fail("second", Cause::WrongDecision, expected, &observed))
        }
    }
}

fn note_retrievals(world: &mut World<'_>, step: &str, retrievals: usize) {
    world.note(match retrievals {
        0 => format!("{step}: the MAF is not asked again"),
        _ => format!("{step}: the MAF is asked again"),
    });
}
