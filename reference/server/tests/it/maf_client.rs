//! A CSE that fetches keys of its clients from an MAF (TS-0003 V3.18.0, 8.2.2.3).

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use onem2m_association::{
    AssociationStream, Client, ClientConfiguration, ClientCredential, ClientSession, Domain,
    PskKey, PskTable, Session, State, Transport, Trust,
};
use onem2m_identity::DomainName;
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{
    Clauses, Configuration, Connecting, Connector, Cse, Duplex, KcReading, KeyService, KnownMaf,
    Security, ServiceRole, WireNames,
};
use tokio::io::duplex;
use zeroize::Zeroizing;

use crate::associations::NOT_AUTHENTICATED;
use crate::bench::{CREATED, DELETED, SOURCE};
use crate::key_services::Function;
use crate::provisioned::{identity, psk};
use crate::secured::register;

/// What `Function::keyed` registers, for an association with `SAE1`.
fn kc() -> PskKey {
    PskKey::new(Zeroizing::new((0..16).collect())).unwrap()
}

/// Leads to an MAF, or to nobody who says anything.
struct ToMaf(Option<KeyService>);

impl Connector for ToMaf {
    fn connect<'a>(&'a self, _: &'a str) -> Connecting<'a> {
        Box::pin(async move {
            let (near, far) = duplex(64 * 1024);
            let service = self.0.clone();
            tokio::spawn(async move {
                match service {
                    Some(service) => service
                        .serve_association(far, SOURCE.parse().unwrap())
                        .await
                        .unwrap(),
                    None => {
                        std::future::pending::<()>().await;
                        drop(far);
                    }
                }
            });
            Ok(Box::new(near) as Box<dyn Duplex>) as io::Result<_>
        })
    }
}

/// A CSE that is the client `two@f.example` of an MAF, and provisioned with one key more.
fn cse(function: &Function, reading: KcReading, connector: ToMaf) -> Cse {
    let table = PskTable::new();
    table
        .insert(
            identity("lock@f.example"),
            psk(9),
            onem2m_association::Allowed::Unstated,
        )
        .unwrap();
    let security = Security {
        identities: Some(Arc::new(table)),
        ..Security::new(Domain::Infrastructure)
    };
    let maf = KnownMaf {
        fqdn: DomainName::parse("f.example").unwrap(),
        address: "https://maf.invalid:443".to_owned(),
        credential: ClientCredential::Psk {
            identity: identity("two@f.example"),
            key: psk(2),
        },
        trust: Trust::default(),
        stakeholder: "admin.example.com".to_owned(),
        reading,
        patience: Duration::from_millis(500),
        names: WireNames::of_project(ServiceRole::Maf),
    };
    let configuration = Configuration {
        security: Some(Arc::new(security)),
        mafs: vec![maf],
        ..Configuration::default()
    };
    let clock = function.clock.clone();
    Cse::new(
        configuration,
        clock,
        Clauses::SPECIFICATION,
        Arc::new(connector),
    )
}

fn client(transport: Transport, name: &str, key: PskKey) -> Client {
    let credential = ClientCredential::Psk {
        identity: identity(name),
        key,
    };
    Client::new(ClientConfiguration::new(transport, credential)).unwrap()
}

/// An association over TLS; none if the handshake fails.
async fn associated(
    cse: &Cse,
    name: &str,
    key: PskKey,
) -> Option<AssociationStream<ClientSession, tokio::io::DuplexStream>> {
    let (near, far) = duplex(64 * 1024);
    let cse = cse.clone();
    tokio::spawn(async move {
        let served = cse.serve_association(far, SOURCE.parse().unwrap());
        served.await.unwrap();
    });
    let client = client(Transport::Tls, name, key);
    let mut stream = AssociationStream::new(client.connect().unwrap(), near);
    stream.handshake().await.ok()?;
    Some(stream)
}

/// The status of a request within an association of its own; none if the handshake fails.
async fn status(
    cse: &Cse,
    name: &str,
    key: PskKey,
    request: Request,
) -> Option<ResponseStatusCode> {
    let stream = associated(cse, name, key).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = request.identified("rqi1").release("3");
    let message = encode_request(&request).unwrap().map(Full::<Bytes>::new);
    let (parts, body) = sender.send_request(message).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Some(decode_response(&parts, &body).unwrap().status)
}

async fn maf() -> (Function, String) {
    let function = Function::new(ServiceRole::Maf).registered().await;
    let relative = function.keyed().await;
    (function, relative)
}

#[tokio::test]
async fn association_stands_with_the_key_of_the_maf_for_whom_it_names() {
    let (function, relative) = maf().await;
    let service = ToMaf(Some(function.service.clone()));
    let cse = cse(&function, KcReading::Whole, service);
    let name = format!("{relative}@f.example");
    for (from, expected) in [("SAE2", NOT_AUTHENTICATED), ("SAE1", CREATED)] {
        let status = status(&cse, &name, kc(), register(from)).await;
        assert_eq!(status, Some(expected), "{from}");
    }
}

#[tokio::test]
async fn names_of_no_key_or_of_another_maf_are_refused() {
    let (function, relative) = maf().await;
    let service = ToMaf(Some(function.service.clone()));
    let cse = cse(&function, KcReading::Whole, service);
    for name in [
        "0123@f.example".to_owned(),
        format!("{relative}@g.example"),
        format!("{relative}@f.example.org"),
        relative.clone(),
        format!("../maf/{relative}@f.example"),
    ] {
        assert!(associated(&cse, &name, kc()).await.is_none(), "{name}");
    }
    let known = associated(&cse, "lock@f.example", psk(9)).await;
    assert!(known.is_some(), "a provisioned key needs no MAF");
}

#[tokio::test]
async fn first_half_is_another_key() {
    let (function, relative) = maf().await;
    let service = ToMaf(Some(function.service.clone()));
    let cse = cse(&function, KcReading::FirstHalf, service);
    let name = format!("{relative}@f.example");
    let half = PskKey::new(Zeroizing::new((0..8).collect())).unwrap();
    assert!(associated(&cse, &name, kc()).await.is_none());
    assert!(associated(&cse, &name, half).await.is_some());
}

#[tokio::test]
async fn key_that_expired_or_was_ended_opens_nothing_more() {
    for ended in [false, true] {
        let (function, relative) = maf().await;
        let service = ToMaf(Some(function.service.clone()));
        let cse = cse(&function, KcReading::Whole, service);
        let name = format!("{relative}@f.example");
        assert!(associated(&cse, &name, kc()).await.is_some());
        match ended {
            true => {
                let mut source = function.source().await;
                let end = Request::delete(function.at(&relative));
                assert_eq!(source.status(end).await, DELETED);
            }
            false => function.clock.advance(Duration::from_secs(60 * 60)),
        }
        assert!(associated(&cse, &name, kc()).await.is_none(), "{ended}");
    }
}

#[tokio::test]
async fn maf_that_says_nothing_holds_nobody_else_up() {
    let (function, relative) = maf().await;
    let cse = cse(&function, KcReading::Whole, ToMaf(None));
    let name = format!("{relative}@f.example");
    let held = async {
        let refused = associated(&cse, &name, kc()).await;
        (refused.is_none(), tokio::time::Instant::now())
    };
    let other = async {
        let served = associated(&cse, "lock@f.example", psk(9)).await;
        (served.is_some(), tokio::time::Instant::now())
    };
    let ((is_refused, late), (is_served, early)) = tokio::join!(held, other);
    assert!(is_refused && is_served);
    assert!(early < late, "nobody waits for the key of another");
}

#[tokio::test]
async fn datagrams_wait_for_the_key_too() {
    let (function, relative) = maf().await;
    let service = ToMaf(Some(function.service.clone()));
    let cse = cse(&function, KcReading::Whole, service);
    let name = format!("{relative}@f.example");
    let client = client(Transport::Dtls, &name, kc());
    let mut session = client.connect().unwrap();
    let mut server = cse.datagram_association(SOURCE.parse().unwrap()).unwrap();
    while let Some(datagram) = session.transmit() {
        for answer in server.receive(&datagram).await {
            session.receive(&answer);
        }
    }
    assert_eq!(session.state(), State::Established);
    assert_eq!(server.state(), State::Established);
}
