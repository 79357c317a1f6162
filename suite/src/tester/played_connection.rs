//! A connection of octets from a recording.

use super::link::{BoxFuture, LinkError, Octets};
use super::stand::Stand;
use super::transcript::{ConnectionEvent, Happened, recorded_octets};
use super::wire::{Arrived, Connected, Dial, Ending, Wire};
use bytes::Bytes;
use std::collections::VecDeque;
use std::time::Duration;

/// What was recorded of a connection.
pub(super) struct PlayedConnection {
    number: u32,
    events: VecDeque<Happened>,
}

/// Puts an event to its connection. Connections stand in the order in which opening them began, which is that of their
/// numbers: beside each other, a later one may have been open first.
pub(super) fn played(connections: &mut VecDeque<PlayedConnection>, happened: Happened) {
    let number = happened.connection;
    match connections.iter_mut().find(|it| it.number == number) {
        Some(connection) => connection.events.push_back(happened),
        None => {
            let place = connections.partition_point(|it| it.number < number);
            let events = VecDeque::from([happened]);
            connections.insert(place, PlayedConnection { number, events });
        }
    }
}

impl PlayedConnection {
    /// Whether the tester opened it, or tried to.
    pub(super) fn was_dialled(&self) -> bool {
        let first = self.events.front().map(|happened| &happened.event);
        let came = matches!(
            first,
            Some(ConnectionEvent::Accepted(_) | ConnectionEvent::Awaited(_))
        );
        !came
    }

    /// Whether it is what came, or did not come, to a stand.
    pub(super) fn came_to(&self, stand: &Stand) -> bool {
        let first = self.events.front().map(|happened| &happened.event);
        matches!(
            first,
            Some(ConnectionEvent::Accepted(at) | ConnectionEvent::Awaited(at)) if at == stand
        )
    }

    /// What came to a stand.
    pub(super) fn accepted(mut self) -> Option<Box<dyn Wire>> {
        let first = self.events.pop_front();
        match first.map(|happened| happened.event) {
            Some(ConnectionEvent::Accepted(_)) => Some(Box::new(self)),
            _ => None,
        }
    }

    /// What came of opening it.
    pub(super) fn answer(mut self, dialled: &Dial) -> Result<Connected, LinkError> {
        let opened = self.events.pop_front();
        match opened.map(|happened| happened.event) {
            Some(ConnectionEvent::Opened(dial)) if dial == *dialled => {
                Ok(Connected::Open(Box::new(self)))
            }
            Some(ConnectionEvent::Unreachable { dial, detail }) if dial == *dialled => {
                Ok(Connected::Unreachable(detail))
            }
            other => Err(LinkError::Diverged {
                step: "connection".into(),
                detail: format!("expected {other:?}, got a connection to {dialled:?}"),
            }),
        }
    }

    /// The next event but for conclusions, which follow from the others.
    fn next(&mut self) -> Option<Happened> {
        while let Some(happened) = self.events.pop_front() {
            if !matches!(happened.event, ConnectionEvent::Concluded(_)) {
                return Some(happened);
            }
        }
        None
    }

    fn expect(&mut self, got: &ConnectionEvent) -> Result<(), LinkError> {
        let next = self.next();
        match &next {
            Some(happened) if happened.event == *got => Ok(()),
            _ => Err(diverged(next.as_ref(), &format!("{got:?}"))),
        }
    }
}

impl Wire for PlayedConnection {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        let sent = ConnectionEvent::Sent(recorded_octets(&Octets(octets)));
        Box::pin(async move { self.expect(&sent) })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let next = self.next();
            match next.as_ref().map(|happened| &happened.event) {
                Some(ConnectionEvent::Arrived(arrived)) => Ok(arrived.clone()),
                _ => Err(diverged(next.as_ref(), "a look for octets")),
            }
        })
    }

    fn end(&mut self, ending: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move { self.expect(&ConnectionEvent::Ended(ending)) })
    }
}

fn diverged(recorded: Option<&Happened>, got: &str) -> LinkError {
    let expected = recorded.map(|happened| format!("{:?}", happened.event));
    LinkError::Diverged {
        step: recorded.map_or_else(String::new, |happened| happened.step.clone()),
        detail: format!(
            "expected {}, got {got}",
            expected.as_deref().unwrap_or("nothing further")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::behaviour::{Endpoint, Role};

    #[test]
    fn connections_stand_in_the_order_of_their_numbers() {
        let mut connections = VecDeque::new();
        for number in [2, 1, 2, 3] {
            let happened = Happened {
                step: "request".into(),
                role: Role::Stimulus,
                connection: number,
                event: ConnectionEvent::Opened(Dial::new(Endpoint::Https)),
            };
            played(&mut connections, happened);
        }
        let order: Vec<(u32, usize)> = connections
            .iter()
            .map(|it| (it.number, it.events.len()))
            .collect();
        assert_eq!(order, [(1, 1), (2, 2), (3, 1)]);
    }
}
