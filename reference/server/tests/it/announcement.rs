//! AEs with a stem of the service provider, behind an MN-CSE that announces them at its IN-CSE.

use onem2m_identity::CseId;
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{Associated, Cse, Peer, Registrar};
use serde_json::{Value, json};

use crate::associations::{NOT_AUTHENTICATED, unknown};
use crate::bench::{ADMIN, CREATED, DELETED, OK, SOURCE, application, representation};
use crate::mcc::{Wires, cse, register, send_by};

const CREDENTIAL: &str = "12-ae9@in.example.com";
const RULE_FAILED: ResponseStatusCode = ResponseStatusCode::APP_RULE_VALIDATION_FAILED;
const NOT_REACHABLE: ResponseStatusCode = ResponseStatusCode::TARGET_NOT_REACHABLE;

/// `/id-mn`, which is registered with `/id-in`.
struct Provider {
    infrastructure: Cse,
    gateway: Cse,
}

impl Provider {
    async fn new() -> Self {
        let wires = Wires::default();
        let infrastructure = cse("/id-in", &wires, None);
        let registrar = Registrar {
            cse_id: CseId::parse("/id-in").unwrap(),
            base: "/id-in/base-in".to_owned(),
            points_of_access: vec!["http://in:80".to_owned()],
        };
        let gateway = cse("/id-mn", &wires, Some(registrar));
        wires.lay("in:80", &infrastructure, "/id-mn");
        wires.lay("mn:80", &gateway, "/id-in");
        let peer = crate::mcc::associated(&infrastructure, "/id-mn");
        let request = register("base-in", "/id-mn", "http://mn:80");
        assert_eq!(
            send_by(&infrastructure, peer, request).await.status,
            CREATED
        );
        Self {
            infrastructure,
            gateway,
        }
    }

    async fn register(&self, association: Option<Associated>, from: &str) -> Response {
        let request = Request::create("base-mn", 2, application()).from(from);
        self.at_gateway(association, request).await
    }

    async fn at_gateway(&self, association: Option<Associated>, request: Request) -> Response {
        let plain = Peer::plain(SOURCE.parse().unwrap());
        let peer = match association {
            Some(association) => plain.within(association),
            None => plain,
        };
        send_by(&self.gateway, peer, request).await
    }

    async fn announced(&self, stem: &str) -> Value {
        let peer = crate::mcc::associated(&self.infrastructure, "/id-mn");
        let request = Request::retrieve(format!("/id-in/{stem}")).from("/id-mn");
        let answer = send_by(&self.infrastructure, peer, request).await;
        assert_eq!(answer.status, OK, "{answer:?}");
        representation(&answer)
    }

    async fn make(&self, parent: &str, kind: u32, content: Value) {
        let peer = Peer::plain(SOURCE.parse().unwrap());
        let request = Request::create(parent, kind, content).from(ADMIN);
        assert_eq!(
            send_by(&self.infrastructure, peer, request).await.status,
            CREATED
        );
    }

    async fn subscribe(&self, rule: Value) {
        self.make("base-in", 11, json!({ "m2m:mssp": { "rn": "mssp" } }))
            .await;
        self.make("base-in", 19, json!({ "m2m:asar": rule })).await;
        let node = json!({ "ni": "urn:node:1", "csi": "/id-mn", "rlk": ["base-in/rule"] });
        self.make("base-in/mssp", 20, json!({ "m2m:svsn": node }))
            .await;
    }
}

fn stem(answer: &Response) -> String {
    assert_eq!(answer.status, CREATED, "{answer:?}");
    representation(answer)["aei"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn stem_comes_from_the_in_cse_and_is_bound_to_the_credential() {
    let provider = Provider::new().await;
    let stem = stem(&provider.register(Some(unknown(CREDENTIAL)), "S").await);
    let announced = provider.announced(&stem).await;
    assert_eq!(
        announced["lbl"],
        json!([format!("Credential-ID:{CREDENTIAL}")])
    );
    assert_eq!(announced["lnk"], json!(format!("/id-mn/{stem}")));
    assert_eq!(announced["ri"], json!(stem));
    let look = |from: &str| Request::retrieve("base-mn").from(from);
    let own = provider.at_gateway(Some(unknown(CREDENTIAL)), look(&stem));
    assert_eq!(own.await.status, OK);
    let other = provider.at_gateway(Some(unknown(CREDENTIAL)), look("StpA1"));
    assert_eq!(other.await.status, NOT_AUTHENTICATED);
}

#[tokio::test]
async fn announcement_of_an_ae_in_the_clear_names_no_credential() {
    let provider = Provider::new().await;
    let first = stem(&provider.register(Some(unknown(CREDENTIAL)), "S").await);
    let second = stem(&provider.register(None, "S").await);
    assert_ne!(first, second);
    assert_eq!(
        provider.announced(&second).await["lbl"],
        json!(["Credential-ID:"])
    );
}

#[tokio::test]
async fn stem_of_its_own_is_announced_and_announced_anew() {
    let provider = Provider::new().await;
    assert_eq!(
        stem(&provider.register(Some(unknown(CREDENTIAL)), "StpA9").await),
        "StpA9"
    );
    let gone = Request::delete("StpA9").from("StpA9");
    let gone = provider.at_gateway(Some(unknown(CREDENTIAL)), gone).await;
    assert_eq!(gone.status, DELETED);
    let other = unknown("12-new@in.example.com");
    assert_eq!(
        stem(&provider.register(Some(other), "StpA9").await),
        "StpA9"
    );
    let announced = provider.announced("StpA9").await;
    assert_eq!(
        announced["lbl"],
        json!(["Credential-ID:12-new@in.example.com"])
    );
}

#[tokio::test]
async fn stem_of_the_registrar_concerns_no_in_cse() {
    let provider = Provider::new().await;
    assert!(stem(&provider.register(None, "C").await).starts_with('C'));
    assert_eq!(stem(&provider.register(None, "CtpA1").await), "CtpA1");
}

#[tokio::test]
async fn in_cse_judges_the_announced_ae_by_the_rules_of_the_registrar() {
    let provider = Provider::new().await;
    let rule = json!({ "rn": "rule", "apci": [CREDENTIAL], "aai": ["N*"], "aae": ["StpQ1"] });
    provider.subscribe(rule).await;
    let foreign = provider
        .register(Some(unknown("12-bx9@in.example.com")), "S")
        .await;
    assert_eq!(foreign.status, RULE_FAILED);
    let clear = provider.register(None, "S").await;
    assert_eq!(clear.status, RULE_FAILED);
    let other = provider.register(Some(unknown(CREDENTIAL)), "StpQ2").await;
    assert_eq!(other.status, RULE_FAILED);
    assert_eq!(
        stem(&provider.register(Some(unknown(CREDENTIAL)), "S").await),
        "StpQ1"
    );
}

#[tokio::test]
async fn nobody_is_announced_by_another_cse_than_its_own() {
    let provider = Provider::new().await;
    let content = |link: &str| json!({ "m2m:aeA": { "lnk": link, "et": "20991231T235959" } });
    for from in ["/id-xx/S", "/id-in/S", "/id-xx/StpA1"] {
        let peer = crate::mcc::associated(&provider.infrastructure, "/id-mn");
        let request = Request::create("base-in", 10002, content(from)).from(from);
        let status = send_by(&provider.infrastructure, peer, request)
            .await
            .status;
        assert_eq!(status, NOT_AUTHENTICATED, "{from}");
    }
}

#[tokio::test]
async fn silent_in_cse_gives_no_stem() {
    let wires = Wires::default();
    let registrar = Registrar {
        cse_id: CseId::parse("/id-in").unwrap(),
        base: "/id-in/base-in".to_owned(),
        points_of_access: vec!["http://silent:80".to_owned()],
    };
    let gateway = cse("/id-mn", &wires, Some(registrar));
    let plain = Peer::plain(SOURCE.parse().unwrap());
    let request = Request::create("base-mn", 2, application()).from("S");
    assert_eq!(
        send_by(&gateway, plain, request).await.status,
        NOT_REACHABLE
    );
}

#[tokio::test]
async fn field_cse_has_no_service_subscriptions() {
    let provider = Provider::new().await;
    for (kind, name) in [(11, "m2m:mssp"), (19, "m2m:asar")] {
        let request = Request::create("base-mn", kind, json!({ name: {} })).from(ADMIN);
        let status = provider.at_gateway(None, request).await.status;
        assert_eq!(status, ResponseStatusCode::OPERATION_NOT_ALLOWED);
    }
}
