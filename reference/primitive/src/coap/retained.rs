//! What is kept for a while.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::time::Duration;

/// Values by key, bounded in number and octets: the value that was put longest ago goes first.
///
/// Times are what has passed since a moment of the caller's, and do not decrease.
#[derive(Debug, Clone)]
pub struct Retained<K, V> {
    entries: HashMap<K, Entry<V>>,
    order: BTreeMap<u64, K>,
    next: u64,
    octets: usize,
    most_entries: usize,
    most_octets: usize,
}

#[derive(Debug, Clone)]
struct Entry<V> {
    value: V,
    octets: usize,
    at: Duration,
    order: u64,
}

impl<K: Clone + Eq + Hash, V> Retained<K, V> {
    /// Nothing yet, and never more than so many values and octets.
    pub fn new(most_entries: usize, most_octets: usize) -> Self {
        Self {
            entries: HashMap::new(),
            order: BTreeMap::new(),
            next: 0,
            octets: 0,
            most_entries,
            most_octets,
        }
    }

    /// Puts a value of so many octets, in the place of that with the same key; others make room for it. A value that has no
    /// room at all is not kept.
    pub fn put(&mut self, key: K, value: V, octets: usize, now: Duration) {
        self.remove(&key);
        if octets > self.most_octets || self.most_entries == 0 {
            return;
        }
        while self.entries.len() >= self.most_entries || self.octets + octets > self.most_octets {
            let Some((_, oldest)) = self.order.pop_first() else {
                break;
            };
            self.drop_entry(&oldest);
        }
        let order = self.next;
        self.next += 1;
        self.octets += octets;
        self.order.insert(order, key.clone());
        let entry = Entry {
            value,
            octets,
            at: now,
            order,
        };
        self.entries.insert(key, entry);
    }

    /// The value with a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    /// When the value with a key was put.
    pub fn put_at(&self, key: &K) -> Option<Duration> {
        self.entries.get(key).map(|entry| entry.at)
    }

    /// Takes the value with a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let order = self.entries.get(key)?.order;
        self.order.remove(&order);
        self.drop_entry(key)
    }

    /// Drops what was put before a moment.
    pub fn expire(&mut self, before: Duration) {
        while let Some(oldest) = self.order.first_entry() {
            let is_due = self
                .entries
                .get(oldest.get())
                .is_none_or(|entry| entry.at < before);
            if !is_due {
                break;
            }
            let key = oldest.remove();
            self.drop_entry(&key);
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn drop_entry(&mut self, key: &K) -> Option<V> {
        let entry = self.entries.remove(key)?;
        self.octets -= entry.octets;
        Some(entry.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Duration = Duration::ZERO;

    #[test]
    fn oldest_makes_room() {
        let mut retained = Retained::new(2, 100);
        for key in ["a", "b", "a", "c"] {
            retained.put(key, key, 1, START);
        }
        assert_eq!((retained.get(&"a"), retained.get(&"b")), (Some(&"a"), None));
        assert_eq!(retained.len(), 2);
    }

    #[test]
    fn octets_are_bounded() {
        let mut retained = Retained::new(10, 100);
        retained.put(1, (), 60, START);
        retained.put(2, (), 50, START);
        assert_eq!((retained.get(&1), retained.get(&2)), (None, Some(&())));
        retained.put(3, (), 101, START);
        assert_eq!(retained.get(&3), None);
        retained.put(4, (), 50, START);
        assert_eq!(retained.len(), 2);
    }

    #[test]
    fn what_was_put_before_expires() {
        let mut retained = Retained::new(10, 100);
        retained.put(1, (), 1, START);
        retained.put(2, (), 1, Duration::from_secs(5));
        retained.expire(Duration::from_secs(5));
        assert_eq!(retained.put_at(&1), None);
        assert_eq!(retained.put_at(&2), Some(Duration::from_secs(5)));
        assert_eq!(retained.remove(&2), Some(()));
        assert!(retained.is_empty());
    }
}
