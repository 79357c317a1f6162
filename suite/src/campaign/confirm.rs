//! Whether a sequence shows the same again, on fresh resources.

use super::field::Field;
use super::step::Step;
use super::trial::{self, Given, Trial};
use super::trouble::Trouble;
use crate::tester::link::LinkError;

/// How often a finding is seen again before it counts as certain.
pub const TIMES: u32 = 5;

/// Where the numbers of trials begin that are no sequences of the campaign: their names never meet.
const APART: u64 = 1 << 40;

/// Runs sequences again.
pub struct Confirmation<'a> {
    field: &'a Field,
    number: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// Whether the IUT has died of one.
    pub is_dead: bool,
}

impl<'a> Confirmation<'a> {
    /// For the finding with this number, or with any other that no two have.
    pub fn new(field: &'a Field, finding: u64) -> Self {
        Self {
            field,
            number: APART + (finding << 20),
            requests: 0,
            is_dead: false,
        }
    }

    /// One trial of steps that are known.
    pub async fn run(&mut self, steps: &[Step]) -> Result<Trial, LinkError> {
        self.number += 1;
        let trial = trial::run(self.field, &mut Given::new(steps), self.number, true).await?;
        self.requests += trial.requests;
        if trial.seen.as_ref().is_some_and(|seen| seen.is_dead) && self.field.is_shared {
            self.is_dead = true;
        }
        Ok(trial)
    }

    /// The trial, if it shows the same trouble.
    pub async fn shows(
        &mut self,
        steps: &[Step],
        like: &Trouble,
    ) -> Result<Option<Trial>, LinkError> {
        let trial = self.run(steps).await?;
        let is_same = trial
            .seen
            .as_ref()
            .is_some_and(|seen| seen.trouble.is_like(like));
        Ok(is_same.then_some(trial))
    }

    /// In how many of so many trials the same shows.
    pub async fn count(
        &mut self,
        steps: &[Step],
        like: &Trouble,
        times: u32,
    ) -> Result<u32, LinkError> {
        let mut shown = 0;
        for _ in 0..times {
            if self.is_dead {
                break;
            }
            shown += u32::from(self.shows(steps, like).await?.is_some());
        }
        Ok(shown)
    }
}
