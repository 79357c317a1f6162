//! No fault of end-to-end security is without effect: a round of exchanges comes out otherwise than on a CSE as specified.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::bare::Draft;
use onem2m_envelope::esprim::{Clauses as EsPrim, Header, ReceiverRand};
use onem2m_envelope::{ContentEncryption, SymmetricKey, base64url};
use onem2m_keys::{SESSION_KEY_LABEL, SessionEsPrimKey};
use onem2m_primitive::coap::{Message, Token, decode_response, encode_request};
use onem2m_primitive::{Request, Response};
use onem2m_server::coap::CoapEndpoint;
use onem2m_server::{Clauses, EndToEnd, Pair, Peer, faults};
use serde_json::{Value, json};

use crate::bench::{ADMIN, Bench, SOURCE, representation};
use crate::esprim_side::{
    START, Side, bench_by, count, create, listing, notify, own_object, pair, pairs, retrieve,
};
use crate::mcc::{associated, register, send_by};

/// The first fault of this group; all that follow are of it.
const FIRST: &str = "InformationNotValidated";

#[tokio::test]
async fn every_fault_shows() {
    let mut expected = Round::default();
    assert!(expected.run(Clauses::SPECIFICATION).await.is_ok());
    let again = Round::expecting(&expected.seen)
        .run(Clauses::SPECIFICATION)
        .await;
    assert_eq!(again, Ok(()), "the round comes out the same every time");
    let mut hidden = Vec::new();
    for fault in faults::all().skip_while(|fault| fault.name != FIRST) {
        let mut clauses = Clauses::SPECIFICATION;
        (fault.apply)(&mut clauses);
        if Round::expecting(&expected.seen).run(clauses).await.is_ok() {
            hidden.push(fault.name);
        }
    }
    assert!(hidden.is_empty(), "{hidden:?} show nowhere");
}

/// What came out otherwise.
type Told = Result<(), String>;

/// Exchanges in their order, with what each came to.
#[derive(Default)]
struct Round {
    expected: Option<Vec<String>>,
    seen: Vec<String>,
}

impl Round {
    fn expecting(seen: &[String]) -> Self {
        Self {
            expected: Some(seen.to_vec()),
            seen: Vec::new(),
        }
    }

    fn note(&mut self, what: impl std::fmt::Debug) -> Told {
        let text = format!("{what:?}");
        let expected = self
            .expected
            .as_ref()
            .map(|all| all[self.seen.len()].clone());
        self.seen.push(text.clone());
        match expected.is_none_or(|expected| expected == text) {
            true => Ok(()),
            false => Err(text),
        }
    }

    async fn run(&mut self, clauses: Clauses) -> Told {
        self.information(clauses).await?;
        self.published(clauses).await?;
        self.rand_objects(clauses).await?;
        self.exchanges(clauses).await?;
        self.forms(clauses).await?;
        self.keys(clauses).await?;
        self.sessions(clauses).await?;
        self.agreements(clauses).await?;
        self.identities(clauses).await?;
        self.replays(clauses).await?;
        self.targets(clauses).await?;
        self.bindings(clauses).await?;
        self.vectors(clauses).await
    }

    async fn information(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let read = async |to: &str, from: &str| {
            let only = Request {
                attribute_list: vec!["esi".to_owned()],
                ..Request::retrieve(to).from(from)
            };
            let response = bench.send(only).await;
            (response.status, response.content)
        };
        let object =
            r#"{"esri":"rr-s","esrv":"a1b2","esrx":"20991231T235959","esks":[1],"espa":[12]}"#;
        let object: Value = serde_json::from_str(object).unwrap();
        let mut wrong = object.clone();
        wrong["espa"] = json!("x");
        for value in [
            json!({ "esf": [13, 23], "esro": object }),
            json!({ "esf": [13] }),
            json!({ "esf": "13" }),
            json!({ "esro": object }),
            json!({ "esf": [13], "escert": ["***"] }),
            json!({ "esf": [13], "esro": wrong }),
            json!({ "x": 1 }),
            Value::Null,
        ] {
            let update = Request::update("CtpA1", json!({ "m2m:ae": { "esi": value } }));
            self.note(bench.status(update.clone().from("CtpA2")).await)?;
            self.note(bench.status(update.from("CtpA1")).await)?;
            self.note(read("CtpA1", "CtpA1").await)?;
        }
        let base = Request::update("cse-in", json!({ "m2m:cb": { "esi": { "esf": [13] } } }));
        self.note(bench.status(base.from(ADMIN)).await)?;
        self.note(read("cse-in", ADMIN).await)
    }

    async fn published(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(
            EndToEnd {
                rotation: Some(Duration::from_secs(300)),
                ..settings()
            },
            clauses,
        )
        .await;
        let mut ids = HashSet::new();
        for _ in 0..2 {
            let base = bench.send(Request::retrieve("cse-in").from(ADMIN)).await;
            let object = representation(&base)["esi"]["esro"].clone();
            self.note(kind_of_id(&object))?;
            ids.insert(object["esri"].to_string());
            self.note(ids.len())?;
            let asked = ask(&bench, "CtpA1").await;
            self.note(kind_of_id(&asked["ero"]))?;
            bench.advance(300);
        }
        Ok(())
    }

    async fn rand_objects(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let (mut ids, mut values) = (HashSet::new(), HashSet::new());
        let mut first = BTreeSet::new();
        for _ in 0..32 {
            let answer = ask(&bench, "CtpA1").await;
            let object = &answer["ero"];
            let value = object["esrv"].as_str().unwrap_or_default();
            ids.insert(object["esri"].to_string());
            values.insert(value.to_owned());
            first.insert(value.chars().nth(5));
            let names = |value: &Value| {
                let members = value.as_object();
                members.map(|members| members.keys().cloned().collect::<Vec<_>>())
            };
            self.note((names(&answer), names(object), &answer["sit"], value.len()))?;
            self.note((
                &object["esrx"],
                &object["esks"],
                &object["espa"],
                kind_of_id(object),
            ))?;
        }
        self.note((ids.len(), values.len(), first.len() > 1))?;
        for content in [
            json!({ "sit": 3, "epo": "a..b.c.d" }),
            json!({ "sit": 4, "ero": {} }),
            json!({ "sit": "3" }),
            json!({ "sit": 9 }),
        ] {
            let request = Request::notify("cse-in", json!({ "m2m:seci": content }));
            self.note(bench.status(request.from("CtpA1")).await)?;
        }
        Ok(())
    }

    async fn exchanges(&mut self, clauses: Clauses) -> Told {
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

    async fn forms(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let first = side.object(&side.header(), &create("CtpA1"));
        self.note(outcome(&side, &side.send(&bench, &first).await))?;
        let again = side.object(&side.header(), &create("CtpA1"));
        let content = json!({ "m2m:seci": { "sit": 3, "epo": again } });
        let request = Request::notify("cse-in", content).from("CtpA1");
        self.note(bench.status(request).await)?;
        let parts = Compact::read(&first);
        let tag = parts.octets(4);
        let text = |part: usize| first.split('.').nth(part).unwrap().to_owned();
        let spaced = side.header().to_json().replacen(',', ", ", 1);
        let xml = side.header().to_json().replace("preq+json", "preq+xml");
        let standard = text(3).replace('-', "+").replace('_', "/");
        for object in [
            format!("{first}.x"),
            parts.clone().with(1, &[1]).to_string(),
            parts
                .clone()
                .with_text(4, &format!("{}==", text(4)))
                .to_string(),
            parts.clone().with_text(3, &standard).to_string(),
            parts
                .clone()
                .with_text(3, &format!("{}\n", text(3)))
                .to_string(),
            parts.clone().with(4, &tag[..12]).to_string(),
            parts.clone().with(4, &[]).to_string(),
            parts
                .clone()
                .with(4, &[&tag[..], &[0]].concat())
                .to_string(),
            parts.clone().with(4, &[7; 16]).to_string(),
            parts.clone().with(0, spaced.as_bytes()).to_string(),
            parts.clone().with(0, xml.as_bytes()).to_string(),
            drafted(&side, |header| header, &[9; 16]),
        ] {
            self.note(outcome(&side, &side.send(&bench, &object).await))?;
            self.note(count(&bench).await)?;
        }
        for (from, to) in [
            (r#""alg":"dir""#, r#""alg":"none""#),
            (r#""alg":"dir""#, r#""alg":"DIR""#),
            (r#""alg":"dir","#, ""),
            ("A256GCM", "a256gcm"),
            ("A256GCM", "A256CBC-HS512"),
            (r#""enc":"A256GCM","#, ""),
            (r#""alg":"dir""#, r#""alg":"dir","crit":["exp"],"exp":1"#),
            (r#""alg":"dir""#, r#""alg":"dir","crit":"exp""#),
            (r#""alg":"dir""#, r#""alg":"dir","x-test":1"#),
            (r#""kid":"kid-1""#, r#""kid":"kid-1","kid":"kid-9""#),
            (r#""cty":"application/vnd.onem2m-preq+json","#, ""),
            ("application/vnd", "vnd"),
            (r#""ori":"or-0001","#, ""),
        ] {
            let object = drafted(&side, |header| header.replace(from, to), &[8; 12]);
            self.note(outcome(&side, &side.send(&bench, &object).await))?;
        }
        let rri = format!(r#""rri":"{}","#, side.session.receiver.id());
        let object = drafted(&side, |header| header.replace(&rri, ""), &[8; 12]);
        self.note(outcome(&side, &side.send(&bench, &object).await))?;
        let none =
            base64url::encode(br#"{"alg":"none","kid":"kid-1","ori":"or-0001","rri":"RRI"}"#);
        let header = base64url::decode(&none).unwrap();
        let header = String::from_utf8(header)
            .unwrap()
            .replace("RRI", side.session.receiver.id());
        let plain = create("CtpA1").to_string();
        let object = Compact::of(&[header.as_bytes(), &[], &[], plain.as_bytes(), &[]]);
        self.note(outcome(
            &side,
            &side.send(&bench, &object.to_string()).await,
        ))
    }

    async fn keys(&mut self, clauses: Clauses) -> Told {
        let pairs = pairs();
        pairs.withdraw("kid-2");
        let expiring = Pair {
            expires: Some(START + time::Duration::seconds(60)),
            ..pair("kid-2", "CtpA2", 13)
        };
        pairs.provision(expiring).unwrap();
        let bench = bench_by(
            EndToEnd {
                pairs: pairs.clone(),
                ..settings()
            },
            clauses,
        )
        .await;
        let first = side(&bench, "CtpA1", "kid-1").await;
        let second = side(&bench, "CtpA2", "kid-2").await;
        for kid in ["kid-9", "KID-1", "kid-2"] {
            let header = Header {
                kid: kid.to_owned(),
                ..first.header()
            };
            let object = first.object(&header, &create("CtpA1"));
            self.note(outcome(&first, &first.send(&bench, &object).await))?;
        }
        let data = side_of(&ask(&bench, "CtpA1").await, "CtpA1", "kid-data", "or-0001");
        let object = data.object(&data.header(), &create("CtpA1"));
        self.note(outcome(&data, &data.send(&bench, &object).await))?;
        for side in [&first, &second] {
            let object = side.object(&side.header(), &retrieve(side.stem, side.stem));
            self.note(outcome(side, &side.send(&bench, &object).await))?;
        }
        let crossed = Header {
            rri: second.session.receiver.id().to_owned(),
            ..second.header()
        };
        let object = first.object(&crossed, &create("CtpA1"));
        self.note(outcome(&first, &second.send(&bench, &object).await))?;
        bench.advance(60);
        let fresh = side(&bench, "CtpA2", "kid-2").await;
        for side in [&second, &fresh] {
            for header in [side.later_header(), side.header()] {
                let object = side.object(&header, &retrieve("CtpA2", "CtpA2"));
                self.note(outcome(side, &side.send(&bench, &object).await))?;
            }
        }
        pairs.withdraw("kid-1");
        let object = first.object(&first.later_header(), &create("CtpA1"));
        self.note(outcome(&first, &first.send(&bench, &object).await))
    }

    async fn sessions(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let first = side(&bench, "CtpA1", "kid-1").await;
        let second = side(&bench, "CtpA2", "kid-2").await;
        let send = async |side: &Side, header: &Header| {
            let object = side.object(header, &retrieve(side.stem, side.stem));
            outcome(side, &side.send(&bench, &object).await)
        };
        let named = |ori: &str, header: Header| Header {
            ori: ori.to_owned(),
            ..header
        };
        let next = first.again(&own_object("or-next", "20251120T133730"));
        let broken =
            Compact::read(&next.object(&next.header(), &create("CtpA1"))).with(4, &[0; 16]);
        self.note(outcome(
            &next,
            &next.send(&bench, &broken.to_string()).await,
        ))?;
        self.note(send(&next, &next.later_header()).await)?;
        self.note(send(&first, &named("or-9", first.header())).await)?;
        self.note(send(&first, &first.header()).await)?;
        self.note(send(&first, &first.later_header()).await)?;
        self.note(send(&first, &named("or-9", first.later_header())).await)?;
        self.note(send(&second, &second.later_header()).await)?;
        let refresh = Header {
            oro: Some(next.session.originator.clone()),
            ..first.later_header()
        };
        self.note(send(&first, &refresh).await)?;
        self.note(send(&next, &next.later_header()).await)?;
        self.note(send(&first, &first.later_header()).await)?;
        let changed = first.again(&own_object("or-0001", "20251120T133700"));
        self.note(send(&changed, &changed.header()).await)?;
        self.note(send(&first, &first.later_header()).await)?;
        let unknown = Header {
            rri: "rr-9".to_owned(),
            ..first.header()
        };
        self.note(send(&first, &unknown).await)?;
        let evil = r#"{"esri":"rr-evil","esrv":"a1b2c3d4e5f60718293a4b5c6d7e8f91","esrx":"20251120T140000","esks":[1],"espa":[10,11,12]}"#;
        let planted = drafted(
            &first,
            |header| header.replacen('{', &format!(r#"{{"rro":{evil},"#), 1),
            &[4; 12],
        );
        self.note(outcome(&first, &first.send(&bench, &planted).await))?;
        let evil = Side::with(
            "CtpA1",
            "kid-1",
            &ReceiverRand::from_json(evil).unwrap(),
            &own_object("or-e", "20251120T133730"),
        );
        self.note(send(&evil, &evil.header()).await)?;
        for expiry in ["20251120T132730", "20251120T133731", "20251120T133730"] {
            let side = first.again(&own_object(&format!("or-{expiry}"), expiry));
            self.note(send(&side, &side.header()).await)?;
        }
        let short = first.again(&own_object("or-short", "20251120T132830"));
        self.note(send(&short, &short.header()).await)?;
        bench.advance(60);
        self.note(send(&short, &short.later_header()).await)?;
        bench.advance(540);
        self.note(send(&first, &first.later_header()).await)?;
        let renewed = first.again(&own_object("or-new", "20251120T140000"));
        self.note(send(&renewed, &renewed.header()).await)
    }

    async fn agreements(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let first = side(&bench, "CtpA1", "kid-1").await;
        for (name, protocols) in [("or-1", &[12, 20][..]), ("or-2", &[12]), ("or-3", &[10])] {
            let side = first.again(&listing(name, "20251120T133730", protocols));
            for enc in [ContentEncryption::A256Gcm, ContentEncryption::A128Gcm] {
                let header = Header {
                    enc,
                    ..side.header()
                };
                let object = side.object(&header, &create("CtpA1"));
                self.note(outcome(&side, &side.send(&bench, &object).await))?;
            }
        }
        let receiver = first.session.receiver.to_json();
        for (number, (from, to)) in [
            (r#""espa":[12,11,10]"#, r#""espa":[]"#),
            (r#","espa":[12,11,10]"#, ""),
            (r#""esk":1,"#, ""),
            (r#""esk":1"#, r#""esk":2"#),
            ("a1b2c3d4e5f60718293a4b5c6d7e8f90", ""),
            ("20251120T133730", "2025-11-20T13:37:30Z"),
        ]
        .into_iter()
        .enumerate()
        {
            let own = first.session.originator.to_json().replace(from, to);
            let name = format!("or-x{number}");
            let renamed = own.replace("or-0001", &name);
            // What a lenient receiver makes of it is derived from what it fills in.
            for taken in [
                &renamed,
                &first.session.originator.to_json().replace("or-0001", &name),
            ] {
                let object = keyed(&first, &receiver, taken, |header| {
                    let whole = first.session.originator.to_json();
                    header.replace(&whole, &renamed).replace("or-0001", &name)
                });
                self.note(outcome(&first, &first.send(&bench, &object).await))?;
                self.note(count(&bench).await)?;
            }
        }
        let own = first.session.originator.to_json();
        let text = Value::from(own.as_str()).to_string();
        let object = drafted(&first, |header| header.replace(&own, &text), &[3; 12]);
        self.note(outcome(&first, &first.send(&bench, &object).await))?;
        let swapped = first.session.originator.to_json();
        let key = SessionEsPrimKey::over(
            &first.key.key,
            &[
                swapped.as_bytes(),
                receiver.as_bytes(),
                SESSION_KEY_LABEL.as_bytes(),
            ],
        );
        let mut wrong = first.clone();
        wrong.session.key = key;
        let object = wrong.object(&first.header(), &create("CtpA1"));
        self.note(outcome(&wrong, &wrong.send(&bench, &object).await))
    }

    async fn identities(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        for from in [
            json!("CtpA2"),
            json!("CtpA"),
            json!("CtpA11"),
            json!("ctpa1"),
            json!("/id-in"),
            json!("/mn-1/CtpA1"),
            json!(""),
        ] {
            let inner = with(retrieve("CtpA1", "CtpA2"), "fr", from);
            let object = side.object(&side.header(), &inner);
            self.note(outcome(&side, &side.send(&bench, &object).await))?;
        }
        let nobody = r#"{"op":2,"to":"CtpA1","rqi":"i","rvi":"3"}"#;
        let twice = r#"{"op":2,"to":"CtpA2","fr":"CtpA1","fr":"CtpA2","rqi":"i","rvi":"3"}"#;
        for text in [nobody, twice] {
            let object = side.object_of(&side.header(), text.as_bytes());
            self.note(outcome(&side, &side.send(&bench, &object).await))?;
        }
        let object = side.object(&side.header(), &create("CtpA1"));
        let response = bench.send(notify(&object).from("CtpA2")).await;
        self.note(outcome(&side, &response))?;
        let flagged = bench
            .policy(
                "acpF",
                json!([{ "acor": ["CtpA1"], "acop": 63, "acaf": true }]),
            )
            .await;
        let content = json!({ "m2m:cnt": { "rn": "cntF", "acpi": [flagged] } });
        let make = Request::create("cse-in", 3, content).from(ADMIN);
        self.note(bench.status(make).await)?;
        let object = side.object(&side.header(), &retrieve("CtpA1", "cse-in/cntF"));
        self.note(outcome(&side, &side.send(&bench, &object).await))
    }

    async fn replays(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(
            EndToEnd {
                detects_replays: true,
                ..settings()
            },
            clauses,
        )
        .await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let object = side.object(&side.header(), &create("CtpA1"));
        // The last character of a tag has four bits to spare.
        let other = match object.pop_last() {
            ('A', rest) => format!("{rest}B"),
            ('Q', rest) => format!("{rest}R"),
            ('g', rest) => format!("{rest}h"),
            (_, rest) => format!("{rest}x"),
        };
        for text in [&object, &object, &other] {
            self.note(side.send(&bench, text).await.status)?;
            self.note(count(&bench).await)?;
        }
        Ok(())
    }

    async fn targets(&mut self, clauses: Clauses) -> Told {
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

    async fn vectors(&mut self, clauses: Clauses) -> Told {
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

    async fn bindings(&mut self, clauses: Clauses) -> Told {
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
}

fn settings() -> EndToEnd {
    EndToEnd {
        pairs: pairs(),
        ..EndToEnd::default()
    }
}

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

/// The identifier of a rand object without what is random in it.
fn kind_of_id(object: &Value) -> Option<String> {
    let id = object["esri"].as_str()?;
    id.split('-').next().map(str::to_owned)
}

async fn ask(bench: &Bench, stem: &str) -> Value {
    let content = json!({ "m2m:seci": { "sit": 3 } });
    let response = bench
        .send(Request::notify("cse-in", content).from(stem))
        .await;
    response.content.unwrap_or_default()["m2m:seci"].clone()
}

async fn side(bench: &Bench, stem: &'static str, kid: &str) -> Side {
    side_of(&ask(bench, stem).await, stem, kid, "or-0001")
}

/// A side with the object of an answer, or with some object if that is none.
fn side_of(answer: &Value, stem: &'static str, kid: &str, own: &str) -> Side {
    let some = r#"{"esri":"x","esrv":"a1","esrx":"20251120T133730","esks":[1],"espa":[10,11,12]}"#;
    let receiver = ReceiverRand::from_json(&answer["ero"].to_string())
        .unwrap_or_else(|_| ReceiverRand::from_json(some).unwrap());
    Side::with(stem, kid, &receiver, &own_object(own, "20251120T133730"))
}

/// An object with a change in the text of its header, encrypted for the header as it is then.
fn drafted(side: &Side, change: impl Fn(String) -> String, iv: &[u8]) -> String {
    let text = change(side.header().to_json());
    let key = SymmetricKey::new(side.session.key.octets());
    let plaintext = create(side.stem).to_string();
    let draft = Draft::with_header(&text, key, iv, plaintext.as_bytes());
    draft.compose().unwrap().to_string()
}

/// The same under the session key of these texts.
fn keyed(
    side: &Side,
    receiver: &str,
    originator: &str,
    change: impl Fn(String) -> String,
) -> String {
    let label = SESSION_KEY_LABEL.as_bytes();
    let parts = [receiver.as_bytes(), originator.as_bytes(), label];
    let mut side = side.clone();
    side.session.key = SessionEsPrimKey::over(&side.key.key, &parts);
    drafted(&side, change, &[2; 12])
}

/// What a response says, as far as nothing in it is random.
fn outcome(side: &Side, response: &Response) -> Value {
    let content = response.content.clone().unwrap_or_default();
    let names = |value: &Value| {
        let members = value.as_object();
        members.map(|members| members.keys().cloned().collect::<Vec<_>>())
    };
    let Some(object) = content["m2m:seci"]["epo"].as_str() else {
        return json!([response.status.number(), names(&content)]);
    };
    let lengths: Vec<usize> = object.split('.').map(str::len).collect();
    let accepted = onem2m_envelope::esprim::accept_response(
        &EsPrim::SPECIFICATION,
        object,
        &side.readings,
        &side.session,
        START,
    );
    let inner = match &accepted {
        Err(discard) => json!(format!("{discard}").split('"').next()),
        Ok(accepted) => {
            let inner: Value = serde_json::from_slice(&accepted.plaintext).unwrap_or_default();
            let rro = accepted.header.rro.as_ref();
            let is_new = rro.map(|rro| rro.id() != side.session.receiver.id());
            json!([
                inner["rsc"],
                inner["rqi"],
                accepted.header.enc.name(),
                is_new
            ])
        }
    };
    json!([
        response.status.number(),
        names(&content),
        content["m2m:seci"]["sit"],
        lengths.first(),
        lengths.get(1),
        lengths.get(4),
        inner
    ])
}

trait PopLast {
    /// The last character, and what is before it.
    fn pop_last(&self) -> (char, &str);
}

impl PopLast for String {
    fn pop_last(&self) -> (char, &str) {
        let last = self.chars().next_back().unwrap();
        (last, &self[..self.len() - last.len_utf8()])
    }
}
