//! What time it is in a world, and texts that depend on it.

use super::World;
use crate::purposes::stop::Stop;
use crate::tester::template::Unfilled;
use serde_json::Value;
use std::time::Duration;
use time::OffsetDateTime;

impl World<'_> {
    /// Fills a value; waits first where a time boundary is close.
    pub async fn fill(&mut self, step: &str, value: &Value) -> Result<Value, Stop> {
        self.tick(step)?;
        match self.words.fill(value) {
            Err(Unfilled::TooClose(wait)) => {
                self.recorder.wait(wait).await;
                self.tick(step)?;
                self.words.fill(value)
            }
            filled => filled,
        }
        .map_err(|unfilled| Stop::unfilled(step, &unfilled))
    }

    /// Fills a value that is to be a text.
    pub async fn fill_text(&mut self, step: &str, value: impl Into<Value>) -> Result<String, Stop> {
        Ok(match self.fill(step, &value.into()).await? {
            Value::String(text) => text,
            other => other.to_string(),
        })
    }

    /// From here on the clock is that of an AE under test, which has no resources that tell the time.
    pub fn go_by_application(&mut self, step: &str) -> Result<(), Stop> {
        let link = |error| Stop::link(step, &error);
        let beginning = self.recorder.beginning().map_err(link)?;
        let elapsed = self.recorder.elapsed().map_err(link)?;
        self.start = Some((beginning + elapsed, elapsed));
        Ok(())
    }

    /// Time since the scenario began.
    pub fn since_start(&self, step: &str) -> Result<Duration, Stop> {
        let Some((_, started)) = self.start else {
            return Ok(Duration::ZERO);
        };
        let elapsed = self
            .recorder
            .elapsed()
            .map_err(|error| Stop::link(step, &error))?;
        Ok(elapsed.saturating_sub(started))
    }

    /// What time it is on the IUT's clock.
    pub fn now(&mut self, step: &str) -> Result<OffsetDateTime, Stop> {
        self.tick(step)?;
        match self.words.clock {
            Some((_, now)) => Ok(now),
            None => Err(Stop::unfilled(step, &Unfilled::NoClock)),
        }
    }

    /// Waits until a moment on the IUT's clock has passed.
    pub async fn pass(&mut self, step: &str, moment: OffsetDateTime) -> Result<(), Stop> {
        let left = moment - self.now(step)?;
        let left = Duration::try_from(left).unwrap_or_default();
        self.recorder.wait(left).await;
        Ok(())
    }

    fn tick(&mut self, step: &str) -> Result<(), Stop> {
        if let Some((start, _)) = self.start {
            let since = self.since_start(step)?;
            let since = time::Duration::try_from(since).unwrap_or(time::Duration::ZERO);
            self.words.clock = Some((start, start + since));
        }
        Ok(())
    }
}
