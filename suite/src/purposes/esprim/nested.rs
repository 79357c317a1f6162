//! Objects inside objects.

use super::fixture::{ACTOR, expect, instance, served, with_session};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::Cause;
use onem2m_primitive::Request;
use serde_json::json;

/// Each level is a third longer than what it holds: 50 of them, which the catalogue first asked for, are gigabytes.
const DEPTHS: [usize; 2] = [2, 16];
/// A Notify that is carried out, and what refuses one.
const LAWFUL: [u16; 5] = [2000, 4000, 4005, 4102, 5210];
const ROLE: Role = Role::Stimulus;

/// CSE/ESPRIM/IMP/016: an answer comes, and others are served.
pub async fn are_answered(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    for depth in DEPTHS {
        let step = format!("{depth} deep");
        let mut request = instance(world, &step)?;
        let mut kept = None;
        for level in 1..=depth {
            let name = format!("{step}: level {level}");
            let sealed = world
                .seal(ACTOR, &name, &request, &Protection::default())
                .await?;
            let content = json!({"m2m:seci": {"sit": 5, "epo": sealed.object}});
            request = Request::notify(world.find(&name, "{CB}")?, content);
            kept = Some(sealed);
        }
        let answer = world.send(ACTOR, &step, ROLE, request, None, &[]).await?;
        let Some(kept) = kept else {
            continue;
        };
        let sealed = world.taken(&step, &kept, answer)?;
        if !sealed
            .answer
            .code()
            .is_some_and(|code| LAWFUL.contains(&code))
        {
            let finding = Finding::new(
                Cause::NoDecision,
                "the request carried out, or a refusal",
                sealed.answer.to_string(),
            );
            return Err(Stop::mismatch(&step, ROLE, finding, &sealed.answer));
        }
        let control = format!("{step}: control");
        let served = served(world, &control, Role::ReadBack).await?;
        expect(&control, Role::ReadBack, &Expectation::Permit, &served)?;
    }
    Ok(())
}
