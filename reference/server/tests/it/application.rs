//! An AE that opens an association with its registrar, and a CSE that opens one with a registree.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use onem2m_association::{
    Allowed, AssociationStream, ClientConfiguration, Domain, PskTable, Server, ServerConfiguration,
    Transport,
};
use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::Request;
use onem2m_server::{
    Application, Associated, Clauses, Configuration, Connecting, Connector, Cse, Duplex, Peer,
    Registration, Security, VirtualClock, faults,
};
use serde_json::json;
use time::macros::datetime;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::bench::{CREATED, SOURCE};
use crate::mcc::send_by;
use crate::provisioned::{LOCK, Provisioned, identity, psk};

const PATIENCE: Duration = Duration::from_secs(20);

/// Leads to a CSE within associations, and counts what else is asked for.
struct ToCse(Cse, Arc<AtomicUsize>);

impl Connector for ToCse {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        let cse = self.0.clone();
        self.1.fetch_add(1, Ordering::Relaxed);
        assert_eq!(authority, "registrar.example:443");
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

fn registration(configuration: ClientConfiguration, stem: &str) -> Registration {
    Registration {
        authority: "registrar.example:443".to_owned(),
        name: configuration.server_name.map(|name| name.to_string()),
        transport: Transport::Tls,
        credential: configuration.credential,
        trust: configuration.trust,
        stem: AeStem::parse(stem).unwrap(),
        base: "cse-in".to_owned(),
    }
}

/// Whether an AE registers, and how often it connected.
async fn registers(
    provisioned: &Provisioned,
    registration: Registration,
    clauses: Clauses,
) -> (bool, usize) {
    let connections = Arc::new(AtomicUsize::new(0));
    let connector = ToCse(provisioned.bench.cse.clone(), connections.clone());
    let application = Application::new(
        vec![registration],
        provisioned.bench.clock.clone(),
        clauses,
        Arc::new(connector),
        PATIENCE,
    );
    let answer = application.register(0).await;
    let registered = answer.is_ok_and(|answer| answer.status == CREATED);
    (registered, connections.load(Ordering::Relaxed))
}

#[tokio::test]
async fn ae_registers_by_key_and_by_certificate() {
    let provisioned = Provisioned::new();
    let by_key = registration(provisioned.with_key(Transport::Tls, LOCK, 1), "CtpA1");
    let clauses = Clauses::SPECIFICATION;
    assert_eq!(registers(&provisioned, by_key, clauses).await, (true, 1));
    let certified = Provisioned::new();
    let by_certificate = registration(certified.with_ae_certificate(Transport::Tls), "CtpA1");
    assert_eq!(
        registers(&certified, by_certificate, clauses).await,
        (true, 1)
    );
}

#[tokio::test]
async fn ae_whose_key_is_wrong_tries_nothing_else() {
    let provisioned = Provisioned::new();
    let wrong = registration(provisioned.with_key(Transport::Tls, LOCK, 2), "CtpA1");
    let clauses = Clauses::SPECIFICATION;
    assert_eq!(
        registers(&provisioned, wrong.clone(), clauses).await,
        (false, 1)
    );
    let mut faulty = Clauses::SPECIFICATION;
    (faults::find("ApplicationFallsBackToClear").unwrap().apply)(&mut faulty);
    assert_eq!(registers(&provisioned, wrong, faulty).await, (false, 2));
}

/// Streams to whoever listens, with the authority that was asked for.
struct ToTester(UnboundedSender<(String, tokio::io::DuplexStream)>);

impl Connector for ToTester {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        let (near, far) = duplex(64 * 1024);
        let sent = self.0.send((authority.to_owned(), far));
        Box::pin(async move {
            sent.map_err(|_| io::ErrorKind::ConnectionRefused)?;
            Ok(Box::new(near) as Box<dyn Duplex>)
        })
    }
}

type Arrivals = UnboundedReceiver<(String, tokio::io::DuplexStream)>;

const POINT: &str = "https://ae.example:8443/notify";

/// A CSE whose AE registered over its key, is reached within associations alone, and subscribed to its container.
async fn subscribed(clauses: Clauses) -> (Cse, Peer, Arrivals) {
    let (sender, arrivals) = unbounded_channel();
    let clock = Arc::new(VirtualClock::new(datetime!(2025-11-20 13:27:30 UTC)));
    let cse = Cse::new(configuration(), clock, clauses, Arc::new(ToTester(sender)));
    let entity = Entity::parse_ae("CtpA1", cse.home()).unwrap();
    let associated = Associated::with(entity).by(format!("12-{LOCK}"));
    let peer = Peer::plain(SOURCE.parse().unwrap()).within(associated);
    let ae = json!({"m2m:ae": {
        "rn": "lock", "api": "Ntest", "rr": true, "srv": ["3"], "poa": [POINT],
    }});
    let cnt = json!({"m2m:cnt": {"rn": "door"}});
    let sub = json!({"m2m:sub": {"rn": "watch", "nu": ["CtpA1"], "enc": {"net": [3]}}});
    for (to, kind, content) in [
        ("cse-in", 2, ae),
        ("cse-in/lock", 3, cnt),
        ("cse-in/lock/door", 23, sub),
    ] {
        let request = Request::create(to, kind, content).from("CtpA1");
        assert_eq!(send_by(&cse, peer.clone(), request).await.status, CREATED);
    }
    (cse, peer, arrivals)
}

async fn write(cse: &Cse, peer: &Peer) {
    let content = json!({"m2m:cin": {"con": "open"}});
    let request = Request::create("cse-in/lock/door", 4, content).from("CtpA1");
    assert_eq!(send_by(cse, peer.clone(), request).await.status, CREATED);
}

/// A table with a key of the registree.
fn table(first: u8) -> Arc<PskTable> {
    let table = PskTable::new();
    table
        .insert(identity(LOCK), psk(first), Allowed::Unstated)
        .unwrap();
    Arc::new(table)
}

fn configuration() -> Configuration {
    let security = Security {
        identities: Some(table(1)),
        ..Security::new(Domain::Infrastructure)
    };
    Configuration {
        security: Some(Arc::new(security)),
        ..Configuration::default()
    }
}

/// A server of TLS that knows a key.
fn server(first: u8) -> Server {
    Server::new(ServerConfiguration {
        identities: Some(table(first)),
        ..ServerConfiguration::new(Transport::Tls, Domain::Field)
    })
    .unwrap()
}

#[tokio::test]
async fn notification_comes_within_an_association_over_the_key_of_the_registree() {
    let (cse, peer, mut arrivals) = subscribed(Clauses::SPECIFICATION).await;
    write(&cse, &peer).await;
    let (authority, stream) = arrivals.recv().await.unwrap();
    assert_eq!(authority, "ae.example:8443");
    let session = server(1).accept(SOURCE.parse().unwrap()).unwrap();
    let mut stream = AssociationStream::new(session, stream);
    stream.handshake().await.unwrap();
    let mut head = [0; 20];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"POST /notify HTTP/1.");
}

#[tokio::test]
async fn registree_without_the_key_is_told_nothing() {
    let fault = faults::find("NotificationFallsBackToClear").unwrap();
    for falls_back in [false, true] {
        let mut clauses = Clauses::SPECIFICATION;
        if falls_back {
            (fault.apply)(&mut clauses);
        }
        let (cse, peer, mut arrivals) = subscribed(clauses).await;
        write(&cse, &peer).await;
        let (_, stream) = arrivals.recv().await.unwrap();
        let session = server(9).accept(SOURCE.parse().unwrap()).unwrap();
        let mut stream = AssociationStream::new(session, stream);
        assert!(stream.handshake().await.is_err());
        stream.shutdown().await.ok();
        drop(stream);
        if falls_back {
            let (_, mut clear) = arrivals.recv().await.unwrap();
            let mut method = [0; 4];
            clear.read_exact(&mut method).await.unwrap();
            assert_eq!(&method, b"POST");
        } else {
            drop(cse);
            assert!(arrivals.recv().await.is_none());
        }
    }
}

#[tokio::test]
async fn registree_that_registered_without_a_key_has_no_second_association() {
    let (sender, mut arrivals) = unbounded_channel();
    let clock = Arc::new(VirtualClock::new(datetime!(2025-11-20 13:27:30 UTC)));
    let connector = Arc::new(ToTester(sender));
    let cse = Cse::new(configuration(), clock, Clauses::SPECIFICATION, connector);
    let peer = Peer::plain(SOURCE.parse().unwrap());
    let ae = json!({"m2m:ae": {
        "rn": "lock", "api": "Ntest", "rr": true, "srv": ["3"], "poa": [POINT],
    }});
    let request = Request::create("cse-in", 2, ae).from("CtpA1");
    assert_eq!(send_by(&cse, peer.clone(), request).await.status, CREATED);
    let notify = Request::notify("cse-in/lock", json!({"m2m:sgn": {}})).from("CtpA1");
    let answer = send_by(&cse, peer, notify).await;
    let not_reachable = onem2m_primitive::ResponseStatusCode::TARGET_NOT_REACHABLE;
    assert_eq!(answer.status, not_reachable);
    drop(cse);
    assert!(arrivals.recv().await.is_none());
}

/// The IN-CSE of another service provider, which registered over its key and is reached within associations alone.
async fn other_provider(clauses: Clauses) -> (Cse, Arrivals) {
    let (sender, arrivals) = unbounded_channel();
    let clock = Arc::new(VirtualClock::new(datetime!(2025-11-20 13:27:30 UTC)));
    let cse = Cse::new(configuration(), clock, clauses, Arc::new(ToTester(sender)));
    let entity = Entity::parse_cse("//sp-b.example/in-b", cse.home()).unwrap();
    let associated = Associated::with(entity).by(format!("12-{LOCK}"));
    let peer = Peer::plain(SOURCE.parse().unwrap()).within(associated);
    let csr = json!({"m2m:csr": {
        "cb": "//sp-b.example/in-b/base", "rr": true, "srv": ["3"], "poa": [POINT],
    }});
    let request = Request::create("cse-in", 16, csr).from("//sp-b.example/in-b");
    assert_eq!(send_by(&cse, peer, request).await.status, CREATED);
    (cse, arrivals)
}

/// Retrieves what the other provider hosts, as the administrator.
fn ask(cse: &Cse) {
    let cse = cse.clone();
    tokio::spawn(async move {
        let request = Request::retrieve("//sp-b.example/in-b/base").from("CAdmin");
        send_by(&cse, Peer::plain(SOURCE.parse().unwrap()), request).await
    });
}

#[tokio::test]
async fn request_for_another_provider_goes_within_an_association_over_the_key_of_its_cse() {
    let (cse, mut arrivals) = other_provider(Clauses::SPECIFICATION).await;
    ask(&cse);
    let (authority, stream) = arrivals.recv().await.unwrap();
    assert_eq!(authority, "ae.example:8443");
    let session = server(1).accept(SOURCE.parse().unwrap()).unwrap();
    let mut stream = AssociationStream::new(session, stream);
    stream.handshake().await.unwrap();
    let mut head = [0; 4];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"GET ");
}

#[tokio::test]
async fn request_for_another_provider_goes_in_the_clear_with_the_fault_alone() {
    let mut clauses = Clauses::SPECIFICATION;
    let fault = faults::find("OtherProviderInTheClear").unwrap();
    (fault.apply)(&mut clauses);
    let (cse, mut arrivals) = other_provider(clauses).await;
    ask(&cse);
    let (_, mut clear) = arrivals.recv().await.unwrap();
    let mut method = [0; 4];
    clear.read_exact(&mut method).await.unwrap();
    assert_eq!(&method, b"GET ");
}
