//! CSEs that are registered with each other, over connections that stand for security associations.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use onem2m_identity::{CseId, Entity};
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{
    Clauses, Configuration, Connecting, Connector, Cse, Duplex, Peer, Registrar, VirtualClock,
};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::bench::{
    ADMIN, BAD_REQUEST, CREATED, DELETED, DENIED, NOT_FOUND, OK, UPDATED, application, container,
    representation,
};

const NOT_AUTHENTICATED: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED;
const NOT_REACHABLE: ResponseStatusCode = ResponseStatusCode::TARGET_NOT_REACHABLE;

/// The CSEs `/id-1` and `/id-2`, and who takes whom for what.
struct Domain {
    first: Cse,
    second: Cse,
}

/// Who is where, and as whom the connecting CSE is known there.
#[derive(Clone, Default)]
pub(crate) struct Wires(Arc<Mutex<HashMap<String, (Cse, String)>>>);

impl Wires {
    pub(crate) fn lay(&self, authority: &str, to: &Cse, known_as: &str) {
        let end = (to.clone(), known_as.to_owned());
        self.0.lock().unwrap().insert(authority.to_owned(), end);
    }
}

impl Connector for Wires {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        let end = self.0.lock().unwrap().get(authority).cloned();
        Box::pin(async move {
            if authority.starts_with("silent") {
                let (ours, theirs) = tokio::io::duplex(1024);
                tokio::spawn(async move {
                    std::future::pending::<()>().await;
                    drop(theirs);
                });
                return Ok(Box::new(ours) as Box<dyn Duplex>);
            }
            let (cse, known_as) =
                end.ok_or_else(|| io::Error::from(io::ErrorKind::ConnectionRefused))?;
            let (ours, theirs) = tokio::io::duplex(64 * 1024);
            let peer = associated(&cse, &known_as);
            tokio::spawn(async move { cse.serve_connection(theirs, peer).await });
            Ok(Box::new(ours) as Box<dyn Duplex>)
        })
    }
}

pub(crate) fn associated(cse: &Cse, entity: &str) -> Peer {
    let entity = Entity::parse(entity, cse.home()).unwrap();
    Peer::plain("192.0.2.20:40000".parse().unwrap()).associated(entity)
}

pub(crate) fn cse(id: &str, wires: &Wires, registrar: Option<Registrar>) -> Cse {
    let configuration = Configuration {
        cse_id: CseId::parse(id).unwrap(),
        cse_name: format!("base{}", id.trim_start_matches("/id")),
        registrar,
        patience: Duration::from_millis(50),
        ..Configuration::default()
    };
    let clock = Arc::new(VirtualClock::new(datetime!(2025-11-20 13:27:30 UTC)));
    let clauses = Clauses::SPECIFICATION;
    Cse::new(configuration, clock, clauses, Arc::new(wires.clone()))
}

/// Sends one request on a connection of its own.
pub(crate) async fn send_by(cse: &Cse, peer: Peer, request: Request) -> Response {
    let request = Request {
        request_identifier: Some("rqi1".to_owned()),
        release_version: Some("3".to_owned()),
        ..request
    };
    let (ours, theirs) = tokio::io::duplex(64 * 1024);
    let server = cse.clone();
    tokio::spawn(async move { server.serve_connection(theirs, peer).await });
    let (mut sender, connection) = http1::handshake(TokioIo::new(ours)).await.unwrap();
    tokio::spawn(connection);
    let message = encode_request(&request).unwrap().map(Full::new);
    let (parts, body) = sender.send_request(message).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    decode_response(&parts, &body).unwrap()
}

async fn send(cse: &Cse, request: Request) -> Response {
    send_by(
        cse,
        Peer::plain("192.0.2.10:40000".parse().unwrap()),
        request,
    )
    .await
}

async fn status_within(cse: &Cse, association: &str, request: Request) -> ResponseStatusCode {
    let response = send_by(cse, associated(cse, association), request).await;
    response.status
}

fn remote_cse(point: &str, base: &str) -> Value {
    json!({ "m2m:csr": { "cb": base, "rr": true, "srv": ["3"], "poa": [point] } })
}

pub(crate) fn register(base: &str, from: &str, point: &str) -> Request {
    Request::create(base, 16, remote_cse(point, from)).from(from)
}

impl Domain {
    /// Both CSEs, each with an AE `CtpA1`, registered with each other.
    async fn new() -> Self {
        let wires = Wires::default();
        let (first, second) = (cse("/id-1", &wires, None), cse("/id-2", &wires, None));
        wires.lay("first:80", &first, "/id-2");
        wires.lay("second:80", &second, "/id-1");
        let domain = Self { first, second };
        for (cse, base, other, point) in [
            (&domain.first, "base-1", "/id-2", "http://second"),
            (&domain.second, "base-2", "/id-1", "http://first"),
        ] {
            let registration = register(base, other, point);
            assert_eq!(status_within(cse, other, registration).await, CREATED);
            let application = Request::create(base, 2, application()).from("CtpA1");
            assert_eq!(send(cse, application).await.status, CREATED);
        }
        domain
    }

    async fn policy(cse: &Cse, base: &str, name: &str, rules: Value, readers: &str) {
        let own = json!([{ "acor": [ADMIN], "acop": 63 }, { "acor": [readers], "acop": 2 }]);
        let content =
            json!({ "m2m:acp": { "rn": name, "pv": { "acr": rules }, "pvs": { "acr": own } } });
        let create = Request::create(base, 1, content).from(ADMIN);
        assert_eq!(send(cse, create).await.status, CREATED);
    }

    async fn container(cse: &Cse, base: &str, name: &str, links: Value) -> ResponseStatusCode {
        let content = json!({ "m2m:cnt": { "rn": name, "acpi": links } });
        let create = Request::create(base, 3, content).from(ADMIN);
        send(cse, create).await.status
    }
}

#[tokio::test]
async fn registration_takes_the_identifier_from_the_originator() {
    let wires = Wires::default();
    let first = cse("/id-1", &wires, None);
    let mut content = remote_cse("http://x", "/id-9/base");
    content["m2m:csr"]["csi"] = json!("/id-7");
    let create = Request::create("base-1", 16, content).from("/id-9");
    let created = send_by(&first, associated(&first, "/id-9"), create).await;
    assert_eq!(representation(&created)["csi"], json!("/id-9"));
    let again = status_within(&first, "/id-9", register("base-1", "/id-9", "http://x")).await;
    assert_eq!(again, ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED);
}

#[tokio::test]
async fn registree_updates_and_deletes_its_resource() {
    let domain = Domain::new().await;
    let path = "base-1/csr0000001";
    let update = Request::update(path, json!({ "m2m:csr": { "dcse": ["/id-3"] } })).from("/id-2");
    assert_eq!(status_within(&domain.first, "/id-2", update).await, UPDATED);
    let delete = Request::delete(path).from("/id-2");
    assert_eq!(status_within(&domain.first, "/id-2", delete).await, DELETED);
}

#[tokio::test]
async fn only_a_cse_registers_as_one_and_only_within_its_association() {
    let domain = Domain::new().await;
    let registration = |from: &str| register("base-1", from, "http://x");
    assert_eq!(
        send(&domain.first, registration("CtpA1")).await.status,
        ResponseStatusCode::OPERATION_NOT_ALLOWED
    );
    for response in [
        send(&domain.first, registration("/id-3")).await.status,
        status_within(&domain.first, "/id-2", registration("/id-3")).await,
    ] {
        assert_eq!(response, ResponseStatusCode::SECURITY_ASSOCIATION_REQUIRED);
    }
}

#[tokio::test]
async fn from_is_compared_with_the_association() {
    let domain = Domain::new().await;
    let third = register("base-1", "/id-3", "http://x");
    assert_eq!(status_within(&domain.first, "/id-3", third).await, CREATED);
    for (association, from, expected) in [
        ("CtpA1", "CtpA1", OK),
        ("CtpA1", "/id-1/CtpA1", BAD_REQUEST),
        ("CtpA1", "CAdmin", NOT_AUTHENTICATED),
        ("CtpA1", "/id-2", NOT_AUTHENTICATED),
        ("CtpA9", "CtpA1", NOT_AUTHENTICATED),
        ("CtpA9", "CtpA9", NOT_AUTHENTICATED),
        ("/id-2", "/id-2", OK),
        ("/id-2", "//onem2m.example/id-2", OK),
        ("/id-2", "/id-2/CtpR1", OK),
        ("/id-2", "/StpR3", OK),
        ("/id-2", "/id-4/CtpD1", OK),
        ("/id-2", "CtpA1", NOT_AUTHENTICATED),
        ("/id-2", "/id-3", NOT_AUTHENTICATED),
        ("/id-2", "//onem2m.example/id-3", NOT_AUTHENTICATED),
        ("/id-2", "/id-3/CtpR1", NOT_AUTHENTICATED),
        ("/id-2", "/id-1", NOT_AUTHENTICATED),
        ("/id-2", "/id-1/CtpA1", NOT_AUTHENTICATED),
    ] {
        let retrieve = Request::retrieve("base-1").from(from);
        let status = status_within(&domain.first, association, retrieve).await;
        assert_eq!(status, expected, "{from} within {association}");
    }
}

#[tokio::test]
async fn requests_are_forwarded_in_both_directions() {
    let domain = Domain::new().await;
    for (here, there, base, far) in [
        (&domain.first, &domain.second, "base-2", "/id-1/CtpA1"),
        (&domain.second, &domain.first, "base-1", "/id-2/CtpA1"),
    ] {
        Domain::policy(
            there,
            base,
            "acpT",
            json!([{ "acor": [far], "acop": 63 }]),
            ADMIN,
        )
        .await;
        let links = json!([format!("{base}/acpT")]);
        assert_eq!(Domain::container(there, base, "cntT", links).await, CREATED);
        let id = base.trim_start_matches("base");
        let to = format!("/id{id}/{base}/cntT");
        let create = Request::create(
            to.clone(),
            3,
            json!({ "m2m:cnt": { "rn": "x", "cr": null } }),
        );
        let created = send(here, create.from("CtpA1")).await;
        assert_eq!(created.status, CREATED, "{created:?}");
        assert_eq!(created.request_identifier.as_deref(), Some("rqi1"));
        assert_eq!(representation(&created)["cr"], json!(far));
        let update = Request::update(to.clone(), json!({ "m2m:cnt": { "lbl": ["x"] } }));
        assert_eq!(send(here, update.from("CtpA1")).await.status, UPDATED);
        let retrieve = Request::retrieve(to.clone()).from(ADMIN);
        assert_eq!(send(here, retrieve).await.status, DENIED);
        let delete = Request::delete(to).from("CtpA1");
        assert_eq!(send(here, delete).await.status, DELETED);
    }
}

#[tokio::test]
async fn what_cannot_be_forwarded_is_refused() {
    let domain = Domain::new().await;
    let wires = [("/id-5", "http://nowhere"), ("/id-6", "http://silent")];
    for (id, point) in wires {
        let registration = register("base-1", id, point);
        assert_eq!(
            status_within(&domain.first, id, registration).await,
            CREATED
        );
    }
    for (to, expected) in [
        ("/id-5/base/x", NOT_REACHABLE),
        ("/id-6/base/x", NOT_REACHABLE),
        ("/id-4/base/x", NOT_FOUND),
        ("//other.example/id-2/base/x", NOT_FOUND),
    ] {
        let retrieve = Request::retrieve(to).from("CtpA1");
        assert_eq!(send(&domain.first, retrieve).await.status, expected, "{to}");
    }
    let back = Request::retrieve("/id-2/base-2").from("/id-2/CtpA1");
    assert_eq!(status_within(&domain.first, "/id-2", back).await, NOT_FOUND);
    let far = Request::create("/id-2/base-2", 2, application()).from("CtpA7");
    assert_eq!(send(&domain.first, far).await.status, BAD_REQUEST);
    let unknown = Request::retrieve("/id-2/base-2").from("CtpA9");
    assert_eq!(send(&domain.first, unknown).await.status, NOT_AUTHENTICATED);
}

#[tokio::test]
async fn policy_of_another_cse_is_asked_for_and_read_in_its_context() {
    let domain = Domain::new().await;
    // CtpA1 in this policy is the one that is registered with the second CSE.
    let rules = json!([{ "acor": ["CtpA1"], "acop": 2 }]);
    Domain::policy(&domain.second, "base-2", "acpFar", rules, "/id-1").await;
    let links = json!(["/id-2/base-2/acpFar"]);
    assert_eq!(
        Domain::container(&domain.first, "base-1", "cntT", links).await,
        CREATED
    );
    let retrieve = |from: &str| Request::retrieve("base-1/cntT").from(from);
    let far = status_within(&domain.first, "/id-2", retrieve("/id-2/CtpA1")).await;
    assert_eq!(far, OK);
    assert_eq!(send(&domain.first, retrieve("CtpA1")).await.status, DENIED);
    assert_eq!(send(&domain.first, retrieve(ADMIN)).await.status, DENIED);
}

#[tokio::test]
async fn policy_that_cannot_be_read_grants_nothing() {
    let domain = Domain::new().await;
    let silent = register("base-1", "/id-6", "http://silent");
    assert_eq!(status_within(&domain.first, "/id-6", silent).await, CREATED);
    let rules = json!([{ "acor": ["all"], "acop": 63 }]);
    Domain::policy(&domain.second, "base-2", "acpFar", rules.clone(), ADMIN).await;
    Domain::policy(
        &domain.first,
        "base-1",
        "acpAdm",
        json!([{ "acor": [ADMIN], "acop": 63 }]),
        ADMIN,
    )
    .await;
    for (name, link) in [
        ("refused", "/id-2/base-2/acpFar"),
        ("absent", "/id-2/base-2/none"),
        ("silent", "/id-6/base/acp"),
    ] {
        let links = json!([link, "base-1/acpAdm"]);
        assert_eq!(
            Domain::container(&domain.first, "base-1", name, links).await,
            CREATED
        );
        let retrieve = |from: &str| Request::retrieve(format!("base-1/{name}")).from(from);
        assert_eq!(
            send(&domain.first, retrieve("CtpA1")).await.status,
            DENIED,
            "{name}"
        );
        assert_eq!(send(&domain.first, retrieve(ADMIN)).await.status, OK);
    }
}

#[tokio::test]
async fn middle_node_asks_its_registrar_for_what_it_does_not_know() {
    let wires = Wires::default();
    let first = cse("/id-1", &wires, None);
    let registrar = Registrar {
        cse_id: CseId::parse("/id-1").unwrap(),
        base: "/id-1/base-1".to_owned(),
        points_of_access: vec!["http://first".to_owned()],
    };
    let middle = cse("/id-2", &wires, Some(registrar));
    let third = cse("/id-3", &wires, None);
    wires.lay("first:80", &first, "/id-2");
    wires.lay("third:80", &third, "/id-1");
    for (id, point) in [("/id-2", "http://middle"), ("/id-3", "http://third")] {
        let registration = register("base-1", id, point);
        assert_eq!(status_within(&first, id, registration).await, CREATED);
    }
    let application = Request::create("base-2", 2, application()).from("CtpA1");
    assert_eq!(send(&middle, application).await.status, CREATED);
    let create = Request::create("/id-3/base-3", 3, container()).from("CtpA1");
    assert_eq!(send(&middle, create).await.status, DENIED);
    let retrieve = Request::retrieve("/id-3/base-3").from("CtpA1");
    let shown = send(&middle, retrieve).await;
    assert_eq!(representation(&shown)["csi"], json!("/id-3"));
    let unknown = Request::retrieve("/id-9/base").from("/id-1/CtpA7");
    assert_eq!(status_within(&middle, "/id-1", unknown).await, NOT_FOUND);
}

#[tokio::test]
async fn members_on_another_cse_notify_over_its_association() {
    let domain = Domain::new().await;
    for (cse, base, far) in [
        (&domain.first, "base-1", "CtpA1"),
        (&domain.second, "base-2", "/id-1/CtpA1"),
    ] {
        let rules = json!([{ "acor": [ADMIN, far], "acop": 63 }]);
        Domain::policy(cse, base, "acpM", rules, ADMIN).await;
        let links = json!([format!("{base}/acpM")]);
        assert_eq!(Domain::container(cse, base, "cntM", links).await, CREATED);
    }
    let channel = json!({ "m2m:pch": { "rn": "pch" } });
    let create = Request::create("CtpA1", 15, channel).from("CtpA1");
    assert_eq!(send(&domain.first, create).await.status, CREATED);
    let group = json!({ "m2m:grp": {
        "rn": "g", "mnm": 2, "mid": ["/id-2/base-2/cntM"], "acpi": ["base-1/acpM"],
    } });
    let create = Request::create("base-1", 9, group).from(ADMIN);
    assert_eq!(send(&domain.first, create).await.status, CREATED);

    let target = "/id-1/CtpA1";
    let content =
        json!({ "m2m:sub": { "rn": "s", "nu": [target], "nfu": target, "enc": { "net": [3] } } });
    let subscribe = Request::create("base-1/g/fopt", 23, content).from("CtpA1");
    let answer = send(&domain.first, subscribe).await;
    let member = &answer.content.as_ref().unwrap()["m2m:agr"]["m2m:rsp"][0];
    assert_eq!(member["rsc"], json!(2001), "{answer:?}");
    let uri = member["pc"]["m2m:sub"]["nu"][0].as_str().unwrap();
    assert!(uri.starts_with("/id-1/"), "{uri}");

    let instance = json!({ "m2m:cin": { "con": "n1" } });
    let create = Request::create("/id-2/base-2/cntM", 4, instance).from("CtpA1");
    assert_eq!(send(&domain.first, create).await.status, CREATED);
    let poll = Request::retrieve("base-1/CtpA1/pch/pcu").from("CtpA1");
    let polled = send(&domain.first, poll).await.content.unwrap();
    let notification = &polled["m2m:rqp"]["pc"]["m2m:agn"]["m2m:sgn"][0];
    assert_eq!(
        notification["sur"],
        json!("/id-2/base-2/cntM/s"),
        "{polled}"
    );

    let notification = |subscription: &str| {
        let content = json!({ "sur": subscription, "nfu": target, "nev": { "net": 1 } });
        json!({ "m2m:sgn": content })
    };
    let of_member = notification("/id-2/base-2/cntM/s");
    for (association, from, content, expected) in [
        ("/id-2", "/id-2", of_member.clone(), NOT_REACHABLE),
        ("/id-2", "/id-2", notification("/id-2/sub7"), NOT_REACHABLE),
        (
            "/id-2",
            "/id-2",
            notification("/id-2/base-2/cntX/s"),
            DENIED,
        ),
        (
            "/id-2",
            "/id-2",
            notification("/id-1/base-1/cntM/s"),
            DENIED,
        ),
        ("/id-2", "/id-2", json!({ "m2m:sgn": {} }), DENIED),
        ("/id-2", "/id-2/CtpA1", of_member.clone(), DENIED),
        ("/id-3", "/id-3", of_member.clone(), DENIED),
    ] {
        let notify = Request::notify(uri, content.clone()).from(from);
        let status = status_within(&domain.first, association, notify).await;
        assert_eq!(status, expected, "{from}: {content}");
    }
}
