//! What happened between tester and IUT, in the order in which it happened. A verdict is a
//! function of the transcript.

use super::association_end::AssociationEnd;
use super::link::{Call, Inbound, Octets, OutgoingRequest, Received, Way};
use super::stand::Stand;
use super::wire::{Arrived, Dial, Ending};
use crate::catalogue::behaviour::{Role, ScriptedAnswer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Write};

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    /// An attempt at the purpose begins.
    Attempt {
        /// The purpose.
        purpose: String,
        /// From 1.
        number: u32,
        /// The seed of the run.
        seed: u64,
        /// The first address from which the IUT sees the tester.
        source: String,
        /// Its other addresses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        others: Vec<String>,
    },
    /// The tester told an entity's point of access.
    PointOfAccess {
        /// The entity.
        entity: String,
        /// Its URL.
        url: String,
    },
    /// A request of the tester and what came back.
    Exchange(Box<Exchange>),
    /// Something happened on a connection of octets.
    Connection(Box<Happened>),
    /// The tester looked for a request of the IUT.
    Inbound {
        /// At whose point of access.
        entity: String,
        /// The step.
        step: String,
        /// What the step is for.
        role: Role,
        /// What arrived; nothing is recorded too.
        request: Option<Inbound>,
    },
    /// The tester got ready to answer requests of the IUT.
    Answers {
        /// As which CSE.
        entity: String,
        /// The step.
        step: String,
        /// How.
        answers: Vec<ScriptedAnswer>,
    },
    /// The tester made the IUT act, or had no means to.
    Trigger {
        /// By which trigger.
        name: String,
        /// The step.
        step: String,
        /// Why it had none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<String>,
    },
    /// The tester had the IUT given a key, or one withdrawn, or had no means to. The key is not in it.
    Keys {
        /// By which trigger.
        name: String,
        /// The identity of the key.
        identity: String,
        /// The step.
        step: String,
        /// Why the IUT refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<String>,
        /// Why the tester had no means.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<String>,
    },
    /// The tester read its clock.
    Clock {
        /// Milliseconds since the link was opened.
        ms: u64,
    },
    /// The tester let time pass.
    Wait {
        /// Milliseconds.
        ms: u64,
    },
}

/// A request of the tester and what came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// The step that it belongs to.
    pub step: String,
    /// What the step is for.
    pub role: Role,
    /// Who sent it.
    pub actor: String,
    /// How it got there.
    #[serde(default, skip_serializing_if = "Way::is_ordinary")]
    pub way: Way,
    /// What was sent; a large body is recorded by its digest.
    pub request: OutgoingRequest,
    /// What came back.
    pub answer: Received,
    /// Whether it went over a connection of octets that the transcript has too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over_connection: bool,
}

/// Something that happened on a connection of octets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Happened {
    /// The step that it belongs to.
    pub step: String,
    /// What the step is for.
    pub role: Role,
    /// Which connection of the attempt, from 1.
    pub connection: u32,
    /// What happened.
    #[serde(flatten)]
    pub event: ConnectionEvent,
}

/// What happens on a connection of octets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event", content = "what")]
pub enum ConnectionEvent {
    /// The tester opened it.
    Opened(Dial),
    /// The tester tried to open it, and there is none.
    Unreachable {
        /// Where to.
        dial: Dial,
        /// What the system says.
        detail: String,
    },
    /// The IUT opened it.
    Accepted(Stand),
    /// The IUT had time to open it, and did not.
    Awaited(Stand),
    /// The tester sent octets; many are recorded by their digest.
    Sent(Octets),
    /// Something came, or nothing did.
    Arrived(Arrived),
    /// The tester ended its side.
    Ended(Ending),
    /// What the attempt at a security association on it came to, as the tester read it.
    Concluded(AssociationEnd),
}

/// Requests and pieces beyond this many octets are recorded by their SHA-256.
const LARGEST_RECORDED_REQUEST: usize = 64 * 1024;

impl Exchange {
    /// Records an exchange.
    pub fn new(call: &Call, answer: Received) -> Self {
        Self {
            step: call.step.clone(),
            role: call.role,
            actor: call.actor.clone(),
            way: call.way.clone(),
            request: recorded(&call.request),
            answer,
            over_connection: false,
        }
    }

    /// Whether the recorded request is that of this call.
    pub fn was(&self, call: &Call) -> bool {
        self.way == call.way && self.request == recorded(&call.request)
    }
}

fn recorded(request: &OutgoingRequest) -> OutgoingRequest {
    let mut recorded = request.clone();
    recorded.body = recorded_octets(&request.body);
    recorded
}

/// Octets as they are recorded: many by their digest.
pub fn recorded_octets(octets: &Octets) -> Octets {
    if octets.0.len() <= LARGEST_RECORDED_REQUEST {
        return octets.clone();
    }
    let digest: String = Sha256::digest(&octets.0)
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect();
    Octets(format!("{} octets, sha256 {digest}", octets.0.len()).into())
}

/// Writes entries as JSON lines.
pub fn write(entries: &[Entry], mut output: impl Write) -> io::Result<()> {
    for entry in entries {
        serde_json::to_writer(&mut output, entry)?;
        output.write_all(b"\n")?;
    }
    output.flush()
}

/// Reads JSON lines; the error names the line.
pub fn read(input: impl BufRead) -> io::Result<Vec<Entry>> {
    input
        .lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(&line?).map_err(|error| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("line {}: {error}", number + 1),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(body: &[u8]) -> Entry {
        let request = OutgoingRequest {
            method: "GET".into(),
            target: "/cse-in".into(),
            headers: vec![("X-M2M-RI".into(), "1".into())],
            body: Octets(body.to_vec().into()),
        };
        let answer = Received::Http {
            status: 403,
            headers: vec![("X-M2M-RSC".into(), "4103".into())],
            body: Octets(Vec::new().into()),
        };
        let call = Call {
            actor: "AE2".into(),
            step: "request".into(),
            role: Role::Stimulus,
            way: Way::default(),
            patience: None,
            request,
        };
        Entry::Exchange(Box::new(Exchange::new(&call, answer)))
    }

    #[test]
    fn entries_survive_writing_and_reading() {
        let entries = vec![entry(b"text"), entry(&[0xff, 0x00]), Entry::Clock { ms: 7 }];
        let mut lines = Vec::new();
        write(&entries, &mut lines).unwrap();
        assert_eq!(read(lines.as_slice()).unwrap(), entries);
    }

    #[test]
    fn attempt_with_one_source_reads_as_it_was_written_before_there_were_others() {
        let line = br#"{"entry":"attempt","purpose":"P","number":1,"seed":7,"source":"127.0.0.1"}"#;
        let entries = read(&line[..]).unwrap();
        let [Entry::Attempt { source, others, .. }] = entries.as_slice() else {
            panic!("expected an attempt");
        };
        assert_eq!((source.as_str(), others.len()), ("127.0.0.1", 0));
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = read(&b"{\"entry\":\"clock\",\"ms\":1}\n{]\n"[..]).unwrap_err();
        assert!(error.to_string().starts_with("line 2"));
    }

    #[test]
    fn large_requests_are_recorded_by_digest() {
        let Entry::Exchange(exchange) = entry(&vec![b'a'; 70_000]) else {
            panic!("expected an exchange");
        };
        assert!(
            exchange
                .request
                .body
                .0
                .starts_with(b"70000 octets, sha256 ")
        );
    }
}
