//! MAF and MEF: clients, keys, commands, and what is left of them after a restart.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use onem2m_association::{
    Allowed, AssociationStream, ClientConfiguration, ClientCredential, Domain, PskTable, Session,
    Transport,
};
use onem2m_identity::{CseId, DomainName, Entity, Home, SpId};
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{
    Clauses, Client, KeyService, Security, ServiceRole, ServiceSettings, VirtualClock, WireNames,
};
use serde_json::{Value, json};
use time::macros::datetime;
use tokio::io::duplex;

use crate::bench::{BAD_REQUEST, CREATED, DELETED, OK, SOURCE};
use crate::provisioned::{identity, psk};

const NOT_FOUND: ResponseStatusCode = ResponseStatusCode::NOT_FOUND;
const NO_PRIVILEGE: ResponseStatusCode = ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE;
const CONFLICT: ResponseStatusCode = ResponseStatusCode::CONFLICT;
const UPDATED: ResponseStatusCode = ResponseStatusCode::UPDATED;
const FAILED: ResponseStatusCode = ResponseStatusCode::INTERNAL_SERVER_ERROR;

const ADMIN: &str = "admin.example.com";
const TARGET: &str = "//onem2m.example/tstcse1";

/// A key service whose clients are `SAE1`, `/tstcse1` and `SAE3`, with keys that begin with 1, 2 and 3.
pub(crate) struct Function {
    pub(crate) service: KeyService,
    pub(crate) clock: Arc<VirtualClock>,
    names: WireNames,
    fqdn: String,
}

/// A session with it.
pub(crate) struct Line {
    sender: SendRequest<Full<Bytes>>,
    exported: Vec<u8>,
}

impl Function {
    pub(crate) fn new(role: ServiceRole) -> Self {
        Self::keeping(role, None).unwrap()
    }

    fn keeping(role: ServiceRole, state: Option<PathBuf>) -> Result<Self, String> {
        let clock = Arc::new(VirtualClock::new(datetime!(2025-11-20 13:27:30 UTC)));
        let home = Home::new(
            SpId::parse("//onem2m.example").unwrap(),
            CseId::parse("/id-in").unwrap(),
        );
        let table = PskTable::new();
        let mut clients = Vec::new();
        for (name, first, text) in [
            ("One@f.example", 1, "SAE1"),
            ("two@f.example", 2, "/tstcse1"),
            ("three@f.example", 3, "SAE3"),
        ] {
            let entity = match text.starts_with('/') {
                true => Entity::parse_cse(text, &home).unwrap(),
                false => Entity::parse_ae(text, &home).unwrap(),
            };
            let allowed = Allowed::Entity(entity.clone());
            table.insert(identity(name), psk(first), allowed).unwrap();
            clients.push(Client {
                entity,
                admin_fqdn: ADMIN.to_owned(),
                configuration: (text == "SAE1").then(|| json!({ "a": 1 })),
                commands: vec![json!({ "cmdClassID": 2 })],
            });
        }
        let security = Security {
            identities: Some(Arc::new(table)),
            ..Security::new(Domain::Infrastructure)
        };
        let fqdn = DomainName::parse("f.example").unwrap();
        let settings = ServiceSettings {
            clients,
            state,
            ..ServiceSettings::new(role, fqdn, Arc::new(security))
        };
        let names = settings.names.clone();
        let service = KeyService::new(settings, clock.clone(), &Clauses::SPECIFICATION);
        Ok(Self {
            service: service.map_err(|error| error.to_string())?,
            clock,
            names,
            fqdn: "f.example".to_owned(),
        })
    }

    /// A session under an identity; none if it does not come about.
    async fn session(&self, name: &str, first: u8) -> Option<Line> {
        let (near, far) = duplex(64 * 1024);
        let service = self.service.clone();
        tokio::spawn(async move {
            let served = service.serve_association(far, SOURCE.parse().unwrap());
            served.await.unwrap();
        });
        let credential = ClientCredential::Psk {
            identity: identity(name),
            key: psk(first),
        };
        let configuration = ClientConfiguration::new(Transport::Tls, credential);
        let client = onem2m_association::Client::new(configuration).unwrap();
        let mut stream = AssociationStream::new(client.connect().unwrap(), near);
        stream.handshake().await.ok()?;
        let label = match self.names.base.as_str() {
            "maf" => "EXPORTER-oneM2M-Connection",
            _ => "EXPORTER-oneM2M-Bootstrap",
        };
        let exported = stream.session().export(label, 48).unwrap().to_vec();
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        Some(Line { sender, exported })
    }

    pub(crate) async fn source(&self) -> Line {
        self.session("One@f.example", 1).await.unwrap()
    }

    async fn target(&self) -> Line {
        self.session("two@f.example", 2).await.unwrap()
    }

    async fn other(&self) -> Line {
        self.session("three@f.example", 3).await.unwrap()
    }

    fn client(&self, changed: &[(&str, Value)]) -> Request {
        let members = json!({
            "fqdn": self.fqdn, "expirationTime": "20251121T000000", "adminFQDN": ADMIN,
        });
        let content = json!({ &self.names.client_registration: with(members, changed) });
        Request::create(
            &self.names.base,
            self.names.client_registration_type,
            content,
        )
    }

    fn key(&self, changed: &[(&str, Value)]) -> Request {
        let members = json!({
            "fqdn": self.fqdn, "expirationTime": "20251120T140000", "adminFQDN": ADMIN,
            "SUID": 32, "targetIDs": [TARGET],
        });
        let content = json!({ &self.names.key_registration: with(members, changed) });
        Request::create(&self.names.base, self.names.key_registration_type, content)
    }

    pub(crate) fn at(&self, id: &str) -> String {
        format!("{}/{id}", self.names.base)
    }

    /// All three register.
    pub(crate) async fn registered(self) -> Self {
        for mut line in [self.source().await, self.target().await, self.other().await] {
            assert_eq!(line.ask(self.client(&[])).await.status, CREATED);
        }
        self
    }

    /// The source registers a key of its own; its RelativeKeyID.
    pub(crate) async fn keyed(&self) -> String {
        let octets = "AAECAwQFBgcICQoLDA0ODw==";
        let request = self.key(&[("keyValue", json!(octets))]);
        let answer = self.source().await.ask(request).await;
        assert_eq!(answer.status, CREATED);
        member(&answer, "relativeKeyID")
            .as_str()
            .unwrap()
            .to_owned()
    }
}

fn with(mut members: Value, changed: &[(&str, Value)]) -> Value {
    for (name, value) in changed {
        match value.is_null() {
            true => drop(members.as_object_mut().unwrap().remove(*name)),
            false => members[*name] = value.clone(),
        }
    }
    members
}

impl Line {
    async fn ask(&mut self, request: Request) -> Response {
        let request = request.from("Canybody").identified("rqi1").release("3");
        let message = encode_request(&request).unwrap().map(Full::new);
        let answer = self.sender.send_request(message).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        decode_response(&parts, &body).unwrap()
    }

    pub(crate) async fn status(&mut self, request: Request) -> ResponseStatusCode {
        self.ask(request).await.status
    }
}

fn members(answer: &Response) -> &serde_json::Map<String, Value> {
    let content = answer.content.as_ref().unwrap().as_object().unwrap();
    content.values().next().unwrap().as_object().unwrap()
}

fn member<'a>(answer: &'a Response, name: &str) -> &'a Value {
    &members(answer)[name]
}

#[tokio::test]
async fn client_is_whom_the_handshake_authenticated() {
    for role in [ServiceRole::Maf, ServiceRole::Mef] {
        let function = Function::new(role);
        let answer = function.source().await.ask(function.client(&[])).await;
        assert_eq!(answer.status, CREATED);
        let client = member(&answer, &function.names.client_id);
        assert_eq!(client, "//onem2m.example/SAE1");
    }
}

#[tokio::test]
async fn case_of_a_kmid_does_not_count_at_an_maf_alone() {
    for (role, known) in [(ServiceRole::Maf, true), (ServiceRole::Mef, false)] {
        let function = Function::new(role);
        let session = function.session("oNE@f.example", 1).await;
        assert_eq!(session.is_some(), known, "{role:?}");
        assert!(function.session("One@F.example", 1).await.is_none());
        assert!(function.session("One@f.example", 2).await.is_none());
    }
}

#[tokio::test]
async fn malformed_registrations_are_refused_and_leave_nothing() {
    let function = Function::new(ServiceRole::Maf);
    let mut line = function.source().await;
    for changed in [
        ("fqdn", Value::Null),
        ("fqdn", json!("other.example")),
        ("expirationTime", Value::Null),
        ("expirationTime", json!("20251120T132730")),
        ("expirationTime", json!("20991399T000000")),
        ("adminFQDN", Value::Null),
        ("unknown", json!(1)),
        ("labels", json!("a")),
        ("labels", json!(vec!["a"; 17])),
    ] {
        let request = function.client(std::slice::from_ref(&changed));
        assert_eq!(line.status(request).await, BAD_REQUEST, "{changed:?}");
    }
    let foreign = function.client(&[("adminFQDN", json!("unknown.example"))]);
    assert_eq!(line.status(foreign).await, NO_PRIVILEGE);
    assert_eq!(line.status(function.client(&[])).await, CREATED);
    assert_eq!(line.status(function.client(&[])).await, CONFLICT);
}

#[tokio::test]
async fn key_is_what_the_session_exports_once() {
    let function = Function::new(ServiceRole::Maf).registered().await;
    let mut line = function.source().await;
    let answer = line.ask(function.key(&[])).await;
    assert_eq!(answer.status, CREATED);
    assert!(!members(&answer).contains_key("keyValue"));
    let id = member(&answer, "relativeKeyID")
        .as_str()
        .unwrap()
        .to_owned();
    let digits: String = line.exported[..16]
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect();
    assert_eq!(id, digits);
    assert_eq!(line.status(function.key(&[])).await, CONFLICT);

    let retrieved = function
        .target()
        .await
        .ask(Request::retrieve(function.at(&id)))
        .await;
    assert_eq!(retrieved.status, OK);
    let expected = base64(&line.exported[16..]);
    assert_eq!(member(&retrieved, "keyValue"), &json!(expected));
}

fn base64(octets: &[u8]) -> String {
    openssl::base64::encode_block(octets)
}

#[tokio::test]
async fn refused_key_registration_leaves_the_session_its_key() {
    let function = Function::new(ServiceRole::Mef);
    let mut line = function.source().await;
    let key = || function.key(&[("SUID", json!(22))]);
    assert_eq!(line.status(key()).await, NO_PRIVILEGE);
    assert_eq!(line.status(function.client(&[])).await, CREATED);
    assert_eq!(line.status(key()).await, CREATED);
}

#[tokio::test]
async fn key_is_for_its_target_until_it_expires() {
    let function = Function::new(ServiceRole::Maf).registered().await;
    let id = function.keyed().await;
    let look = || Request::retrieve(function.at(&id));
    assert_eq!(function.target().await.status(look()).await, OK);
    for mut line in [function.source().await, function.other().await] {
        assert_eq!(line.status(look()).await, NOT_FOUND);
    }
    function.clock.advance(Duration::from_secs(60 * 60));
    assert_eq!(function.target().await.status(look()).await, NOT_FOUND);
}

#[tokio::test]
async fn only_the_source_changes_a_key_and_only_what_may_change() {
    let function = Function::new(ServiceRole::Maf).registered().await;
    let id = function.keyed().await;
    let update =
        |members: Value| Request::update(function.at(&id), json!({ "sec:symmKeyReg": members }));
    let to_other = || update(json!({ "targetIDs": ["//onem2m.example/SAE3"] }));
    for mut line in [function.target().await, function.other().await] {
        assert_eq!(line.status(to_other()).await, NOT_FOUND);
        let end = Request::delete(function.at(&id));
        assert_eq!(line.status(end).await, NOT_FOUND);
    }
    let mut source = function.source().await;
    for wrong in [
        json!({}),
        json!({ "SUID": 34 }),
        json!({ "targetIDs": [] }),
        json!({ "targetIDs": [TARGET, "//onem2m.example/SAE3"] }),
        json!({ "targetIDs": ["*"] }),
    ] {
        assert_eq!(source.status(update(wrong)).await, BAD_REQUEST);
    }
    let answer = source.ask(to_other()).await;
    assert_eq!(answer.status, UPDATED);
    assert_eq!(members(&answer).len(), 1);
    let look = || Request::retrieve(function.at(&id));
    assert_eq!(function.other().await.status(look()).await, OK);
    assert_eq!(function.target().await.status(look()).await, NOT_FOUND);
    assert_eq!(
        source.status(Request::delete(function.at(&id))).await,
        DELETED
    );
    assert_eq!(function.other().await.status(look()).await, NOT_FOUND);
}

#[tokio::test]
async fn targets_fit_the_usage() {
    let function = Function::new(ServiceRole::Maf).registered().await;
    let other = "//onem2m.example/SAE3";
    let many: Vec<String> = (0..65)
        .map(|number| format!("//onem2m.example/S{number}"))
        .collect();
    let mut line = function.source().await;
    for (suid, targets, expected) in [
        (32, json!([TARGET, other]), BAD_REQUEST),
        (33, json!([]), BAD_REQUEST),
        (34, json!([]), BAD_REQUEST),
        (34, json!(many), BAD_REQUEST),
        (34, json!([TARGET, other]), CREATED),
        (22, json!([TARGET]), BAD_REQUEST),
        (99, json!([TARGET]), BAD_REQUEST),
        (32, json!(["/tstcse1"]), BAD_REQUEST),
        (32, json!(["//onem2m.example/*"]), BAD_REQUEST),
    ] {
        let key = json!("AAECAwQFBgcICQoLDA0ODw==");
        let changed = [
            ("SUID", json!(suid)),
            ("targetIDs", targets),
            ("keyValue", key),
        ];
        assert_eq!(
            line.status(function.key(&changed)).await,
            expected,
            "{changed:?}"
        );
    }
}

#[tokio::test]
async fn configuration_is_for_its_client() {
    let function = Function::new(ServiceRole::Maf);
    let answer = function.source().await.ask(function.client(&[])).await;
    let id = member(&answer, "mafClientRegID")
        .as_str()
        .unwrap()
        .to_owned();
    let look = || Request::retrieve(format!("{}/mafClientCfg", function.at(&id)));
    assert_eq!(function.source().await.status(look()).await, OK);
    assert_eq!(function.other().await.status(look()).await, NOT_FOUND);
}

#[tokio::test]
async fn command_is_issued_again_until_it_is_reported_on() {
    let function = Function::new(ServiceRole::Mef);
    let answer = function.source().await.ask(function.client(&[])).await;
    let command = member(&answer, "childResource")
        .as_str()
        .unwrap()
        .to_owned();
    let mut line = function.source().await;
    let first = line.ask(Request::retrieve(&command)).await;
    let again = line.ask(Request::retrieve(&command)).await;
    assert_eq!(member(&first, "cmdID"), member(&again, "cmdID"));
    assert_eq!(member(&first, "cmdStatusCode"), 10);
    assert_eq!(member(&again, "cmdStatusCode"), 11);
    let report = |id: &Value, status: Value| {
        let members = json!({ "cmdID": id, "cmdStatusCode": status });
        Request::update(&command, json!({ "sec:mefClientCmd": members }))
    };
    let id = member(&first, "cmdID");
    for status in [json!("x"), json!(10), json!(306), Value::Null] {
        assert_eq!(line.status(report(id, status)).await, BAD_REQUEST);
    }
    let discarded = line.ask(report(&json!("c0"), json!(20))).await;
    assert_eq!(member(&discarded, "cmdID"), id);
    let next = line.ask(report(id, json!(20))).await;
    assert_eq!(next.status, UPDATED);
    assert_eq!(member(&next, "cmdDescription")["cmdClassID"], 0);
    let foreign = function
        .other()
        .await
        .status(Request::retrieve(&command))
        .await;
    assert_eq!(foreign, NOT_FOUND);
}

/// A directory for a test, empty.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

#[tokio::test]
async fn what_was_registered_survives_a_restart_and_is_not_readable() {
    let path = directory("key-service-restart");
    let kept = || Function::keeping(ServiceRole::Maf, Some(path.clone())).unwrap();
    let function = kept().registered().await;
    let id = function.keyed().await;
    drop(function);
    let state = std::fs::read(path.join("maf.state")).unwrap();
    assert!(!state.windows(4).any(|window| window == b"SAE1"));
    let function = kept();
    let look = Request::retrieve(function.at(&id));
    assert_eq!(function.target().await.status(look).await, OK);
}

#[tokio::test]
async fn state_that_was_changed_is_refused_and_stays() {
    let path = directory("key-service-changed");
    let kept = || Function::keeping(ServiceRole::Maf, Some(path.clone()));
    let _ = kept().unwrap().registered().await;
    let file = path.join("maf.state");
    let mut state = std::fs::read(&file).unwrap();
    *state.last_mut().unwrap() ^= 1;
    std::fs::write(&file, &state).unwrap();
    assert!(kept().is_err_and(|error| error.contains("maf.state")));
    assert_eq!(std::fs::read(&file).unwrap(), state);
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_done() {
    let path = directory("key-service-full");
    let function = Function::keeping(ServiceRole::Maf, Some(path.clone())).unwrap();
    let function = function.registered().await;
    let id = function.keyed().await;
    let before = std::fs::read(path.join("maf.state")).unwrap();
    // Nothing can be written to the place of a directory.
    std::fs::create_dir(path.join("maf.state.new")).unwrap();
    let mut source = function.source().await;
    let end = || Request::delete(function.at(&id));
    assert_eq!(source.status(end()).await, FAILED);
    let look = || Request::retrieve(function.at(&id));
    assert_eq!(function.target().await.status(look()).await, OK);
    assert_eq!(std::fs::read(path.join("maf.state")).unwrap(), before);
    std::fs::remove_dir(path.join("maf.state.new")).unwrap();
    assert_eq!(source.status(end()).await, DELETED);
}

#[tokio::test]
async fn kmids_that_differ_in_case_alone_are_one() {
    for (role, refused) in [(ServiceRole::Maf, true), (ServiceRole::Mef, false)] {
        let service = Function::new(role).service;
        let given = service.provision_key(b"ONE@f.example", psk(9), None);
        assert_eq!(given.is_err(), refused, "{role:?}");
        assert_eq!(service.withdraw_key(b"oNE@f.example"), refused);
    }
}
