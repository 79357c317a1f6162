//! Objects that come again.

use super::fixture::{
    ACTOR, expect, instances, object, sent, sent_text, served, served_object, with_session,
};
use crate::catalogue::behaviour::{Expectation, Part, Protection, Role, Spelled, Spelling};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::{Cause, Reason};

/// What refuses a replay.
const REFUSALS: [u16; 5] = [4000, 4113, 4114, 4115, 5210];
const ROLE: Role = Role::Stimulus;

/// CSE/ESPRIM/RPL/001: an object that was executed is not executed again.
pub async fn are_refused(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    served(world, "object", Role::Twin).await?;
    let again = Protection {
        again: Some("object".into()),
        ..Protection::default()
    };
    let sealed = sent(world, "again", ROLE, &again).await?;
    let made = instances(world, "read-back", &[2, 3]).await?;
    let refused = Expectation::Codes(REFUSALS.to_vec());
    match (made, world.facts().claims("PICS_ESPRIM_REPLAY_DETECTION")) {
        (2, _) => expect("again", ROLE, &refused, &sealed),
        (_, true) => {
            let finding = Finding::new(Cause::SideEffect, "one execution", "two");
            Err(Stop::mismatch(
                "read-back",
                Role::ReadBack,
                finding,
                &sealed.answer,
            ))
        }
        (_, false) => {
            let detail =
                "the copy was executed while the rand objects were valid, which TS-0003 allows";
            Err(Stop::inconclusive("again", Reason::Precondition, detail))
        }
    }
}

/// CSE/ESPRIM/RPL/005: nor is the same object in another spelling.
pub async fn are_noticed_in_any_spelling(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let (kept, _) = served_object(world, "object", Role::Twin).await?;
    let respelled = respelled(&kept.object);
    for (step, text) in [
        ("respelled", respelled.as_str()),
        ("unchanged", &kept.object),
    ] {
        let sealed = sent_text(world, step, ROLE, ACTOR, text, &kept).await?;
        instances(world, &format!("{step}: read-back"), &[2]).await?;
        expect(step, ROLE, &Expectation::Codes(REFUSALS.to_vec()), &sealed)?;
    }
    Ok(())
}

/// CSE/ESPRIM/RPL/006: a response is no request.
pub async fn of_responses_are_refused(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let (kept, sealed) = served_object(world, "object", Role::Twin).await?;
    let response = object(&sealed).unwrap_or_default().to_owned();
    let reflected = sent_text(world, "reflected", ROLE, ACTOR, &response, &kept).await?;
    instances(world, "read-back", &[2]).await?;
    let codes = Expectation::Codes(vec![4000, 4116, 5210]);
    expect("reflected", ROLE, &codes, &reflected)
}

/// CSE/ESPRIM/IMP/009: who sends an object of somebody else reads nothing of the answer.
pub async fn tell_others_nothing(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let (kept, _) = served_object(world, "object", Role::Twin).await?;
    let stolen = sent_text(world, "stolen", ROLE, "AE2", &kept.object, &kept).await?;
    let clear = stolen.outer.content().map(ToString::to_string);
    let shows = clear.is_some_and(|clear| clear.contains("m2m:cin") || clear.contains("\"rsc\""));
    // What opens under the key of AE1 opens under no other.
    let is_lawful = match stolen.is_inner {
        true => stolen.answer.primitive().is_some(),
        false => stolen
            .answer
            .code()
            .is_some_and(|code| (4000..5300).contains(&code) && code != 5000),
    };
    match is_lawful && !shows {
        true => Ok(()),
        false => {
            let finding = Finding::new(
                Cause::Leak,
                "a refusal, or an object that only AE1 opens",
                stolen.answer.to_string(),
            );
            Err(Stop::mismatch("stolen", ROLE, finding, &stolen.outer))
        }
    }
}

fn respelled(object: &str) -> String {
    let spelled = Spelled {
        part: Part::Tag,
        how: Spelling::StrayBits,
    };
    crate::tester::esprim::respelled(object, &spelled)
}
