//! Who may register: the service subscription of the registrar, and certificates (TS-0001 V3.36.0, 10.2.2.2, step 003).

use onem2m_identity::Entity;
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Allowed, Associated};
use serde_json::{Value, json};

use crate::associations::{NOT_AUTHENTICATED, unknown};
use crate::bench::{ADMIN, BAD_REQUEST, Bench, CREATED, NOT_FOUND, OK, UPDATED, representation};

const RULE_FAILED: ResponseStatusCode = ResponseStatusCode::APP_RULE_VALIDATION_FAILED;
const NOT_SUBSCRIBED: ResponseStatusCode = ResponseStatusCode::SERVICE_SUBSCRIPTION_NOT_ESTABLISHED;
const ALREADY: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED;
const CREDENTIAL: &str = "12-ae9@in.example.com";

impl Bench {
    async fn make(&self, parent: &str, kind: u32, content: Value) -> ResponseStatusCode {
        self.status(Request::create(parent, kind, content).from(ADMIN))
            .await
    }

    /// A service subscription whose node for this CSE links to rules.
    pub(crate) async fn subscribe(&self, cse: &str, rules: &[Value]) {
        self.make("cse-in", 11, json!({ "m2m:mssp": { "rn": "mssp" } }))
            .await;
        let mut links = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let mut rule = rule.clone();
            rule["rn"] = json!(format!("rule{number}"));
            let content = json!({ "m2m:asar": rule });
            assert_eq!(self.make("cse-in", 19, content).await, CREATED);
            links.push(format!("cse-in/rule{number}"));
        }
        let node = json!({ "m2m:svsn": { "ni": "urn:node:1", "csi": cse, "rlk": links } });
        assert_eq!(self.make("cse-in/mssp", 20, node).await, CREATED);
    }

    async fn registers(
        &self,
        association: Option<&Associated>,
        from: &str,
        app_id: &str,
    ) -> ResponseStatusCode {
        let content = json!({ "m2m:ae": { "api": app_id, "rr": false, "srv": ["3"] } });
        let request = Request::create("cse-in", 2, content).from(from);
        match association {
            Some(association) => self.within(association, request).await.status,
            None => self.status(request).await,
        }
    }
}

fn rule() -> Value {
    json!({ "apci": [CREDENTIAL], "aai": ["R123*X"], "aae": ["CtpA*"] })
}

#[tokio::test]
async fn combination_that_a_rule_lists_registers_and_no_other() {
    let bench = Bench::new();
    bench.subscribe("/id-in", &[rule()]).await;
    let association = unknown(CREDENTIAL);
    let foreign = unknown("12-bx9@in.example.com");
    for (association, from, app_id) in [
        (Some(&foreign), "CtpA7", "R123.com.ex.aX"),
        (Some(&association), "CtpB1", "R123.com.ex.aX"),
        (Some(&association), "CtpA7", "R124.com.ex.aX"),
        (Some(&association), "CtpA7", "R123.com.ex.a"),
        (None, "CtpA7", "R123.com.ex.aX"),
    ] {
        let status = bench.registers(association, from, app_id).await;
        assert_eq!(status, RULE_FAILED, "{from} {app_id}");
        let made = bench.status(Request::retrieve(from).from(ADMIN)).await;
        assert_eq!(made, NOT_FOUND);
    }
    let status = bench.registers(Some(&association), "CtpA7", "R123.com.ex.aX");
    assert_eq!(status.await, CREATED);
}

#[tokio::test]
async fn credentials_are_compared_with_their_type_number_and_every_hyphen() {
    for (presented, listed, expected) in [
        (
            "12-ae9@x",
            vec!["10-ae9@x", "11-ae9@x", "ae9@x"],
            RULE_FAILED,
        ),
        ("12-12-ae9@x", vec!["12-ae9@x"], RULE_FAILED),
        ("12-lock@x", vec!["12-ae1-lock@x"], RULE_FAILED),
        ("12-ae1-lock@x", vec!["12-ae1-lock@x"], CREATED),
        ("12-ae9@x", vec!["12-ae*@x"], CREATED),
        ("12-bx9@x", vec!["12-ae*@x"], RULE_FAILED),
        ("12-bx9@x", vec!["*"], CREATED),
    ] {
        let bench = Bench::new();
        let rule = json!({ "apci": listed, "aai": ["*"], "aae": ["*"] });
        bench.subscribe("/id-in", &[rule]).await;
        let association = unknown(presented);
        let status = bench.registers(Some(&association), "CtpA9", "Ntest").await;
        assert_eq!(status, expected, "{presented} {listed:?}");
    }
}

#[tokio::test]
async fn rule_without_credentials_is_for_those_in_the_clear() {
    let bench = Bench::new();
    let rule = json!({ "aai": ["N*"], "aae": ["C*"] });
    bench.subscribe("/id-in", &[rule]).await;
    assert_eq!(
        bench
            .registers(Some(&unknown(CREDENTIAL)), "CtpA1", "Ntest")
            .await,
        RULE_FAILED
    );
    assert_eq!(bench.registers(None, "StpA1", "Ntest").await, RULE_FAILED);
    assert_eq!(bench.registers(None, "CtpA1", "Ntest").await, CREATED);
    assert_eq!(bench.registers(None, "C", "Ntest").await, CREATED);
    assert_eq!(bench.registers(None, "S", "Ntest").await, RULE_FAILED);
}

#[tokio::test]
async fn one_of_several_rules_has_to_list_the_whole_combination() {
    let bench = Bench::new();
    let first = json!({ "aai": ["Na"], "aae": ["CtpA1"] });
    let second = json!({ "aai": ["Nb"], "aae": ["CtpA2"] });
    bench.subscribe("/id-in", &[first, second]).await;
    assert_eq!(bench.registers(None, "CtpA1", "Nb").await, RULE_FAILED);
    assert_eq!(bench.registers(None, "CtpA2", "Nb").await, CREATED);
    assert_eq!(bench.registers(None, "CtpA1", "Na").await, CREATED);
    assert_eq!(bench.registers(None, "CtpA1", "Na").await, ALREADY);
}

#[tokio::test]
async fn registrar_needs_a_node_and_the_node_a_rule() {
    let bench = Bench::new();
    bench
        .make("cse-in", 11, json!({ "m2m:mssp": { "rn": "mssp" } }))
        .await;
    assert_eq!(
        bench.registers(None, "CtpA1", "Ntest").await,
        NOT_SUBSCRIBED
    );
    bench
        .subscribe("/other", &[json!({ "aai": ["*"], "aae": ["*"] })])
        .await;
    assert_eq!(
        bench.registers(None, "CtpA1", "Ntest").await,
        NOT_SUBSCRIBED
    );
    bench.subscribe("/id-in", &[]).await;
    assert_eq!(bench.registers(None, "CtpA1", "Ntest").await, RULE_FAILED);
}

#[tokio::test]
async fn stem_that_is_left_open_is_the_one_of_the_rule() {
    let bench = Bench::new();
    bench
        .subscribe("/id-in", &[json!({ "aai": ["*"], "aae": ["CtpQ1"] })])
        .await;
    assert_eq!(bench.registers(None, "C", "Ntest").await, CREATED);
    let made = bench.send(Request::retrieve("CtpQ1").from("CtpQ1")).await;
    assert_eq!(
        (made.status, &representation(&made)["aei"]),
        (OK, &json!("CtpQ1"))
    );
}

#[tokio::test]
async fn certificate_with_an_app_id_admits_its_application_alone() {
    let bench = Bench::new();
    let entity = Entity::parse("CtpA5", bench.cse.home()).unwrap();
    let certificate = Associated::of(Allowed::One(entity)).certifying("Ntp");
    assert_eq!(
        bench.registers(Some(&certificate), "CtpA5", "Nother").await,
        RULE_FAILED
    );
    assert_eq!(
        bench.registers(Some(&certificate), "CtpA1x", "Ntp").await,
        NOT_AUTHENTICATED
    );
    assert_eq!(
        bench.registers(Some(&certificate), "CtpA5", "Ntp").await,
        CREATED
    );
}

#[tokio::test]
async fn rule_links_need_a_cse_id_and_patterns_of_app_ids_a_kind() {
    let bench = Bench::new();
    bench
        .make("cse-in", 11, json!({ "m2m:mssp": { "rn": "mssp" } }))
        .await;
    let node = json!({ "m2m:svsn": { "rn": "node", "ni": "urn:node:1", "rlk": ["cse-in/rule0"] } });
    assert_eq!(bench.make("cse-in/mssp", 20, node).await, BAD_REQUEST);
    let node = json!({ "m2m:svsn": { "rn": "node", "ni": "urn:node:1" } });
    assert_eq!(bench.make("cse-in/mssp", 20, node).await, CREATED);
    let link = json!({ "m2m:svsn": { "rlk": [] } });
    let update = Request::update("cse-in/mssp/node", link).from(ADMIN);
    assert_eq!(bench.status(update).await, BAD_REQUEST);
    for (patterns, expected) in [
        (json!(["*", "R*", "Nx"]), CREATED),
        (json!(["x*"]), BAD_REQUEST),
    ] {
        let rule = json!({ "m2m:asar": { "aai": patterns } });
        assert_eq!(bench.make("cse-in", 19, rule).await, expected);
    }
    let rule = json!({ "m2m:asar": { "rn": "rule" } });
    assert_eq!(bench.make("cse-in", 19, rule).await, CREATED);
    for (patterns, expected) in [(json!(["N*"]), UPDATED), (json!(["n*"]), BAD_REQUEST)] {
        let update = Request::update("cse-in/rule", json!({ "m2m:asar": { "aai": patterns } }));
        assert_eq!(bench.status(update.from(ADMIN)).await, expected);
    }
}
