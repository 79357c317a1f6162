//! Some IUTs accept a bad resource and break later, for everybody. Around a write that may do so, an
//! entity that has nothing to do with it retrieves the CSEBase and discovers below it.

use super::answer::Answer;
use super::stop::{Finding, Stop};
use super::world::{World, discovery};
use crate::catalogue::behaviour::Role;
use crate::verdict::{Cause, Judgement};
use onem2m_primitive::Request;
use serde_json::Map;

/// The uninvolved entity.
const BYSTANDER: &str = "AE9";

/// What the bystander was answered before the write.
pub struct Invariant {
    retrieve: Answer,
    discover: Answer,
}

impl Invariant {
    /// Takes the measure.
    pub async fn before(world: &mut World<'_>) -> Result<Self, Stop> {
        world.register(BYSTANDER, &Map::new()).await?;
        let (retrieve, discover) = look(world, "before").await?;
        for (what, answer) in [("retrieve", &retrieve), ("discover", &discover)] {
            if answer.is_undecided() {
                let step = format!("invariant before: {what}");
                let finding = Finding::new(Cause::NoDecision, "a decision", answer.to_string());
                return Err(Stop::mismatch(&step, Role::Invariant, finding, answer));
            }
        }
        Ok(Self { retrieve, discover })
    }

    /// Takes it again: a broken invariant is the fail of the purpose, whatever else it found.
    pub async fn after(self, world: &World<'_>, result: Result<(), Stop>) -> Result<(), Stop> {
        let (retrieve, discover) = match look(world, "after").await {
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

async fn look(world: &World<'_>, when: &str) -> Result<(Answer, Answer), Stop> {
    let base = world.facts().cse_base.clone();
    let retrieve = world
        .send(
            BYSTANDER,
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
            BYSTANDER,
            &format!("invariant {when}: discover"),
            Role::Invariant,
            request,
            None,
            &[],
        )
        .await?;
    Ok((retrieve, discover))
}
