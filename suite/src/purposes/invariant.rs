//! Some IUTs accept a bad resource and break later, for everybody. Around a write that may do so, an
//! entity that has nothing to do with it retrieves the CSEBase and discovers below it.

use super::answer::Answer;
use super::stop::{Finding, Stop};
use super::world::{World, discovery};
use crate::catalogue::behaviour::Role;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Map;

/// The uninvolved entity.
const BYSTANDER: &str = "AE9";

/// Who stands in for it where nobody of the field is served in the clear (TS-0003 V3.18.0, 6.1.2.2.1).
const ADMINISTRATOR: &str = "ADM";

/// What the bystander was answered before the write.
pub struct Invariant {
    bystander: &'static str,
    retrieve: Answer,
    discover: Answer,
}

impl Invariant {
    /// Takes the measure.
    pub async fn before(world: &mut World<'_>) -> Result<Self, Stop> {
        let bystander = bystander(world).await?;
        let (retrieve, discover) = look(world, bystander, "before").await?;
        for (what, answer) in [("retrieve", &retrieve), ("discover", &discover)] {
            if answer.is_undecided() {
                let step = format!("invariant before: {what}");
                let finding = Finding::new(Cause::NoDecision, "a decision", answer.to_string());
                return Err(Stop::mismatch(&step, Role::Invariant, finding, answer));
            }
        }
        Ok(Self {
            bystander,
            retrieve,
            discover,
        })
    }

    /// Takes it again: a broken invariant is the fail of the purpose, whatever else it found.
    pub async fn after(self, world: &World<'_>, result: Result<(), Stop>) -> Result<(), Stop> {
        let (retrieve, discover) = match look(world, self.bystander, "after").await {
            Ok(answers) => answers,
            // What the purpose found says more than that its link has ended.
            Err(stop) => return result.and(Err(stop)),
        };
        for (what, before, after) in [
            ("retrieve", &self.retrieve, &retrieve),
            ("discover", &self.discover, &discover),
        ] {
            if before.code() != after.code() {
                let judgement = Judgement::fail(
                    Cause::Poison,
                    format!("{before} to an uninvolved entity, as before"),
                    after.to_string(),
                );
                return Err(Stop::Judged(
                    judgement.at(format!("invariant after: {what}")),
                ));
            }
        }
        result
    }
}

/// Registers the uninvolved entity; who it is.
async fn bystander(world: &mut World<'_>) -> Result<&'static str, Stop> {
    let step = world.step(&format!("register {BYSTANDER}"));
    let (request, path) = world.registration(BYSTANDER, &step, &Map::new()).await?;
    let answer = world
        .create(BYSTANDER, BYSTANDER, &step, Role::SetUp, request, path)
        .await?;
    if answer.succeeded() {
        return Ok(BYSTANDER);
    }
    let in_associations_only = ResponseStatusCode::SECURITY_ASSOCIATION_REQUIRED;
    match answer.code() == Some(in_associations_only.number()) {
        true => Ok(ADMINISTRATOR),
        false => {
            let expected = "2001 CREATED for the registration";
            let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
            Err(Stop::mismatch(&step, Role::SetUp, finding, &answer))
        }
    }
}

async fn look(world: &World<'_>, bystander: &str, when: &str) -> Result<(Answer, Answer), Stop> {
    let base = world.facts().cse_base.clone();
    let retrieve = world
        .send(
            bystander,
            &format!("invariant {when}: retrieve"),
            Role::Invariant,
            Request::retrieve(base.clone()),
            None,
            &[],
        )
        .await?;
    let mut request = discovery(base, Vec::new());
    request.filter.level = Some(1);
    let discover = world
        .send(
            bystander,
            &format!("invariant {when}: discover"),
            Role::Invariant,
            request,
            None,
            &[],
        )
        .await?;
    Ok((retrieve, discover))
}
