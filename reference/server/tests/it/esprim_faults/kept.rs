//! Keys, rand objects and objects that come again.

use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::{Header, ReceiverRand};
use onem2m_server::{Clauses, EndToEnd, Pair};

use super::support::{PopLast, ask, drafted, outcome, settings, side, side_of};
use super::{Round, Told};
use crate::esprim_side::{START, Side, bench_by, count, create, own_object, pair, pairs, retrieve};

impl Round {
    pub(super) async fn keys(&mut self, clauses: Clauses) -> Told {
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

    pub(super) async fn sessions(&mut self, clauses: Clauses) -> Told {
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

    pub(super) async fn replays(&mut self, clauses: Clauses) -> Told {
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
}
