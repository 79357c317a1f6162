//! Values that an implementation does not expect: their lengths, their characters, their depth
//! (TS-0004 V3.32.0, 7.3.3.3, 7.3.3.4 and 7.3.3.6).

use onem2m_identity::Entity;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Map, Value};
use std::time::Duration;

use super::Fault;
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::{Kind, Write};
use crate::scene::Scene;

/// Longer than anybody waits for an answer.
const STUCK: Duration = Duration::from_secs(4);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "CrashOnLabelOfPage",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "a label of more than 255 octets ends the connection",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                let is_long = labels(content).any(|label| label.len() > 255);
                assert!(!is_long, "a label does not fit into its page");
                receive::attributes(kind, write, content, originator)
            };
        },
    },
    Fault {
        name: "CrashWithinCharacter",
        requirement: "TS-0004/7.3.3.4/1",
        summary: "a label that is cut within a character ends the connection",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                let is_cut =
                    labels(content).any(|label| label.len() > 64 && !label.is_char_boundary(64));
                assert!(!is_cut, "octet 64 is no end of a character");
                receive::attributes(kind, write, content, originator)
            };
        },
    },
    Fault {
        name: "CrashOnDeepContent",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "a value with more than 32 others around it ends the connection",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                let deepest = content.values().map(depth).max();
                assert!(deepest <= Some(32), "the stack of the reader is full");
                receive::attributes(kind, write, content, originator)
            };
        },
    },
    Fault {
        name: "HangOnControlCharacters",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "a label with a line feed keeps the CSE busy for seconds",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                if labels(content).any(|label| label.contains('\n')) {
                    std::thread::sleep(STUCK);
                }
                receive::attributes(kind, write, content, originator)
            };
        },
    },
    Fault {
        name: "TextCutAtNull",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "texts end at their first null character",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                let cut = |text: &str| text.split('\0').next().unwrap_or_default().to_owned();
                rewritten(kind, write, content, originator, cut)?;
                if let Some(Value::String(text)) = content.get_mut("con") {
                    *text = cut(text);
                }
                Ok(())
            };
        },
    },
    Fault {
        name: "TextCutAt128",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "of labels the first 128 characters are kept",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                rewritten(kind, write, content, originator, |label| {
                    label.chars().take(128).collect()
                })
            };
        },
    },
    Fault {
        name: "QuotesEscapedTwice",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "quotation marks in labels are kept with a backslash",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                rewritten(kind, write, content, originator, |label| {
                    label.replace('"', "\\\"")
                })
            };
        },
    },
    Fault {
        name: "LabelsBeyondSixteenthLost",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "of labels the first sixteen are kept",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                if let Some(Value::Array(labels)) = content.get_mut("lbl") {
                    labels.truncate(16);
                }
                receive::attributes(kind, write, content, originator)
            };
        },
    },
    Fault {
        name: "EpochIsNoExpiration",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "an expirationTime at the beginning of the epoch is taken for none",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                let is_epoch = content
                    .get("et")
                    .and_then(Value::as_str)
                    .is_some_and(|moment| moment.starts_with("1970"));
                if is_epoch {
                    content.shift_remove("et");
                }
                receive::attributes(kind, write, content, originator)
            };
        },
    },
    Fault {
        name: "ExpiredWithinMinutesTaken",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "a request that expired some minutes ago is carried out",
        apply: |clauses| clauses.validity = lenient_expiration,
    },
    Fault {
        name: "ErrorOnLimitOfZero",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "a limit of zero is an internal error",
        apply: |clauses| {
            clauses.validity = |scene, request| match request.filter.limit {
                Some(0) => Err(internal("division by zero")),
                _ => receive::validity(scene, request),
            };
        },
    },
    Fault {
        name: "ErrorOnFarOffset",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "an offset beyond what there is is an internal error",
        apply: |clauses| {
            clauses.validity = |scene, request| match request.filter.offset {
                Some(64..) => Err(internal("index out of bounds")),
                _ => receive::validity(scene, request),
            };
        },
    },
];

type Content = Map<String, Value>;

fn labels(content: &Content) -> impl Iterator<Item = &str> {
    content
        .get("lbl")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn rewritten(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
    rewrite: fn(&str) -> String,
) -> Result<(), Refusal> {
    receive::attributes(kind, write, content, originator)?;
    if let Some(Value::Array(labels)) = content.get_mut("lbl") {
        for label in labels {
            if let Value::String(text) = label {
                *text = rewrite(text);
            }
        }
    }
    Ok(())
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

fn lenient_expiration(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    let expires = request.request_expiration.as_deref();
    let is_recent = expires
        .and_then(crate::resource::parse_timestamp)
        .is_some_and(|moment| moment > scene.arrival.at - time::Duration::minutes(5));
    let mut request = request.clone();
    if is_recent {
        request.request_expiration = None;
    }
    receive::validity(scene, &request)
}

fn internal(reason: &str) -> Refusal {
    Refusal::new(ResponseStatusCode::INTERNAL_SERVER_ERROR, reason)
}
