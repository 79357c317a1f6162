//! What is no request, and securityInfo by other names.

use onem2m_primitive::Request;
use onem2m_server::Clauses;
use serde_json::json;

use super::support::{outcome, settings, side};
use super::{Round, Told};
use crate::esprim_side::{bench_by, create, notify};

impl Round {
    pub(super) async fn primitives(&mut self, clauses: Clauses) -> Told {
        let bench = bench_by(settings(), clauses).await;
        let side = side(&bench, "CtpA1", "kid-1").await;
        let first = side.object(&side.header(), &create("CtpA1"));
        let response = side.send(&bench, &first).await;
        self.note(outcome(&side, &response))?;
        let content = response.content.unwrap_or_default();
        let reflected = content["m2m:seci"]["epo"].as_str().unwrap_or_default();
        self.note(outcome(&side, &side.send(&bench, reflected).await))?;
        for plaintext in [r#"{"rsc":2000,"rqi":"r1"}"#, "true", ""] {
            let object = side.object_of(&side.header(), plaintext.as_bytes());
            self.note(outcome(&side, &side.send(&bench, &object).await))?;
        }
        let next = || side.object(&side.header(), &create("CtpA1"));
        for content in [
            json!({ "SIT": 5, "epo": next() }),
            json!({ "securityInfoType": 5, "esprimObject": next() }),
        ] {
            let request = Request::notify("cse-in", json!({ "m2m:seci": content }));
            let response = bench.send(request.from("CtpA1")).await;
            self.note(outcome(&side, &response))?;
        }
        let late = Request {
            request_expiration: Some("20200101T000000".to_owned()),
            ..notify(&next()).from("CtpA1")
        };
        self.note(outcome(&side, &bench.send(late).await))
    }
}
