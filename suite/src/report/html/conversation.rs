//! What passed on a connection of octets.

use super::message::Message;
use super::text::Text;
use crate::report::text::count;
use crate::tester::link::Octets;
use crate::tester::transcript::{ConnectionEvent, Entry, Happened};
use crate::tester::wire::Arrived;

/// More octets of a piece than this are left to the transcript.
const PIECE: usize = 48;
/// More events than this are left to the transcript.
const EVENTS: usize = 64;

/// Both sides of what happened on the connection of an entry, in the step that it belongs to.
pub(super) fn conversation(entries: &[Entry], of: &Happened) -> (Message, Message) {
    let events: Vec<&ConnectionEvent> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Connection(happened) => Some(happened.as_ref()),
            _ => None,
        })
        .filter(|it| it.connection == of.connection && it.step == of.step)
        .map(|happened| &happened.event)
        .collect();
    let lines: Vec<String> = events
        .iter()
        .take(EVENTS)
        .filter_map(|event| line(event))
        .collect();
    let mut sent = Message {
        heading: Text::new(&format!("connection {}", of.connection)),
        body: lines.join("\n"),
        ..Message::default()
    };
    if events.len() > EVENTS {
        let more = count(events.len() - EVENTS, "more event");
        sent.remarks.push(format!("{more}: see the transcript"));
    }
    let came = events.iter().rev().find_map(|event| match event {
        ConnectionEvent::Concluded(end) => Some(end.to_string()),
        ConnectionEvent::Unreachable { detail, .. } => Some(format!("not reached: {detail}")),
        _ => None,
    });
    let came = Message {
        heading: Text::new(came.as_deref().unwrap_or("no end of the handshake")),
        ..Message::default()
    };
    (sent, came)
}

fn line(event: &ConnectionEvent) -> Option<String> {
    Some(match event {
        ConnectionEvent::Opened(dial) => format!("opened to {}", dial.endpoint.key()),
        ConnectionEvent::Accepted(stand) => format!("opened by the IUT to the {stand}"),
        ConnectionEvent::Awaited(stand) => format!("the IUT opened none to the {stand}"),
        ConnectionEvent::Sent(octets) => format!("sent {}", piece(octets)),
        ConnectionEvent::Arrived(Arrived::Octets(octets)) => format!("came {}", piece(octets)),
        ConnectionEvent::Arrived(Arrived::Closed) => "the IUT ended the stream".into(),
        ConnectionEvent::Arrived(Arrived::Reset(how)) => format!("the connection broke: {how}"),
        ConnectionEvent::Arrived(Arrived::Silence) => "nothing came in time".into(),
        ConnectionEvent::Ended(ending) => format!("the tester ended its side: {ending:?}"),
        ConnectionEvent::Unreachable { .. } | ConnectionEvent::Concluded(_) => return None,
    })
}

fn piece(octets: &Octets) -> String {
    let shown: Vec<String> = octets
        .0
        .iter()
        .take(PIECE)
        .map(|octet| format!("{octet:02x}"))
        .collect();
    let all = count(octets.0.len(), "octet");
    let cut = if octets.0.len() > PIECE { " …" } else { "" };
    format!("{all}: {}{cut}", shown.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::behaviour::{Endpoint, Role};
    use crate::tester::association_end::AssociationEnd;
    use crate::tester::wire::Dial;

    fn happened(step: &str, event: ConnectionEvent) -> Happened {
        Happened {
            step: step.into(),
            role: Role::Stimulus,
            connection: 1,
            event,
        }
    }

    #[test]
    fn octets_of_the_step_stand_before_what_they_came_to() {
        let alert = AssociationEnd::Alert {
            level: 2,
            description: 20,
        };
        let last = happened("request", ConnectionEvent::Concluded(alert));
        let octets = |octets: &'static [u8]| Octets(octets.into());
        let entries: Vec<Entry> = [
            happened(
                "request",
                ConnectionEvent::Opened(Dial::new(Endpoint::Https)),
            ),
            happened("request", ConnectionEvent::Sent(octets(&[0x16, 3, 1]))),
            happened(
                "request",
                ConnectionEvent::Arrived(Arrived::Octets(octets(&[0x15]))),
            ),
            happened("another", ConnectionEvent::Sent(octets(&[0xff]))),
            last.clone(),
        ]
        .into_iter()
        .map(|happened| Entry::Connection(Box::new(happened)))
        .collect();
        let (sent, came) = conversation(&entries, &last);
        assert_eq!(
            sent.body,
            "opened to https\nsent 3 octets: 16 03 01\ncame 1 octet: 15"
        );
        assert!(came.heading.to_string().contains("bad_record_mac(20)"));
    }
}
