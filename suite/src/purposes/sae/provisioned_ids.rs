//! KpsaIDs under which an IUT is given keys (TS-0003 V3.18.0, 10.5).

use super::holder::Holder;
use super::outcome::{Next, compare};
use super::standing::{attempt, is_served};
use super::withdrawn_key::{UNKNOWN, fresh, registered};
use crate::catalogue::behaviour::{Ends, Role};
use crate::profile::Provisioned;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::provisioning::KeyAnswer;
use crate::verdict::{Cause, Judgement};

/// Outside the grammar, each in another way.
const WRONG: [&str; 8] = [
    "no-at.example.com",
    "a@b@in.example.com",
    "@in.example.com",
    "a b@in.example.com",
    "a/b@in.example.com",
    "ä@in.example.com",
    "a@",
    "a@-bad-.example",
];

/// CSE/ID/KPSA/002: what is refused makes no association, what is taken is found by the exact octets alone, and of two keys
/// under one KpsaID one works.
pub async fn are_exact_and_single(world: &mut World<'_>) -> Result<(), Stop> {
    let given = fresh(world, "AE1")?;
    world.equip("provision", &given).await?;
    let mut holder = registered(world, &given).await?;
    is_served(world, "twin", Role::Twin, &holder).await?;
    cut(world, &given).await?;
    let other_entity = fresh(world, "AE2")?.entity;
    for identity in WRONG {
        let wrong = Provisioned {
            name: identity.to_owned(),
            identity: identity.to_owned(),
            key: world.fresh_key(identity),
            entity: other_entity.clone(),
        };
        outside(world, &wrong).await?;
    }

    let second = Provisioned {
        key: world.fresh_key("second"),
        ..given.clone()
    };
    let step = "second-key";
    let taken = match world.provision(step, &second).await? {
        KeyAnswer::Done => Ends::Either,
        KeyAnswer::Refused(why) => {
            world.note(format!("{step}: refused: {why}"));
            Ends::Refused(UNKNOWN.to_vec())
        }
    };
    let first_ends = match taken {
        // Whoever refuses the second key keeps the first.
        Ends::Refused(_) => Ends::Established,
        _ => Ends::Either,
    };
    let first_works = stands(world, "by-the-first", &given, &first_ends).await?;
    let second_works = stands(world, "by-the-second", &second, &taken).await?;
    match (first_works, second_works) {
        (true, false) => {}
        (false, true) => {
            holder = Holder::of(&second, &holder.actor)?;
            world.associate(
                &holder.actor,
                holder.identity(step)?,
                holder.credential.clone(),
            );
        }
        (both, _) => {
            let observed = if both { "both" } else { "neither" };
            let expected = "one of the two keys under a KpsaID";
            let judgement = Judgement::fail(Cause::WrongDecision, expected, observed);
            return Err(Stop::Judged(judgement.at("by-the-second")));
        }
    }
    is_served(world, "read-back", Role::ReadBack, &holder).await
}

/// A KpsaID outside the grammar, and what is left of it without its last character.
async fn outside(world: &mut World<'_>, wrong: &Provisioned) -> Result<(), Stop> {
    let step = format!("{:?}", wrong.identity);
    match world.provision(&step, wrong).await? {
        KeyAnswer::Refused(_) => {
            stands(world, &step, wrong, &Ends::Refused(UNKNOWN.to_vec())).await?;
            cut(world, wrong).await
        }
        KeyAnswer::Done => {
            let found = match stands(world, &step, wrong, &Ends::Either).await? {
                true => "found",
                false => "not found",
            };
            world.note(format!("{step}: taken, and {found} by its octets"));
            cut(world, wrong).await?;
            let step = format!("{step}: withdraw");
            world.dispossess(&step, &wrong.identity).await
        }
    }
}

/// The beginning of an identity is another one.
async fn cut(world: &mut World<'_>, whole: &Provisioned) -> Result<(), Stop> {
    let mut identity = whole.identity.clone();
    identity.pop();
    let step = format!("{identity:?}");
    let cut = Provisioned {
        identity,
        ..whole.clone()
    };
    stands(world, &step, &cut, &Ends::Refused(UNKNOWN.to_vec())).await?;
    Ok(())
}

/// Whether an association comes about over a key, which it may.
async fn stands(
    world: &mut World<'_>,
    step: &str,
    given: &Provisioned,
    may: &Ends,
) -> Result<bool, Stop> {
    let holder = Holder::of(given, &given.name)?;
    let handshake = world.handshake(step, holder.credential);
    let attempt = attempt(world, step, Role::Stimulus, &handshake).await?;
    if let Next::Done(Some(note)) = compare(step, may, &attempt.end)? {
        world.note(note);
    }
    Ok(attempt.end.is_established())
}
