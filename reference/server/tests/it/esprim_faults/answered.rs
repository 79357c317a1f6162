//! Requests that are carried out and answered, wherever they go.

use std::collections::HashSet;
use std::time::Duration;

use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::Header;
use onem2m_primitive::Request;
use onem2m_primitive::coap::{Message, Token, decode_response, encode_request};
use onem2m_server::coap::CoapEndpoint;
use onem2m_server::{Clauses, EndToEnd, Peer};
use serde_json::json;

use super::support::{ask, outcome, settings, side, side_of, with};
use super::{Round, Told};
use crate::bench::SOURCE;
use crate::esprim_side::{bench_by, count, create, notify, pair, retrieve};
use crate::mcc::{associated, register, send_by};

impl Round {
    pub(super) async fn exchanges(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(
            EndToEnd {
                refreshes: true,
                ..settings()
            },
            clauses,
        )
        .await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let other = side_of(&ask(&bench, "CtpA1").await, "CtpA1", "kid-1", "or-b");
        let mut vectors = HashSet::new();
        for inner in [
            create("CtpA1"),
            retrieve("CtpA1", "cse-in/none"),
            retrieve("CtpA1", "cse-in/cntT"),
            json!({ "op": 9, "to": "x", "fr": "CtpA1", "rqi": "i" }),
            json!({ "op": "2", "to": "cse-in/cntT", "fr": "CtpA1", "rqi": "i", "rvi": "3" }),
            json!({ "m2m:rqp": create("CtpA1") }),
            with(create("CtpA1"), "rt", json!({ "rtv": 2 })),
        ] {
            for header in [side.header(), side.later_header()] {
                let object = side.object(&header, &inner);
                let response = side.send(&bench, &object).await;
                self.note(outcome(&side, &response))?;
                let answer = response.content.unwrap_or_default();
                let answer = answer["m2m:seci"]["epo"].as_str().unwrap_or_default();
                for object in [&object, answer] {
                    vectors.insert(object.split('.').nth(2).unwrap_or_default().to_owned());
                }
                self.note(vectors.len())?;
            }
            self.note(count(&bench).await)?;
        }
        self.note(outcome(
            &other,
            &other
                .send(&bench, &other.object(&other.header(), &create("CtpA1")))
                .await,
        ))?;
        for enc in ContentEncryption::ALL {
            let header = Header {
                enc,
                ..side.header()
            };
            let object = side.object(&header, &create("CtpA1"));
            self.note(outcome(&side, &side.send(&bench, &object).await))?;
        }
        let next = side
            .send(&bench, &side.object(&side.header(), &create("CtpA1")))
            .await;
        self.note(outcome(&side, &next))
    }

    pub(super) async fn targets(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let poa = json!({ "m2m:ae": { "poa": ["http://ae2.example"] } });
        let update = Request::update("CtpA2", poa).from("CtpA2");
        self.note(bench.status(update).await)?;
        let peer = associated(&bench.cse, "/mn-1");
        let registration = register("cse-in", "/mn-1", "http://mn.example");
        self.note(send_by(&bench.cse, peer, registration).await.status)?;
        let object = side.object(&side.header(), &create("CtpA1"));
        let content = notify(&object).content.unwrap();
        for (to, from) in [
            ("CtpA2", "CtpA2"),
            ("CtpA2", "CtpA1"),
            ("CtpA1", "CtpA1"),
            ("/mn-1/-", "CtpA1"),
            ("cse-in/cntT", "CtpA1"),
        ] {
            let request = Request::notify(to, content.clone()).from(from);
            self.note(bench.status(request).await)?;
            self.note(bench.inbox.received().len())?;
            self.note(count(&bench).await)?;
        }
        let update = Request::update("cse-in/cntT", content.clone()).from("CtpA1");
        self.note(bench.status(update).await)?;
        self.note(count(&bench).await)
    }

    pub(super) async fn bindings(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let unknown = Header {
            rri: "rr-9".to_owned(),
            ..side.header()
        };
        let endpoint = CoapEndpoint::new(bench.cse.clone());
        let peer = Peer::plain(SOURCE.parse().unwrap());
        for (message_id, header) in (1..).zip([side.header(), unknown]) {
            let object = side.object(&header, &create("CtpA1"));
            let request = notify(&object)
                .from("CtpA1")
                .identified("rqi1")
                .release("3");
            let message = Message {
                message_id,
                token: Token::from([7; 8]),
                ..encode_request(&request).unwrap()
            };
            let octets = message.write().unwrap();
            let answer = endpoint.answer(&octets, &peer, Duration::ZERO).await;
            let answer = Message::read(&answer.unwrap()).unwrap();
            self.note((answer.code, answer.payload.is_empty()))?;
            self.note(outcome(&side, &decode_response(&answer).unwrap()))?;
            let message = onem2m_primitive::http::encode_request(&request).unwrap();
            let (parts, _) = bench.exchange(message.map(http_body_util::Full::new)).await;
            self.note(parts.status)?;
        }
        Ok(())
    }

    /// A key of a remote provisioning framework opens an object.
    pub(super) async fn provisioned(&mut self, clauses: Clauses) -> Told {
        let settings = settings();
        settings
            .pairs
            .provision(pair("kid-23", "CtpA1", 23))
            .unwrap();
        let bench = bench_by(settings, clauses).await;
        let side = side(&bench, "CtpA1", "kid-23").await;
        let object = side.object(&side.header(), &create("CtpA1"));
        let answer = side.send(&bench, &object).await;
        self.note(outcome(&side, &answer))
    }

    /// What the registrar of the CSE is told of it.
    pub(super) async fn registering(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let statement = json!({ "cse": "http://registrar.example", "registrar": "/reg/base" });
        bench.cse.register_with(&statement).await.unwrap();
        let arrived = bench.inbox.wait_for(1).await;
        let content = arrived[0].1.content.clone().unwrap_or_default();
        self.note(&content["m2m:csr"]["esi"]["esf"])
    }

    pub(super) async fn vectors(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let mut vectors = HashSet::new();
        for _ in 0..150 {
            let object = side.object(&side.header(), &retrieve("CtpA1", "CtpA1"));
            let answer = side.send(&bench, &object).await.content.unwrap_or_default();
            let answer = answer["m2m:seci"]["epo"].as_str().unwrap_or_default();
            vectors.insert(answer.split('.').nth(2).map(str::to_owned));
        }
        self.note(vectors.len())
    }
}
