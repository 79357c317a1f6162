//! What the CSE says of itself, and the rand objects that it gives out.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use onem2m_primitive::Request;
use onem2m_server::{Clauses, EndToEnd};
use serde_json::{Value, json};

use super::support::{ask, kind_of_id, settings};
use super::{Round, Told};
use crate::bench::{ADMIN, representation};
use crate::esprim_side::bench_by;

impl Round {
    pub(super) async fn information(&mut self, clauses: Clauses) -> Told {
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

    pub(super) async fn published(&mut self, clauses: Clauses) -> Told {
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

    pub(super) async fn rand_objects(&mut self, clauses: Clauses) -> Told {
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
}
