//! Messages that arrive more than once (RFC 7252, 4.2, 4.3 and 4.5).

use std::hash::Hash;
use std::time::Duration;

use super::message::MessageType;
use super::retained::Retained;

/// EXCHANGE_LIFETIME and NON_LIFETIME with the default parameters (RFC 7252, 4.8.2): how long a Message ID of a confirmable
/// and of a non-confirmable message means the same message.
const CONFIRMABLE: Duration = Duration::from_secs(247);
const NON_CONFIRMABLE: Duration = Duration::from_secs(145);

/// The messages that have come from each endpoint `P`, and how they were answered.
#[derive(Debug, Clone)]
pub struct Deduplication<P> {
    seen: Retained<(P, u16), Option<Vec<u8>>>,
}

/// Whether a message came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// It has to be processed.
    First,
    /// It came before and must not be processed again.
    Again {
        /// What it was answered with, to be sent again; `None` if there is no answer yet, or none at all.
        answer: Option<Vec<u8>>,
    },
}

impl<P: Clone + Eq + Hash> Deduplication<P> {
    /// Remembers so many messages and so many octets of answers; beyond that, the oldest are forgotten.
    pub fn new(most_messages: usize, most_octets: usize) -> Self {
        Self {
            seen: Retained::new(most_messages, most_octets),
        }
    }

    /// Notes a confirmable or non-confirmable message that comes at this moment.
    pub fn arrive(
        &mut self,
        peer: P,
        kind: MessageType,
        message_id: u16,
        now: Duration,
    ) -> Arrival {
        let lifetime = match kind {
            MessageType::NonConfirmable => NON_CONFIRMABLE,
            _ => CONFIRMABLE,
        };
        let key = (peer, message_id);
        let is_known = self.seen.put_at(&key).is_some_and(|at| now < at + lifetime);
        if is_known {
            let answer = self.seen.get(&key).cloned().flatten();
            return Arrival::Again { answer };
        }
        self.seen.put(key, None, 0, now);
        Arrival::First
    }

    /// Keeps how a message was answered, unless it is forgotten already.
    pub fn answer(&mut self, peer: P, message_id: u16, answer: Vec<u8>) {
        let key = (peer, message_id);
        if let Some(at) = self.seen.put_at(&key) {
            let octets = answer.len();
            self.seen.put(key, Some(answer), octets, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Duration = Duration::ZERO;
    const CON: MessageType = MessageType::Confirmable;

    #[test]
    fn message_is_first_once_for_each_endpoint() {
        let mut deduplication = Deduplication::new(10, 100);
        assert_eq!(deduplication.arrive("a", CON, 1, START), Arrival::First);
        assert_eq!(deduplication.arrive("b", CON, 1, START), Arrival::First);
        assert_eq!(deduplication.arrive("a", CON, 2, START), Arrival::First);
        assert_eq!(
            deduplication.arrive("a", CON, 1, START),
            Arrival::Again { answer: None }
        );
    }

    #[test]
    fn answer_is_given_again() {
        let mut deduplication = Deduplication::new(10, 100);
        deduplication.arrive("a", CON, 1, START);
        deduplication.answer("a", 1, vec![7]);
        assert_eq!(
            deduplication.arrive("a", CON, 1, START),
            Arrival::Again {
                answer: Some(vec![7])
            }
        );
    }

    #[test]
    fn message_id_means_another_message_after_its_lifetime() {
        let mut deduplication = Deduplication::new(10, 100);
        for (kind, lifetime) in [(CON, 247), (MessageType::NonConfirmable, 145)] {
            let message_id = lifetime;
            deduplication.arrive("a", kind, message_id, START);
            let before = Duration::from_millis(u64::from(lifetime) * 1000 - 1);
            assert!(matches!(
                deduplication.arrive("a", kind, message_id, before),
                Arrival::Again { .. }
            ));
            let after = Duration::from_secs(lifetime.into());
            assert_eq!(
                deduplication.arrive("a", kind, message_id, after),
                Arrival::First
            );
        }
    }

    #[test]
    fn only_so_much_is_remembered() {
        let mut deduplication = Deduplication::new(2, 10);
        for message_id in 1..=3 {
            deduplication.arrive("a", CON, message_id, START);
            deduplication.answer("a", message_id, vec![0; 4]);
        }
        assert_eq!(deduplication.arrive("a", CON, 1, START), Arrival::First);
        deduplication.answer("a", 3, vec![0; 11]);
        assert_eq!(deduplication.arrive("a", CON, 3, START), Arrival::First);
    }
}
