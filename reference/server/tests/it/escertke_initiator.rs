//! An AE that establishes a key with a CSE within associations (TS-0003 V3.18.0, 8.7.2).

use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{
    Allowed, ClientCredential, Domain, Expected, OwnCertificate, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{AeStem, AeUri, PublicDomainName};
use onem2m_primitive::Request;
use onem2m_server::{
    Application, Clauses, Clock as _, Configuration, Connecting, Connector, Cse, Duplex, EndToEnd,
    FailureStyle, Pairs, Registration, Security, Terminating,
};
use serde_json::json;
use tokio::io::duplex;

use crate::authority::{Holder, NOW, Name, Order};
use crate::bench::{ADMIN, Bench, SOURCE, UPDATED};

const NAME: &str = "id-in.onem2m.example";
const STEM: &str = "S98821";
const URI: &str = "//onem2m.example/S98821";

/// Leads to a CSE within associations.
struct ToCse(Cse);

impl Connector for ToCse {
    fn connect<'a>(&'a self, _: &'a str) -> Connecting<'a> {
        let cse = self.0.clone();
        Box::pin(async move {
            let (near, far) = duplex(64 * 1024);
            tokio::spawn(async move {
                let client = SOURCE.parse().unwrap();
                cse.serve_association(far, client).await.unwrap();
            });
            Ok(Box::new(near) as Box<dyn Duplex>)
        })
    }
}

/// A CSE that an AE may register and establish a key with.
struct Ends {
    bench: Bench,
    root: Holder,
}

impl Ends {
    async fn new() -> Self {
        let root = Order::authority("root").self_signed();
        let own = Order::leaf(&[Name::Domain(NAME)]);
        let own = own.issued_by(&root).with(&[]);
        let trust = Trust {
            anchors: vec![root.der()],
            peers: vec![TrustedPeer {
                expected: Expected::AeId(AeUri::parse(URI).unwrap()),
                allowed: Allowed::Unstated,
            }],
        };
        let security = Security {
            certificate: Some(own.clone()),
            trust: trust.clone(),
            ..Security::new(Domain::Infrastructure)
        };
        let end_to_end = EndToEnd {
            pairs: Arc::new(Pairs::new()),
            terminating: Some(Arc::new(Terminating {
                certificate: own,
                initiators: trust,
                lifetime: Duration::from_secs(30),
                failures: FailureStyle::Alert,
            })),
            ..EndToEnd::default()
        };
        let configuration = Configuration {
            security: Some(Arc::new(security)),
            end_to_end: Some(Arc::new(end_to_end)),
            ..Configuration::default()
        };
        let bench = Bench::made(configuration, Clauses::SPECIFICATION);
        let ahead = NOW - bench.clock.now().unix_timestamp();
        bench.advance(ahead.unsigned_abs());
        let rules =
            json!({ "acr": [{ "acor": [ADMIN], "acop": 63 }, { "acor": ["all"], "acop": 18 }] });
        let policy = Request::update("cse-in/acpCSEBase", json!({ "m2m:acp": { "pv": rules } }));
        assert_eq!(bench.status(policy.from(ADMIN)).await, UPDATED);
        Self { bench, root }
    }

    /// An AE that expects the CSE under this name.
    fn application(&self, name: &str) -> Application {
        let own = Order::leaf(&[Name::Uri(URI)]);
        let own: OwnCertificate = own.issued_by(&self.root).with(&[]);
        let registration = Registration {
            authority: "registrar.example:443".to_owned(),
            name: None,
            transport: Transport::Tls,
            credential: ClientCredential::Certificate(own),
            trust: Trust {
                anchors: vec![self.root.der()],
                peers: vec![TrustedPeer {
                    expected: Expected::CseId(PublicDomainName::parse(name).unwrap()),
                    allowed: Allowed::Unstated,
                }],
            },
            stem: AeStem::parse(STEM).unwrap(),
            base: "cse-in".to_owned(),
        };
        Application::new(
            vec![registration],
            self.bench.clock.clone(),
            Clauses::SPECIFICATION,
            Arc::new(ToCse(self.bench.cse.clone())),
            Duration::from_secs(20),
        )
    }
}

#[tokio::test]
async fn each_exchange_gives_another_key() {
    let ends = Ends::new().await;
    let application = ends.application(NAME);
    application.register(0).await.unwrap();
    let first = application.establish(0).await.unwrap();
    let second = application.establish(0).await.unwrap();
    assert_ne!(first, second);
}

#[tokio::test]
async fn cse_under_another_name_gets_no_key() {
    let ends = Ends::new().await;
    ends.application(NAME).register(0).await.unwrap();
    let application = ends.application("other.onem2m.example");
    assert!(application.establish(0).await.is_err());
}

#[tokio::test]
async fn refused_notify_ends_the_procedure() {
    let ends = Ends::new().await;
    let error = ends.application(NAME).establish(0).await.unwrap_err();
    assert!(error.to_string().contains("expected a key"), "{error}");
}
