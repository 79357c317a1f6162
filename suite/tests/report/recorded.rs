//! Transcripts made by hand.

use onem2m_conform::catalogue::behaviour::Role;
use onem2m_conform::report::Transcripts;
use onem2m_conform::tester::link::{Call, Octets, OutgoingRequest, Received, Way};
use onem2m_conform::tester::transcript::{Entry, Exchange};
use std::io;

/// The same transcript for every purpose.
pub struct Always(pub Vec<Entry>);

impl Transcripts for Always {
    fn entries(&self, _: &str) -> io::Result<Vec<Entry>> {
        Ok(self.0.clone())
    }
}

/// No transcript for any.
pub struct Never;

impl Transcripts for Never {
    fn entries(&self, _: &str) -> io::Result<Vec<Entry>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// A retrieval that was answered with a body.
pub fn retrieval(step: &str, role: Role, header: (&str, &str), body: &[u8]) -> Entry {
    let request = OutgoingRequest {
        method: "GET".into(),
        target: "/cse-in/confabcdefgh-cntT".into(),
        headers: vec![
            ("x-m2m-origin".into(), "CconfabcdefghA2".into()),
            ("x-m2m-ri".into(), "abcdefghAE23".into()),
        ],
        body: Octets::default(),
    };
    let answer = Received::Http {
        status: 200,
        headers: vec![
            ("x-m2m-rsc".into(), "2000".into()),
            (header.0.into(), header.1.into()),
        ],
        body: Octets(body.to_vec().into()),
    };
    let call = Call {
        actor: "AE2".into(),
        step: step.into(),
        role,
        way: Way::default(),
        patience: None,
        request,
    };
    Entry::Exchange(Box::new(Exchange::new(&call, answer)))
}

/// What happened in the run of the examples: a stimulus that ought to be denied is answered.
pub fn example() -> Always {
    let json = ("content-type", "application/json");
    let body = br#"{"m2m:cnt":{"rn":"confabcdefgh-cntT","ty":3,"ri":"cnt0000001"}}"#;
    Always(vec![
        retrieval("twin: stimulus", Role::Twin, json, body),
        retrieval("stimulus", Role::Stimulus, json, body),
        retrieval("read-back", Role::ReadBack, json, b"{}"),
    ])
}
