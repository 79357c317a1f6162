//! An AE that shares a key with the CSE, and a bench to use it on.

use std::sync::Arc;

use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::{
    Chosen, Clauses, Direction, Expiry, Header, Opened, OriginatorRand, PairwiseKey, ProtocolId,
    Readings, ReceiverRand, Serialization, Session, open, seal,
};
use onem2m_identity::Entity;
use onem2m_keys::{PairwiseEsPrimKey, Suid};
use onem2m_primitive::{Request, Response};
use onem2m_server::{Configuration, EndToEnd, Pair, Pairs};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::datetime;

use crate::bench::{ADMIN, Bench, OK, UPDATED, representation};

pub(crate) const START: OffsetDateTime = datetime!(2025-11-20 13:27:30 UTC);
pub(crate) const VALUE: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
pub(crate) const TARGET: &str = "cse-in/cntT";

/// What AE1 and AE2 share with the CSE, and a key of AE1 for something else.
pub(crate) fn pairs() -> Arc<Pairs> {
    let pairs = Pairs::new();
    for pair in [
        pair("kid-1", "CtpA1", 13),
        pair("kid-2", "CtpA2", 13),
        pair("kid-data", "CtpA1", 14),
    ] {
        pairs.provision(pair).unwrap();
    }
    Arc::new(pairs)
}

pub(crate) fn pair(id: &str, stem: &str, usage: u8) -> Pair {
    Pair {
        id: id.to_owned(),
        key: PairwiseEsPrimKey::new(id.as_bytes()),
        entity: Entity::parse_absolute_ae(&format!("//onem2m.example/id-in/{stem}")).unwrap(),
        expires: None,
        usage: Suid(usage),
    }
}

/// A bench where AE1 and AE2 may notify the CSE, and AE1 may do everything with the container.
pub(crate) async fn bench(settings: EndToEnd) -> Bench {
    bench_by(settings, onem2m_server::Clauses::SPECIFICATION).await
}

pub(crate) async fn bench_by(settings: EndToEnd, clauses: onem2m_server::Clauses) -> Bench {
    let configuration = Configuration {
        end_to_end: Some(Arc::new(settings)),
        ..Configuration::default()
    };
    let bench = Bench::made(configuration, clauses).register_two().await;
    let rules =
        json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }, { "acor": ["all"], "acop": 18 }] });
    let policy = Request::update("cse-in/acpCSEBase", json!({ "m2m:acp": { "pv": rules } }));
    assert_eq!(bench.status(policy.from(ADMIN)).await, UPDATED);
    bench
        .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
        .await;
    bench
}

/// The instances in the container.
pub(crate) async fn count(bench: &Bench) -> u64 {
    bench.attribute(TARGET, "cni").await.as_u64().unwrap()
}

/// One end of a pair, in a session.
#[derive(Clone)]
pub(crate) struct Side {
    pub(crate) stem: &'static str,
    pub(crate) key: PairwiseKey,
    pub(crate) session: Session,
    pub(crate) readings: Readings,
}

impl Side {
    /// AE1 with an object of the CSE that it asked for.
    pub(crate) async fn first(bench: &Bench) -> Self {
        Self::new(bench, "CtpA1", "kid-1").await
    }

    /// AE2 with one of its own.
    pub(crate) async fn second(bench: &Bench) -> Self {
        Self::new(bench, "CtpA2", "kid-2").await
    }

    pub(crate) async fn new(bench: &Bench, stem: &'static str, kid: &str) -> Self {
        let receiver = asked(bench, stem).await;
        Self::with(
            stem,
            kid,
            &receiver,
            &own_object("or-0001", "20251120T133730"),
        )
    }

    pub(crate) fn with(
        stem: &'static str,
        kid: &str,
        receiver: &ReceiverRand,
        originator: &OriginatorRand,
    ) -> Self {
        let key = PairwiseEsPrimKey::new(kid.as_bytes());
        Self::of(stem, kid, key, receiver, originator)
    }

    /// One end of a pair with a key.
    pub(crate) fn of(
        stem: &'static str,
        kid: &str,
        key: PairwiseEsPrimKey,
        receiver: &ReceiverRand,
        originator: &OriginatorRand,
    ) -> Self {
        let key = PairwiseKey {
            id: kid.to_owned(),
            key,
            entity: String::new(),
            expires: None,
            for_esprim: true,
        };
        let readings = Readings::default();
        Self {
            session: begin(&key, receiver, originator),
            stem,
            key,
            readings,
        }
    }

    /// The same with another object of its own.
    pub(crate) fn again(&self, originator: &OriginatorRand) -> Self {
        Self {
            session: begin(&self.key, &self.session.receiver, originator),
            ..self.clone()
        }
    }

    /// The header of a request with the whole object of its own.
    pub(crate) fn header(&self) -> Header {
        let enc = self.session.originator.protocols()[0]
            .content_encryption()
            .unwrap_or(ContentEncryption::A256Gcm);
        let oro = Some(self.session.originator.clone());
        self.session.request_header(enc, Serialization::Json, oro)
    }

    /// The same without that object.
    pub(crate) fn later_header(&self) -> Header {
        Header {
            oro: None,
            ..self.header()
        }
    }

    pub(crate) fn object(&self, header: &Header, inner: &Value) -> String {
        self.object_of(header, inner.to_string().as_bytes())
    }

    pub(crate) fn object_of(&self, header: &Header, plaintext: &[u8]) -> String {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let mut iv = [0x55; 12];
        let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        iv[4..].copy_from_slice(&next.to_be_bytes());
        let octets = self.readings.content_key;
        seal(header, &self.session.key, octets, &iv, plaintext).unwrap()
    }

    /// Sends an object in a Notify to the `<CSEBase>`.
    pub(crate) async fn send(&self, bench: &Bench, object: &str) -> Response {
        bench.send(notify(object).from(self.stem)).await
    }

    /// Sends an inner request and gives the inner response.
    pub(crate) async fn exchange(&self, bench: &Bench, header: &Header, inner: &Value) -> Value {
        let response = self.send(bench, &self.object(header, inner)).await;
        self.inner(&response)
    }

    /// The inner response.
    pub(crate) fn inner(&self, response: &Response) -> Value {
        serde_json::from_slice(&self.opened(response).plaintext).unwrap()
    }

    pub(crate) fn opened(&self, response: &Response) -> Opened {
        assert_eq!(response.status, OK, "{response:?}");
        let content = response.content.as_ref().unwrap();
        assert_eq!(content["m2m:seci"]["sit"], json!(5));
        assert_eq!(content["m2m:seci"].as_object().unwrap().len(), 2);
        let object = content["m2m:seci"]["epo"].as_str().unwrap();
        open(
            object,
            Direction::Response,
            &self.session.key,
            &self.readings,
        )
        .unwrap()
    }
}

fn begin(key: &PairwiseKey, receiver: &ReceiverRand, originator: &OriginatorRand) -> Session {
    let readings = Readings::default();
    let clauses = Clauses::SPECIFICATION;
    Session::begin(&clauses, &readings, key, originator, receiver, START).unwrap()
}

/// An object of an Originator that lists every algorithm.
pub(crate) fn own_object(id: &str, expiry: &str) -> OriginatorRand {
    listing(id, expiry, &[12, 11, 10])
}

pub(crate) fn listing(id: &str, expiry: &str, protocols: &[u64]) -> OriginatorRand {
    let protocols: Vec<ProtocolId> = protocols.iter().copied().map(ProtocolId).collect();
    let expiry = Expiry::read(expiry).unwrap();
    OriginatorRand::new(id, VALUE, expiry, Chosen(1), &protocols).unwrap()
}

/// Asks the CSE for a rand object.
pub(crate) async fn asked(bench: &Bench, stem: &str) -> ReceiverRand {
    let content = json!({ "m2m:seci": { "sit": 3 } });
    let response = bench
        .send(Request::notify("cse-in", content).from(stem))
        .await;
    assert_eq!(response.status, OK, "{response:?}");
    let answer = representation(&response);
    assert_eq!(answer["sit"], json!(4));
    assert_eq!(answer.as_object().unwrap().len(), 2);
    ReceiverRand::from_json(&answer["ero"].to_string()).unwrap()
}

pub(crate) fn notify(object: &str) -> Request {
    Request::notify("cse-in", json!({ "m2m:seci": { "sit": 5, "epo": object } }))
}

/// An inner Create of an instance in the container.
pub(crate) fn create(from: &str) -> Value {
    json!({
        "op": 1, "to": TARGET, "fr": from, "rqi": "inner-1", "rvi": "3", "ty": 4,
        "pc": { "m2m:cin": { "con": "tp" } },
    })
}

pub(crate) fn retrieve(from: &str, to: &str) -> Value {
    json!({ "op": 2, "to": to, "fr": from, "rqi": "inner-2", "rvi": "3" })
}
