//! Attempts of the tester at a server.

use super::peer::{IDENTITY, KEY, certificate};
use crate::catalogue::behaviour::Endpoint;
use crate::catalogue::behaviour::Role;
use crate::tester::coap::Numbers;
use crate::tester::command::Commands;
use crate::tester::connection::Connection;
use crate::tester::handshake::{Attempt, Conduct, Credential, Delivered, Handshake, establish};
use crate::tester::network::{Network, NetworkLink};
use crate::tester::ordinary::Associations;
use crate::tester::recorder::Recorder;
use crate::tester::sources::Sources;
use crate::tester::stands::Stands;
use crate::tester::wire::Dial;
use onem2m_keys::Psk;
use p256::ecdsa::SigningKey;
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the tester waits: longer than any machine takes.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A link to a server at an endpoint.
pub fn link(endpoint: Endpoint, address: SocketAddr) -> NetworkLink {
    let network = network(endpoint, address.to_string());
    NetworkLink::new(Arc::new(network), "test".into())
}

fn network(endpoint: Endpoint, authority: String) -> Network {
    Network {
        ordinary: endpoint,
        prefix: String::new(),
        patience: PATIENCE,
        pace: Duration::ZERO,
        target: None,
        sources: Sources::default(),
        ipv6_authority: None,
        authorities: HashMap::from([(endpoint, authority)]),
        administrator: String::new(),
        associations: Associations::default(),
        stands: Stands::default(),
        actuator: Box::new(Commands::new(BTreeMap::new(), Duration::ZERO)),
        numbers: Numbers::default(),
        options: Default::default(),
        next: tokio::sync::Mutex::new(Instant::now()),
    }
}

/// A link at whose stands clients of this host arrive.
pub fn stands() -> NetworkLink {
    let loopback = "127.0.0.1".to_owned();
    let registrar = Some("127.0.0.1:0".to_owned());
    let stands = Stands::new(loopback.clone(), loopback, registrar, Vec::new());
    let mut network = network(Endpoint::Https, String::new());
    network.stands = stands;
    NetworkLink::new(Arc::new(network), "test".into())
}

/// A connection over a stream.
pub async fn connect<'a>(recorder: &'a Recorder<'a>) -> Connection<'a> {
    connect_to(recorder, Endpoint::Https).await
}

/// A connection to an endpoint.
pub async fn connect_to<'a>(recorder: &'a Recorder<'a>, endpoint: Endpoint) -> Connection<'a> {
    let dial = Dial::new(endpoint);
    let connection = recorder.connect("request", Role::Stimulus, dial).await;
    connection.unwrap().unwrap()
}

/// A handshake with the pre-shared key that the server knows.
pub fn psk() -> Handshake {
    let credential = Credential::psk(IDENTITY, Psk::new(&KEY).unwrap());
    Handshake::new(credential, "in.example.com", PATIENCE, [9; 32])
}

/// A handshake with a certificate.
pub fn certificates() -> Handshake {
    let (certificate, _, scalar) = certificate(8);
    let credential = Credential::Certificates {
        chain: vec![certificate.to_der().unwrap()],
        key: Arc::new(SigningKey::from_slice(&scalar).unwrap()),
    };
    Handshake::new(credential, "in.example.com", PATIENCE, [9; 32])
}

/// A handshake with this conduct.
pub fn conducting(mut handshake: Handshake, conduct: &str) -> Handshake {
    handshake.conduct = toml::from_str::<Conduct>(conduct).unwrap();
    handshake
}

/// One attempt at a server of TLS, with what is seen afterwards of an association that carries data.
pub async fn attempt(address: SocketAddr, handshake: &Handshake) -> Outcome {
    attempt_at(Endpoint::Https, address, handshake).await
}

/// One attempt at a server behind an endpoint.
pub async fn attempt_at(endpoint: Endpoint, address: SocketAddr, handshake: &Handshake) -> Outcome {
    let link = link(endpoint, address);
    let recorder = Recorder::new(&link, "test", 1, 1);
    let connection = connect_to(&recorder, endpoint).await;
    Outcome::of(establish(connection, handshake).await.unwrap()).await
}

/// What an attempt came to.
pub struct Outcome {
    pub end: String,
    pub seen: crate::tester::handshake::Seen,
    pub earlier: crate::tester::handshake::Earlier,
    pub exported: Option<[u8; 48]>,
    pub echoed: Option<Delivered>,
}

impl Outcome {
    async fn of(attempt: Attempt<'_>) -> Self {
        let earlier = attempt.earlier();
        let mut outcome = Self {
            end: attempt.end.to_string(),
            seen: attempt.seen,
            earlier,
            exported: None,
            echoed: None,
        };
        if let Some(mut association) = attempt.association {
            let mut exported = [0; 48];
            let exporter = outcome.seen.exporter.as_ref().unwrap();
            exporter
                .export(super::peer::LABEL, None, &mut exported)
                .unwrap();
            outcome.exported = Some(exported);
            association.send(b"ping").await.unwrap();
            outcome.echoed = Some(association.receive(PATIENCE).await.unwrap());
            association.close().await.unwrap();
        }
        outcome
    }

    /// Whether data went both ways.
    pub fn carried(&self) -> bool {
        self.echoed == Some(Delivered::Data(b"ping".to_vec()))
    }
}
