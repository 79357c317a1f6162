//! The exchange at which a verdict fell.

use super::conversation::conversation;
use super::message::Message;
use super::text::Text;
use crate::report::{PurposeResult, Transcripts};
use crate::tester::transcript::{Entry, Exchange};

/// How much of a page exchanges may take together, in octets of text.
const LARGEST: usize = 512 * 1024;

/// An exchange, or a look for a request of the IUT, as the transcript has it.
#[derive(Debug, Clone)]
pub(super) struct Deciding {
    /// Where it stands in the transcript, and whose it is.
    pub(super) caption: Text,
    /// Who sent the first message.
    pub(super) from: &'static str,
    pub(super) request: Message,
    /// What came back; none for a request of the IUT.
    pub(super) answer: Option<Message>,
}

/// What is shown of the evidence for a verdict.
#[derive(Debug, Clone)]
pub(super) enum Evidence {
    /// The exchange.
    Shown(Box<Deciding>),
    /// Why there is none.
    Absent(Text),
}

/// Finds deciding exchanges, as long as there is room for them in the page.
pub(super) struct Exchanges<'a> {
    transcripts: &'a dyn Transcripts,
    room: usize,
}

impl<'a> Exchanges<'a> {
    pub(super) fn new(transcripts: &'a dyn Transcripts) -> Self {
        Self {
            transcripts,
            room: LARGEST,
        }
    }

    /// The last exchange of the step at which the verdict fell.
    pub(super) fn deciding(&mut self, result: &PurposeResult) -> Evidence {
        let absent = |why: &str| Evidence::Absent(Text::new(why));
        let step = result.judgement.step.as_deref().unwrap_or_default();
        let Some(name) = &result.transcript else {
            return absent("this run has no transcript of it");
        };
        if step.is_empty() {
            return absent("the verdict did not fall on one exchange: see the transcript");
        }
        if self.room == 0 {
            return absent("the page holds enough exchanges: see the transcript");
        }
        let entries = match self.transcripts.entries(name) {
            Ok(entries) => entries,
            Err(error) => return absent(&format!("the transcript cannot be read: {error}")),
        };
        let mut latest = entries.iter().enumerate().rev();
        let deciding = latest
            .find(|(_, entry)| step_of(entry) == Some(step))
            .and_then(|(index, entry)| deciding(&entries, entry, index + 1));
        match deciding {
            Some(deciding) => {
                let answer = deciding.answer.as_ref().map_or(0, Message::len);
                let taken = deciding.request.len() + answer;
                self.room = self.room.saturating_sub(taken);
                Evidence::Shown(Box::new(deciding))
            }
            None => absent("the verdict fell before anything was sent in that step"),
        }
    }
}

fn step_of(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Exchange(exchange) => Some(&exchange.step),
        Entry::Connection(happened) => Some(&happened.step),
        Entry::Inbound { step, .. } => Some(step),
        Entry::Attempt { .. }
        | Entry::PointOfAccess { .. }
        | Entry::Answers { .. }
        | Entry::Trigger { .. }
        | Entry::Keys { .. }
        | Entry::Clock { .. }
        | Entry::Wait { .. } => None,
    }
}

fn deciding(entries: &[Entry], entry: &Entry, line: usize) -> Option<Deciding> {
    match entry {
        Entry::Exchange(exchange) => Some(exchanged(exchange, line)),
        Entry::Connection(happened) => {
            let (request, answer) = conversation(entries, happened);
            let role = happened.role;
            Some(Deciding {
                caption: Text::new(&format!(
                    "line {line} of the transcript: {role}, a handshake"
                )),
                from: "On the connection",
                request,
                answer: Some(answer),
            })
        }
        Entry::Inbound {
            entity,
            role,
            request,
            ..
        } => {
            let of = format!(
                "line {line} of the transcript: {role}, at the point of access of {entity}"
            );
            let nothing = || Message {
                heading: Text::new("no request arrived"),
                ..Message::default()
            };
            Some(Deciding {
                caption: Text::new(&of),
                from: "From the IUT",
                request: request.as_ref().map_or_else(nothing, Message::inbound),
                answer: None,
            })
        }
        Entry::Attempt { .. }
        | Entry::PointOfAccess { .. }
        | Entry::Answers { .. }
        | Entry::Trigger { .. }
        | Entry::Keys { .. }
        | Entry::Clock { .. }
        | Entry::Wait { .. } => None,
    }
}

fn exchanged(exchange: &Exchange, line: usize) -> Deciding {
    let Exchange { role, actor, .. } = exchange;
    let caption = format!("line {line} of the transcript: {role}, sent by {actor}");
    Deciding {
        caption: Text::new(&caption),
        from: "To the IUT",
        request: Message::request(&exchange.request),
        answer: Some(Message::answer(&exchange.answer)),
    }
}
