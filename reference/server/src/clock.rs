use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

/// Where the CSE takes the time from: for rq_time, for timestamps and for expiry.
pub trait Clock: Send + Sync {
    /// The present moment, in UTC.
    fn now(&self) -> OffsetDateTime;

    /// How long to wait for so much time to pass.
    fn wait(&self, duration: Duration) -> Duration {
        duration
    }
}

/// The clock of the host.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// What a wait takes on a clock that stands still: enough for what is on its way to arrive.
const STANDSTILL: Duration = Duration::from_millis(50);

/// A clock that stands still until it is advanced.
#[derive(Debug)]
pub struct VirtualClock(Mutex<OffsetDateTime>);

impl VirtualClock {
    /// A clock that shows the given moment.
    pub fn new(start: OffsetDateTime) -> Self {
        Self(Mutex::new(start))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waiting for a clock that stands still would never end.
    fn wait(&self, duration: Duration) -> Duration {
        duration.min(STANDSTILL)
    }
}
