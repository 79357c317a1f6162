use std::collections::BTreeMap;
use std::sync::Arc;

use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

use crate::refusal::Refusal;

/// The most aggregation URIs at a time.
const MOST: usize = 4096;

/// The most notifications that wait at one of them.
const LONGEST: usize = 256;

/// What a subscriber answered to an aggregated notification, or why nobody did.
pub(crate) type Answered = Result<ResponseStatusCode, Refusal>;

/// The URIs that were assigned for the notifications of the members of groups (TS-0004 V3.32.0, 7.4.14.2.3), and what
/// came there and waits to be sent on (7.5.1.2.6).
#[derive(Debug, Default)]
pub(crate) struct Aggregations {
    aggregations: BTreeMap<String, Aggregation>,
    assigned: u64,
}

/// One URI for one subscription to the members of a group.
#[derive(Debug)]
pub(crate) struct Aggregation {
    /// The segment of the URI that is its own.
    pub(crate) id: String,
    /// The `<group>`.
    pub(crate) group: String,
    /// notificationForwardingURI of the subscription.
    pub(crate) forwarding: String,
    /// The notificationURI that the aggregation URI replaced.
    pub(crate) targets: Vec<String>,
    batch: Batch,
    bell: Arc<Notify>,
}

/// Notifications that are sent on together, and who waits for what becomes of them.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) notifications: Vec<Value>,
    pub(crate) waiting: Vec<oneshot::Sender<Answered>>,
}

/// What became of notifications that joined a batch.
#[derive(Debug)]
pub(crate) struct Joined {
    /// Where the answer of the subscriber will come.
    pub(crate) answer: oneshot::Receiver<Answered>,
    /// What rings when the batch is complete, for who began it and has to see to it.
    pub(crate) begun: Option<Arc<Notify>>,
}

impl Aggregations {
    /// Assigns a URI and gives the segment that is its own; none if there are too many.
    pub(crate) fn assign(
        &mut self,
        group: &str,
        forwarding: &str,
        targets: Vec<String>,
    ) -> Option<String> {
        if self.aggregations.len() >= MOST {
            return None;
        }
        self.assigned += 1;
        // No AE-ID-Stem, and the name of no resource type.
        let id = format!("agn{:07}", self.assigned);
        let aggregation = Aggregation {
            id: id.clone(),
            group: group.to_owned(),
            forwarding: forwarding.to_owned(),
            targets,
            batch: Batch::default(),
            bell: Arc::default(),
        };
        self.aggregations.insert(id.clone(), aggregation);
        Some(id)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Aggregation> {
        self.aggregations.get(id)
    }

    /// Adds notifications to the batch, which is complete when it holds `number` of them; none if too many wait.
    pub(crate) fn join(
        &mut self,
        id: &str,
        notifications: Vec<Value>,
        number: usize,
    ) -> Option<Joined> {
        let Aggregation { batch, bell, .. } = self.aggregations.get_mut(id)?;
        let len = batch.notifications.len() + notifications.len();
        if len > LONGEST {
            return None;
        }
        let is_first = batch.waiting.is_empty();
        let (sender, answer) = oneshot::channel();
        batch.notifications.extend(notifications);
        batch.waiting.push(sender);
        if len >= number {
            bell.notify_one();
        }
        Some(Joined {
            answer,
            begun: is_first.then(|| Arc::clone(bell)),
        })
    }

    /// Takes the batch; the next notification begins another.
    pub(crate) fn take(&mut self, id: &str) -> Option<(&Aggregation, Batch)> {
        let aggregation = self.aggregations.get_mut(id)?;
        let batch = std::mem::take(&mut aggregation.batch);
        // A ring of this batch is none for the next.
        aggregation.bell = Arc::default();
        Some((aggregation, batch))
    }

    /// Ends one. Who waits there learns that there will be no answer.
    pub(crate) fn remove(&mut self, id: &str) {
        self.aggregations.remove(id);
    }

    /// Ends those of a group that is gone.
    pub(crate) fn remove_group(&mut self, group: &str) {
        self.aggregations
            .retain(|_, aggregation| aggregation.group != group);
    }
}

#[cfg(test)]
mod tests {
    use super::{Aggregations, LONGEST, MOST};
    use serde_json::Value;

    #[test]
    fn number_of_uris_is_bounded() {
        let mut aggregations = Aggregations::default();
        for _ in 0..MOST {
            assert!(aggregations.assign("g", "a", Vec::new()).is_some());
        }
        assert!(aggregations.assign("g", "a", Vec::new()).is_none());
        aggregations.remove_group("g");
        assert!(aggregations.assign("g", "a", Vec::new()).is_some());
    }

    #[test]
    fn number_of_waiting_notifications_is_bounded() {
        let mut aggregations = Aggregations::default();
        let id = aggregations
            .assign("g", "a", Vec::new())
            .unwrap_or_default();
        let mut join = |count| aggregations.join(&id, vec![Value::Null; count], 1000);
        assert!(join(LONGEST).is_some_and(|joined| joined.begun.is_some()));
        assert!(join(1).is_none());
        assert!(aggregations.take(&id).is_some());
        let joined = aggregations.join(&id, vec![Value::Null], 1);
        assert!(joined.is_some_and(|joined| joined.begun.is_some()));
    }
}
