//! One sequence on fresh resources: steps, oracles, a look at what is left, and cleaning up.

mod aftermath;
mod clean_up;
mod world;

pub use world::World;

use super::field::Field;
use super::flight::patience;
use super::model::Model;
use super::novelty::Shape;
use super::step::Step;
use super::trouble::Trouble;
use crate::purposes::answer::Answer;
use crate::tester::link::{LinkError, OutgoingRequest, Received};
use std::time::Duration;

/// Where the next step comes from.
pub trait Source: Send {
    /// The next step in the state that has been brought about; none at the end.
    fn next(&mut self, model: &Model) -> Option<Step>;
}

/// Steps that are known beforehand.
pub struct Given<'a>(std::slice::Iter<'a, Step>);

impl<'a> Given<'a> {
    /// These steps.
    pub fn new(steps: &'a [Step]) -> Self {
        Self(steps.iter())
    }
}

impl Source for Given<'_> {
    fn next(&mut self, _: &Model) -> Option<Step> {
        self.0.next().cloned()
    }
}

/// What went over the line at the step that showed something.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The request.
    pub request: OutgoingRequest,
    /// What came back.
    pub received: Received,
}

/// What an oracle saw, and where.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What is wrong.
    pub trouble: Trouble,
    /// The position of the step; the number of steps where it was seen afterwards.
    pub at: usize,
    /// The step in words.
    pub step: String,
    /// The exchange.
    pub exchange: Option<Sent>,
    /// Whether nobody answers any more.
    pub is_dead: bool,
}

/// What a trial came to.
#[derive(Debug, Default)]
pub struct Trial {
    /// The steps that were sent.
    pub steps: Vec<Step>,
    /// The first thing that was wrong.
    pub seen: Option<Seen>,
    /// What answers looked like.
    pub shapes: Vec<Shape>,
    /// Requests that were sent.
    pub requests: u64,
    /// What could not be removed.
    pub left_behind: Vec<String>,
    /// The requests in the order in which they went out, for the script of a finding.
    pub sent: Vec<OutgoingRequest>,
}

/// Runs the steps of a source in a world of their own. `number` keeps its names apart from those of other trials.
pub async fn run(
    field: &Field,
    source: &mut dyn Source,
    number: u64,
    keep: bool,
) -> Result<Trial, LinkError> {
    let label = format!("fuzz/{number}");
    let link = field
        .links
        .open(&label, 1)
        .ok_or_else(|| LinkError::NoWay("no link".into()))?;
    let mut world = World::new(field, link.as_ref(), &label);
    let mut trial = Trial::default();
    let mark = field
        .memory
        .and_then(|memory| Some((memory, memory.mark()?)));
    while !world.is_lost
        && let Some(step) = source.next(&world.model)
    {
        let at = trial.steps.len();
        trial.steps.push(step.clone());
        let Some(done) = world.perform(&step).await? else {
            continue;
        };
        trial
            .shapes
            .push(Shape::of(&step, &world.model, &done.answer));
        if keep {
            trial.sent.push(done.request.clone());
        }
        if let Some(trouble) = done.trouble {
            trial.seen = Some(Seen {
                trouble,
                at,
                step: step.to_string(),
                exchange: Some(Sent {
                    request: done.request,
                    received: done.received,
                }),
                is_dead: false,
            });
            break;
        }
    }
    if trial.seen.is_none()
        && let Some((memory, mark)) = mark
    {
        trial.seen = memory.judge(mark).map(|trouble| Seen {
            trouble,
            at: trial.steps.len(),
            step: "the whole sequence".to_owned(),
            exchange: None,
            is_dead: false,
        });
    }
    match &mut trial.seen {
        Some(seen) => confirm_death(&mut world, seen).await?,
        None => {
            // Where a finding is looked at again, what is late is waited for.
            let patience = match keep {
                true => patience(),
                false => Duration::ZERO,
            };
            let seen = aftermath::look(&mut world, trial.steps.len(), patience).await?;
            trial.seen = seen;
        }
    }
    if link.outlives_purpose() {
        trial.left_behind = clean_up::clean_up(&mut world).await?;
    }
    world.forget_notifications().await?;
    trial.requests = world.requests();
    Ok(trial)
}

/// What ended a connection, or silenced it, may have ended the IUT.
async fn confirm_death(world: &mut World<'_>, seen: &mut Seen) -> Result<(), LinkError> {
    use crate::verdict::Cause;
    if !matches!(
        seen.trouble.cause,
        Cause::NoDecision | Cause::Hang | Cause::Crash
    ) {
        return Ok(());
    }
    match world.is_served().await? {
        true if seen.trouble.cause == Cause::Crash => {
            seen.trouble.cause = Cause::NoDecision;
        }
        true => {}
        false => {
            seen.is_dead = true;
            if seen.trouble.cause == Cause::NoDecision {
                seen.trouble.cause = Cause::Crash;
            }
        }
    }
    Ok(())
}

/// What came of one step.
pub struct Done {
    /// The request.
    pub request: OutgoingRequest,
    /// What came back.
    pub received: Received,
    /// The same, read.
    pub answer: Answer,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
}
