use std::time::Duration;

use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;
use tokio::time::timeout;

use crate::aggregations::{Answered, Joined};
use crate::cse::{Cse, Order};
use crate::notify::{self, Notice};
use crate::polling;
use crate::refusal::Refusal;
use crate::scene::Arrival;

/// How long notifications are collected, as the M2M Service Provider specifies it (TS-0004 V3.32.0, 7.4.14.2.5).
const COLLECTED: Duration = Duration::from_secs(1);

/// Collects notifications at an aggregation URI until there are as many as the group has members, or the time is over;
/// the answer to all of them is what the subscriber answers (TS-0004 V3.32.0, 7.5.1.2.6).
pub(crate) async fn collect(
    cse: &Cse,
    arrival: &Arrival,
    aggregation: &str,
    notifications: Vec<Value>,
) -> Answered {
    let joined = cse.with_tree(arrival, |_, tree| {
        let group = &tree.aggregations.get(aggregation)?.group;
        let members = tree.get(group)?.number("cnm").unwrap_or_default();
        let number = usize::try_from(members).unwrap_or(usize::MAX);
        tree.aggregations.join(aggregation, notifications, number)
    });
    let Joined { answer, begun } =
        joined.ok_or_else(|| unreachable("no more notifications are collected"))?;
    if let Some(complete) = begun {
        let (cse, arrival) = (cse.clone(), arrival.clone());
        let aggregation = aggregation.to_owned();
        // A task of its own: the others wait too if the first one hangs up.
        tokio::spawn(async move {
            let time = cse.clock().wait(COLLECTED);
            // Over time or complete, the batch is sent.
            let _ = timeout(time, complete.notified()).await;
            send_on(&cse, &arrival, &aggregation).await;
        });
    }
    answer
        .await
        .unwrap_or_else(|_| Err(unreachable("the group is gone")))
}

/// Sends what was collected to the subscriber, and its answer to all who wait.
async fn send_on(cse: &Cse, arrival: &Arrival, aggregation: &str) {
    let taken = cse.with_tree(arrival, |desk, tree| {
        let (taken, batch) = tree.aggregations.take(aggregation)?;
        let targets = taken.targets.clone();
        let notices = notify::aggregated(&desk.scene(tree), &targets, batch.notifications);
        Some((notices, batch.waiting))
    });
    let Some((notices, waiting)) = taken else {
        return;
    };
    let mut answered = Err(unreachable("the subscriber has no point of access"));
    for notice in notices {
        answered = deliver(cse, arrival, notice).await;
    }
    for waiter in waiting {
        // Who does not wait any more needs no answer.
        let _ = waiter.send(answered.clone());
    }
}

async fn deliver(cse: &Cse, arrival: &Arrival, notice: Notice) -> Answered {
    match &notice.channel {
        _ if notice.is_for_itself => {
            let own = cse.fulfil(Order::Own(&notice.request), arrival).await;
            own.map(|(status, ..)| status)
        }
        Some(channel) => {
            let answer = polling::deliver(cse, arrival, channel, notice.request).await?;
            Ok(answer.status)
        }
        None => match cse.send(notice).await {
            Some(answer) => Ok(answer.status),
            None => Err(unreachable("the subscriber did not answer")),
        },
    }
}

fn unreachable(reason: &str) -> Refusal {
    Refusal::new(ResponseStatusCode::TARGET_NOT_REACHABLE, reason)
}
