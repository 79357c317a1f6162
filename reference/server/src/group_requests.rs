use std::collections::{HashSet, VecDeque};

use time::{Duration, OffsetDateTime};

/// How long a Group Request Identifier is remembered, by local policy (TS-0004 V3.32.0, 7.3.3.2).
const REMEMBERED: Duration = Duration::minutes(1);

/// The most pairs that are remembered at a time; the oldest go first.
const MOST: usize = 16 * 1024;

/// The Group Request Identifiers that came, each with a resource that was targeted (TS-0004 V3.32.0, 7.3.3.2).
#[derive(Debug, Default)]
pub(crate) struct GroupRequests {
    seen: HashSet<(String, String)>,
    order: VecDeque<(OffsetDateTime, (String, String))>,
    assigned: u64,
}

impl GroupRequests {
    /// Notes that a request came; whether it is the first of this identifier to this target.
    pub(crate) fn note(&mut self, identifier: &str, target: &str, now: OffsetDateTime) -> bool {
        self.forget(now);
        let pair = (identifier.to_owned(), target.to_owned());
        let is_first = self.seen.insert(pair.clone());
        if is_first {
            self.order.push_back((now.saturating_add(REMEMBERED), pair));
        }
        is_first
    }

    /// The next number for an identifier of the CSE's own.
    pub(crate) fn assign(&mut self) -> u64 {
        self.assigned += 1;
        self.assigned
    }

    fn forget(&mut self, now: OffsetDateTime) {
        while let Some((until, pair)) = self.order.front() {
            if *until > now && self.order.len() < MOST {
                break;
            }
            self.seen.remove(pair);
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GroupRequests, MOST};
    use time::Duration;
    use time::macros::datetime;

    #[test]
    fn pair_is_remembered_for_a_minute() {
        let mut requests = GroupRequests::default();
        let now = datetime!(2025-11-20 13:27:30 UTC);
        assert!(requests.note("g1", "a", now));
        assert!(!requests.note("g1", "a", now));
        assert!(requests.note("g1", "b", now));
        assert!(requests.note("g2", "a", now));
        assert!(requests.note("g1", "a", now + Duration::minutes(1)));
    }

    #[test]
    fn number_of_pairs_is_bounded() {
        let mut requests = GroupRequests::default();
        let now = datetime!(2025-11-20 13:27:30 UTC);
        for number in 0..2 * MOST {
            requests.note(&number.to_string(), "a", now);
        }
        assert!(requests.seen.len() <= MOST);
        assert_eq!(requests.seen.len(), requests.order.len());
    }
}
