//! Many requests, and two at the same moment.

use super::fixture::{
    ACTOR, expect, instance, instances, paired, sent, sent_text, served, with_session,
};
use crate::catalogue::behaviour::{Expectation, Protection, Role};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::verdict::{Cause, Reason};
use onem2m_primitive::Request;
use serde_json::json;

const ROLE: Role = Role::Stimulus;
/// How often an object is sent twice at the same moment.
const ROUNDS: u64 = 20;

/// CSE/ESPRIM/RRO/009: whoever asks for many rand objects keeps nobody else out.
pub async fn keeps_nobody_out(world: &mut World<'_>) -> Result<(), Stop> {
    paired(world).await?;
    let count = world.facts().seconds("PIXIT_FLOOD_COUNT");
    if count == 0 {
        let detail = "PIXIT_FLOOD_COUNT names no number of requests";
        return Err(Stop::inconclusive("flood", Reason::TestBed, detail));
    }
    let usual = Protection::default();
    let request = instance(world, "object")?;
    let kept = world.seal(ACTOR, "object", &request, &usual).await?;
    for number in 1..=count {
        let step = format!("flood {number}");
        let content = json!({"m2m:seci": {"sit": 3}});
        let request = Request::notify(world.find(&step, "{CB}")?, content);
        let answer = world.send("AE2", &step, ROLE, request, None, &[]).await?;
        if answer.code().is_none() {
            let expected = "a rand object or a refusal";
            let finding = Finding::new(Cause::NoDecision, expected, answer.to_string());
            return Err(Stop::mismatch(&step, ROLE, finding, &answer));
        }
    }
    let sealed = sent_text(world, "object", ROLE, ACTOR, &kept.object, &kept).await?;
    if sealed.answer.succeeded() {
        return instances(world, "read-back", &[1]).await.map(|_| ());
    }
    // The Receiver may have forgotten an object, as long as it gives another.
    expect("object", ROLE, &Expectation::Codes(vec![4114]), &sealed)?;
    let again = Protection {
        session: Some("again".into()),
        ..Protection::default()
    };
    let sealed = sent(world, "again", ROLE, &again).await?;
    expect("again", ROLE, &Expectation::Permit, &sealed)
}

/// CSE/ESPRIM/RPL/002: of two requests with one Request Identifier at the same moment one is carried out.
pub async fn twice_at_once(world: &mut World<'_>) -> Result<(), Stop> {
    with_session(world).await?;
    let (mut made, mut twice) = (1, 0);
    for round in 1..=ROUNDS {
        let step = format!("round {round}");
        let usual = Protection::default();
        let request = instance(world, &step)?;
        let kept = world.seal(ACTOR, &step, &request, &usual).await?;
        let content = json!({"m2m:seci": {"sit": 5, "epo": kept.object}});
        let request = Request::notify(world.find(&step, "{CB}")?, content);
        let (octets, identifier) = world.prepare(ACTOR, &step, request, None)?;
        let (first, second) = tokio::join!(
            world.exchange("first", &step, ROLE, octets.clone(), &identifier),
            world.exchange("second", &step, ROLE, octets, &identifier)
        );
        for answer in [first?, second?] {
            if answer.code().is_none() {
                let finding = Finding::new(Cause::NoDecision, "a response", answer.to_string());
                return Err(Stop::mismatch(&step, ROLE, finding, &answer));
            }
        }
        let read_back = format!("{step}: read-back");
        let found = instances(world, &read_back, &[made + 1, made + 2]).await?;
        twice += u64::from(found == made + 2);
        made = found;
    }
    if twice > 0 {
        // Lawful where the first was finished before the second was taken up, which cannot be seen from outside.
        let detail = format!("{twice} of {ROUNDS} objects were carried out twice");
        return Err(Stop::inconclusive("rounds", Reason::Precondition, detail));
    }
    served(world, "control", Role::ReadBack).await.map(|_| ())
}
