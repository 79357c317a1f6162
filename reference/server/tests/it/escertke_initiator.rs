//! An AE that establishes a key with a CSE by certificates, and sends a request under it (TS-0003 V3.18.0, 8.7.2 and 8.4.2).

use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{
    Allowed, ClientCredential, Expected, OwnCertificate, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{AeStem, AeUri};
use onem2m_primitive::Request;
use onem2m_server::{
    Application, Clauses, Clock as _, Configuration, Connecting, Connector, Cse, Duplex, EndToEnd,
    FailureStyle, Initiating, Pairs, Peer, Registration, Sessions, Terminating,
};
use serde_json::{Value, json};
use tokio::io::duplex;

use crate::authority::{Holder, NOW, Name, Order};
use crate::bench::{ADMIN, Bench, CREATED, SOURCE, UPDATED, application};
use crate::esprim_side::TARGET;

const NAME: &str = "id-in.onem2m.example";
const STEM: &str = "S98821";
const URI: &str = "//onem2m.example/S98821";

/// Leads to a CSE.
struct ToCse(Cse);

impl Connector for ToCse {
    fn connect<'a>(&'a self, _: &'a str) -> Connecting<'a> {
        let cse = self.0.clone();
        Box::pin(async move {
            let (near, far) = duplex(64 * 1024);
            let peer = Peer::plain(SOURCE.parse().unwrap());
            tokio::spawn(async move { cse.serve_connection(far, peer).await });
            Ok(Box::new(near) as Box<dyn Duplex>)
        })
    }
}

/// A CSE that an AE may establish a key with, and the AE.
struct Ends {
    bench: Bench,
    application: Application,
}

impl Ends {
    async fn new() -> Self {
        let root = Order::authority("root").self_signed();
        let end_to_end = EndToEnd {
            pairs: Arc::new(Pairs::new()),
            terminating: Some(Arc::new(terminating(&root))),
            ..EndToEnd::default()
        };
        let configuration = Configuration {
            end_to_end: Some(Arc::new(end_to_end)),
            ..Configuration::default()
        };
        let bench = Bench::made(configuration, Clauses::SPECIFICATION);
        let ahead = NOW - bench.clock.now().unix_timestamp();
        bench.advance(ahead.unsigned_abs());
        let rules =
            json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }, { "acor": ["all"], "acop": 19 }] });
        let policy = Request::update("cse-in/acpCSEBase", json!({ "m2m:acp": { "pv": rules } }));
        assert_eq!(bench.status(policy.from(ADMIN)).await, UPDATED);
        let register = Request::create("cse-in", 2, application()).from(STEM);
        assert_eq!(bench.status(register).await, CREATED);
        bench
            .container(json!([{ "acor": ["all"], "acop": 63 }]))
            .await;
        let application = initiator(&bench, &root);
        Self { bench, application }
    }

    /// What the AE shows of a request under a key that it establishes with whoever has this name.
    async fn request(&self, name: &str) -> Value {
        let statement = json!({
            "cse": "http://cse.example", "identity": "//onem2m.example/id-in",
            "receiver": "cse-in", "information": "cse-in", "observe": TARGET,
            "key": { "by-certificate": name }, "request": { "op": 2, "to": "cse-in" },
        });
        let sessions = Sessions::default();
        self.application
            .originate(&statement, &sessions)
            .await
            .unwrap();
        let latest = Request::retrieve(format!("{TARGET}/la")).from(ADMIN);
        let latest = self.bench.send(latest).await.content.unwrap();
        serde_json::from_str(latest["m2m:cin"]["con"].as_str().unwrap()).unwrap()
    }
}

fn terminating(root: &Holder) -> Terminating {
    let own = Order::leaf(&[Name::Domain(NAME)]);
    Terminating {
        certificate: own.issued_by(root).with(&[]),
        initiators: Trust {
            anchors: vec![root.der()],
            peers: vec![TrustedPeer {
                expected: Expected::AeId(AeUri::parse(URI).unwrap()),
                allowed: Allowed::Unstated,
            }],
        },
        lifetime: Duration::from_secs(30),
        failures: FailureStyle::Alert,
    }
}

fn initiator(bench: &Bench, root: &Holder) -> Application {
    let own = Order::leaf(&[Name::Uri(URI)]);
    let own: OwnCertificate = own.issued_by(root).with(&[]);
    let registration = Registration {
        authority: "cse.example:80".to_owned(),
        name: None,
        transport: Transport::Tls,
        credential: ClientCredential::Nothing,
        trust: Trust::default(),
        stem: AeStem::parse(STEM).unwrap(),
        base: "cse-in".to_owned(),
    };
    let application = Application::new(
        vec![registration],
        bench.clock.clone(),
        Clauses::SPECIFICATION,
        Arc::new(ToCse(bench.cse.clone())),
        Duration::from_secs(20),
    );
    application.protecting(EndToEnd {
        initiating: Some(Arc::new(Initiating {
            certificate: own,
            anchors: vec![root.der()],
        })),
        ..EndToEnd::default()
    })
}

#[tokio::test]
async fn request_is_served_under_the_key_of_an_exchange() {
    let shown = Ends::new().await.request(NAME).await;
    assert_eq!(shown["rsc"], 2000, "{shown}");
}

#[tokio::test]
async fn each_order_establishes_another_key() {
    let ends = Ends::new().await;
    for _ in 0..2 {
        let shown = ends.request(NAME).await;
        assert_eq!(shown["rsc"], 2000, "{shown}");
    }
}

#[tokio::test]
async fn cse_under_another_name_gets_no_key() {
    let shown = Ends::new().await.request("other.onem2m.example").await;
    let failure = shown["failure"].as_str().unwrap_or_default();
    assert!(
        failure.contains("expected a key by certificates"),
        "{shown}"
    );
}
