//! Of two AEs that register at the same time with one AE-ID-Stem, one wins.

use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked};
use crate::purposes::world::{Manner, World};
use crate::purposes::{Finding, Stop};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Request, ResponseStatusCode};
use serde_json::Map;

/// How often they try.
const ROUNDS: u32 = 50;

/// CSE/IMP/REG/005: AE5 and AE7 both register with the stem of AE5.
pub async fn one_wins(_: &mut World<'_>, tested: &mut World<'_>) -> Result<(), Stop> {
    let (first, path) = tested.registration("AE5", "register", &Map::new()).await?;
    let (second, other) = tested.registration("AE7", "register", &Map::new()).await?;
    for path in [&path, &other] {
        tested.remember("AE5", path.clone(), Some(2));
    }
    for round in 1..=ROUNDS {
        let world = &*tested;
        let (one, two) = tokio::join!(
            register(world, "AE5", round, first.clone()),
            register(world, "AE7", round, second.clone()),
        );
        let (one, two) = (one?, two?);
        let winner = match (one.succeeded(), two.succeeded()) {
            (true, false) => &path,
            (false, true) => &other,
            _ => return Err(not_one(round, &one, &two)),
        };
        let step = format!("read-back {round}");
        let retrieve = Request::retrieve(winner.clone());
        let shown = world
            .send("AE5", &step, Role::ReadBack, retrieve, None, &[])
            .await?;
        succeeds(&step, Role::ReadBack, Operation::Retrieve, &shown)?;
        let step = format!("deregister {round}");
        let delete = Request::delete(winner.clone());
        let gone = world
            .send("AE5", &step, Role::SetUp, delete, None, &[])
            .await?;
        succeeds(&step, Role::SetUp, Operation::Delete, &gone)?;
    }
    Ok(())
}

/// Registers with the stem of AE5; success and the refusal of a stem that is taken are both answers.
async fn register(
    world: &World<'_>,
    actor: &str,
    round: u32,
    request: Request,
) -> Result<Answer, Stop> {
    let step = format!("{actor}: register {round}").to_lowercase();
    let stem = world
        .identity("AE5")
        .map_err(|unfilled| Stop::unfilled(&step, &unfilled))?;
    let manner = Manner {
        from: Some(&stem),
        ..Manner::default()
    };
    let answer = world
        .send_in(manner, actor, &step, Role::Stimulus, request)
        .await?;
    let asked = Asked::of(Operation::Create);
    let taken = Expectation::Dispute("ae-already-registered".into());
    let mut codes = match world.facts().resolve(&taken) {
        Ok(Expectation::Codes(codes)) => codes,
        Ok(_) => Vec::new(),
        Err(detail) => return Err(Stop::error(&step, detail)),
    };
    codes.push(ResponseStatusCode::CREATED.number());
    check::check(&asked, &Expectation::Codes(codes), &answer)
        .map_err(|finding| Stop::mismatch(&step, Role::Stimulus, finding, &answer))?;
    Ok(answer)
}

fn not_one(round: u32, one: &Answer, two: &Answer) -> Stop {
    let step = format!("ae7: register {round}");
    let expected = "success for one of the two and a refusal for the other";
    let observed = format!("{one} for one and {two} for the other in round {round}");
    let finding = Finding::new(Cause::WrongDecision, expected, observed);
    Stop::mismatch(&step, Role::Stimulus, finding, two)
}

fn succeeds(step: &str, role: Role, operation: Operation, answer: &Answer) -> Result<(), Stop> {
    check::check(&Asked::of(operation), &Expectation::Permit, answer)
        .map(|_| ())
        .map_err(|finding| Stop::mismatch(step, role, finding, answer))
}
