//! Objects of other forms, agreements and identities.

use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::Header;
use onem2m_envelope::{ContentEncryption, base64url};
use onem2m_keys::{SESSION_KEY_LABEL, SessionEsPrimKey};
use onem2m_primitive::Request;
use onem2m_server::Clauses;
use serde_json::{Value, json};

use super::support::{drafted, keyed, outcome, settings, side, with};
use super::{Round, Told};
use crate::bench::ADMIN;
use crate::esprim_side::{bench_by, count, create, listing, notify, retrieve};

impl Round {
    pub(super) async fn forms(&mut self, clauses: Clauses) -> Told {
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

    pub(super) async fn agreements(&mut self, clauses: Clauses) -> Told {
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

    pub(super) async fn identities(&mut self, clauses: Clauses) -> Told {
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
}
