//! The CSE as Originator, with a Receiver that answers rightly and wrongly.

use std::sync::Arc;

use onem2m_envelope::base64url;
use onem2m_envelope::esprim::{PairwiseKey, ReceiverRand};
use onem2m_keys::PairwiseEsPrimKey;
use onem2m_primitive::serialization::write_request;
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Clauses, Configuration, Cse, EndToEnd, VirtualClock};
use serde_json::{Value, json};

use super::{Round, Told};
use crate::bench::OK;
use crate::esprim_side::START;
use crate::far_receiver::{Change, Far, Reply, receiver_object};
use crate::mcc::{associated, register, send_by};

const SOON: &str = "20251120T133730";
const PAST: &str = "20251120T132729";

impl Round {
    pub(super) async fn originating(&mut self, clauses: Clauses) -> Told {
        for (requests, replies) in scripts() {
            let clock = Arc::new(VirtualClock::new(START));
            let key = PairwiseKey {
                id: "kid-far".to_owned(),
                key: PairwiseEsPrimKey::new(b"kid-far"),
                entity: String::new(),
                expires: None,
                for_esprim: true,
            };
            let far = Far::new(key, clock.clone(), replies);
            let configuration = Configuration {
                end_to_end: Some(Arc::new(EndToEnd::default())),
                ..Configuration::default()
            };
            let cse = Cse::new(configuration, clock, clauses, Arc::new(far.clone()));
            let peer = associated(&cse, "/mn-1");
            let registration = register("cse-in", "/mn-1", "http://mn.example");
            self.note(send_by(&cse, peer, registration).await.status)?;
            for _ in 0..requests {
                cse.originate(&statement()).await.unwrap();
            }
            self.note(far.seen())?;
        }
        Ok(())
    }
}

fn statement() -> Value {
    let request = Request {
        group_request_identifier: Some("g".to_owned()),
        request_expiration: Some("20251120T140000".to_owned()),
        ..Request::retrieve("/mn-1/base/x")
    };
    json!({
        "identity": "//onem2m.example/mn-1",
        "receiver": "/mn-1/base",
        "information": "/mn-1/base",
        "observe": "/mn-1/base/seen",
        "key": { "id": "kid-far", "octets": base64url::encode(b"kid-far") },
        "request": write_request(&request),
    })
}

/// How many requests are sent, and how what comes is answered.
fn scripts() -> Vec<(usize, Vec<Reply>)> {
    let right = || Reply::Protected(Change::default());
    let mut scripts = vec![
        (2, vec![supports(None), given(SOON), right(), right()]),
        (1, vec![supports(Some(SOON)), right()]),
        (1, vec![supports(Some(PAST)), given(SOON), right()]),
        (
            1,
            vec![
                clear(json!({ "m2m:cb": { "ri": "x" } })),
                given(SOON),
                right(),
            ],
        ),
        (
            1,
            vec![
                supports(None),
                clear(json!({ "m2m:seci": { "sit": 3, "ero": receiver_object("rr-1", SOON) } })),
                right(),
            ],
        ),
        (1, vec![supports(None), given(PAST), right()]),
        (
            1,
            vec![supports(None), offering("esks", json!([2])), right()],
        ),
        (
            1,
            vec![supports(None), offering("espa", json!([20])), right()],
        ),
        (
            1,
            vec![
                supports(None),
                given(SOON),
                refused(4113),
                given(SOON),
                supports(None),
                refused(4113),
            ],
        ),
        (1, vec![supports(None), given(SOON), refused(4112)]),
        (1, vec![supports(None), given(SOON), clear(Value::Null)]),
        (
            1,
            vec![
                supports(None),
                given(SOON),
                clear(json!({ "m2m:rsp": { "rsc": 2000, "rqi": "protected-0000001" } })),
            ],
        ),
    ];
    let changes: [Change; 8] = [
        Change {
            header: |header| with(header, |header| "kid-other".clone_into(&mut header.kid)),
            ..Change::default()
        },
        Change {
            header: |header| with(header, |header| "or-other".clone_into(&mut header.ori)),
            ..Change::default()
        },
        Change {
            header: |header| with(header, |header| "rr-other".clone_into(&mut header.rri)),
            ..Change::default()
        },
        Change {
            object: |object| object[..object.len() - 2].to_owned() + "AA",
            ..Change::default()
        },
        Change {
            inner: |inner| json!({ "rsc": inner["rsc"], "rqi": "other" }),
            ..Change::default()
        },
        Change {
            late: 700,
            ..Change::default()
        },
        Change {
            header: next,
            ..Change::default()
        },
        Change {
            header: next,
            object: |object| object[..object.len() - 2].to_owned() + "AA",
            ..Change::default()
        },
    ];
    for change in changes {
        let replies = vec![
            supports(None),
            given(SOON),
            Reply::Protected(change),
            right(),
            supports(None),
            given(SOON),
            right(),
        ];
        scripts.push((2, replies));
    }
    scripts.push((
        2,
        vec![supports(None), given(SOON), right(), Reply::Again(1)],
    ));
    scripts
}

fn supports(shared: Option<&str>) -> Reply {
    let mut information = json!({ "esf": [13] });
    if let Some(expiry) = shared {
        information["esro"] = receiver_object("rr-shared", expiry);
    }
    clear(json!({ "m2m:cb": { "esi": information } }))
}

fn given(expiry: &str) -> Reply {
    clear(json!({ "m2m:seci": { "sit": 4, "ero": receiver_object("rr-1", expiry) } }))
}

fn offering(member: &str, value: Value) -> Reply {
    let mut object = receiver_object("rr-1", SOON);
    object[member] = value;
    clear(json!({ "m2m:seci": { "sit": 4, "ero": object } }))
}

fn refused(code: u16) -> Reply {
    Reply::Clear(ResponseStatusCode::from(code), Value::Null)
}

fn clear(content: Value) -> Reply {
    Reply::Clear(OK, content)
}

type Header = onem2m_envelope::esprim::Header;

fn with(mut header: Header, change: fn(&mut Header)) -> Header {
    change(&mut header);
    header
}

fn next(header: Header) -> Header {
    let object = receiver_object("rr-2", SOON).to_string();
    Header {
        rro: ReceiverRand::from_json(&object).ok(),
        ..header
    }
}
