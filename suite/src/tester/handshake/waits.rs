use super::channel::Deadline;
use std::collections::VecDeque;
use std::time::Duration;

/// How long an answer is waited for before a flight is repeated, and again, until the patience is at its end
/// (RFC 6347, 4.2.4.1: at first a second, then twice as long each time; a short patience is divided likewise). Over a stream nothing is repeated.
#[derive(Debug)]
pub struct Waits {
    /// Until when the present wait lasts.
    pub deadline: Deadline,
    later: VecDeque<Duration>,
}

impl Waits {
    /// The first wait of a patience.
    pub fn new(patience: Duration, datagram: bool) -> Self {
        let mut later = if datagram {
            intervals(patience)
        } else {
            VecDeque::from([patience])
        };
        let first = later.pop_front().unwrap_or(patience);
        Self {
            deadline: Deadline::after(first),
            later,
        }
    }

    /// Goes on to the next wait, if there is one.
    pub fn next(&mut self) -> bool {
        match self.later.pop_front() {
            Some(interval) => {
                self.deadline = Deadline::after(interval);
                true
            }
            None => false,
        }
    }
}

fn intervals(patience: Duration) -> VecDeque<Duration> {
    let mut intervals = VecDeque::new();
    let mut left = patience;
    let mut interval = Duration::from_secs(1).min(patience / 3);
    while !left.is_zero() {
        let part = interval.min(left);
        intervals.push_back(part);
        left -= part;
        interval = interval.saturating_mul(2);
    }
    intervals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_fill_the_patience() {
        let seconds = |patience| {
            let intervals = intervals(Duration::from_secs(patience));
            let seconds = intervals.iter().map(Duration::as_secs);
            seconds.collect::<Vec<_>>()
        };
        assert_eq!(seconds(10), [1, 2, 4, 3]);
        assert_eq!(seconds(3), [1, 2]);
        let short = intervals(Duration::from_millis(300));
        assert_eq!(short, [100, 200].map(Duration::from_millis));
    }
}
