//! The tester as a server, with OpenSSL as the client.

use super::attempts::{PATIENCE, stands};
use crate::catalogue::behaviour::Role;
use crate::tester::certificate::{CertificateOrder, ChainOrder, GeneralName, Seed};
use crate::tester::handshake::{
    Attempt, Credential, Delivered, HelloStop, ParametersChange, ServerConduct, Service, serve,
};
use crate::tester::link::Link;
use crate::tester::network::NetworkLink;
use crate::tester::playback::Playback;
use crate::tester::recorder::Recorder;
use crate::tester::stand::Stand;
use onem2m_association::{
    Allowed, AssociationStream, Client, ClientConfiguration, ClientCredential, ClientSession,
    Expected, OwnCertificate, PskKey, Session, State, Suite, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{DomainName, PskIdentity, PublicDomainName};
use onem2m_keys::Psk;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use zeroize::Zeroizing;

const IDENTITY: &str = "ae1-lock@in.example.com";
const KEY: [u8; 32] = *b"0123456789abcdef0123456789abcdef";
const NAME: &str = "cse.id-in.onem2m.example";

/// A chain for a name, and its key.
fn chain(label: &str, name: GeneralName) -> crate::tester::certificate::Chain {
    let now = OffsetDateTime::now_utc();
    let end = CertificateOrder::end(label, vec![name], now);
    ChainOrder::unconstrained(end, now)
        .issue(&Seed::new("serving"))
        .unwrap()
}

fn psk_service() -> Service {
    let credential = Credential::psk(IDENTITY, Psk::new(&KEY).unwrap());
    Service::new(credential, PATIENCE, [7; 32])
}

fn certificate_service() -> Service {
    let chain = chain("cse", GeneralName::Dns(NAME.into()));
    let credential = Credential::Certificates {
        chain: chain.sent,
        key: Arc::new(chain.end.key),
    };
    Service::new(credential, PATIENCE, [7; 32])
}

fn client(transport: Transport, suite: Suite) -> ClientSession {
    let credential = match suite.framework {
        onem2m_association::Framework::Psk => ClientCredential::Psk {
            identity: PskIdentity::parse(IDENTITY.as_bytes()).unwrap(),
            key: PskKey::new(Zeroizing::new(KEY.to_vec())).unwrap(),
        },
        onem2m_association::Framework::Certificate => {
            let own = chain("ae", GeneralName::Uri("https://onem2m.example/S1".into()));
            let key = own.end.key.private_key_info().unwrap();
            ClientCredential::Certificate(OwnCertificate::from_der(&own.sent, &key).unwrap())
        }
    };
    let anchor = ChainOrder::trusted_anchor(&Seed::new("serving")).unwrap();
    let configuration = ClientConfiguration {
        suites: Some(vec![suite]),
        trust: Trust {
            anchors: vec![anchor.der],
            peers: vec![TrustedPeer {
                expected: Expected::CseId(PublicDomainName::parse(NAME).unwrap()),
                allowed: Allowed::Unstated,
            }],
        },
        server_name: Some(DomainName::parse(NAME).unwrap()),
        ..ClientConfiguration::new(transport, credential)
    };
    Client::new(configuration).unwrap().connect().unwrap()
}

/// What a client said after its handshake: whether it stood, and what came back to "ping".
async fn over_stream(authority: String, session: ClientSession) -> Option<Vec<u8>> {
    let stream = TcpStream::connect(authority).await.unwrap();
    let mut stream = AssociationStream::new(session, stream);
    stream.handshake().await.ok()?;
    stream.write_all(b"ping").await.unwrap();
    let mut came = vec![0; 4];
    stream.read_exact(&mut came).await.unwrap();
    Some(came)
}

async fn over_datagrams(authority: String, mut session: ClientSession) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(authority).await.unwrap();
    let mut said = false;
    loop {
        while let Some(datagram) = session.transmit() {
            socket.send(&datagram).await.unwrap();
        }
        match session.state() {
            State::Established if !said => {
                session.write(b"ping").unwrap();
                said = true;
                continue;
            }
            State::Closed(_) => return None,
            _ => {}
        }
        if let Some(came) = session.read() {
            return Some(came);
        }
        let mut datagram = vec![0; 4096];
        let wait = session.timeout().unwrap_or(PATIENCE);
        match tokio::time::timeout(wait, socket.recv(&mut datagram)).await {
            Ok(length) => session.receive(&datagram[..length.unwrap()]),
            Err(_) => session.elapsed(),
        }
    }
}

fn authority(url: &str) -> String {
    url.split("//").nth(1).unwrap().to_owned()
}

/// Serves one client, and says pong to what it says within the association.
async fn served<'a>(recorder: &'a Recorder<'a>, stand: &Stand, service: &Service) -> Attempt<'a> {
    let accepted = recorder
        .accept("request", Role::Stimulus, stand, PATIENCE)
        .await;
    let mut attempt = serve(accepted.unwrap().unwrap(), service).await.unwrap();
    if let Some(association) = &mut attempt.association {
        let said = association.receive(PATIENCE).await.unwrap();
        assert_eq!(said, Delivered::Data(b"ping".to_vec()));
        association.send(b"pong").await.unwrap();
    }
    attempt
}

async fn meet(
    link: &NetworkLink,
    suite: Suite,
    transport: Transport,
    service: &Service,
) -> (String, crate::tester::handshake::Seen, Option<Vec<u8>>) {
    let stand = match transport {
        Transport::Tls => Stand::Registrar,
        Transport::Dtls => Stand::DatagramRegistrar,
    };
    let authority = authority(&link.stand(&stand).await.unwrap());
    let recorder = Recorder::new(link, "test", 1, 1);
    let client = client(transport, suite);
    let said = tokio::spawn(async move {
        match transport {
            Transport::Tls => over_stream(authority, client).await,
            Transport::Dtls => over_datagrams(authority, client).await,
        }
    });
    let attempt = served(&recorder, &stand, service).await;
    let (end, seen) = (attempt.end.to_string(), attempt.seen.clone());
    drop(attempt);
    (end, seen, said.await.unwrap())
}

#[tokio::test]
async fn openssl_is_served_over_each_suite_and_transport() {
    for transport in [Transport::Tls, Transport::Dtls] {
        for suite in Suite::MANDATORY {
            let service = match suite.framework {
                onem2m_association::Framework::Psk => psk_service(),
                onem2m_association::Framework::Certificate => certificate_service(),
            };
            let (end, seen, said) = meet(&stands(), suite, transport, &service).await;
            let which = format!("{} over {transport:?}: {end}", suite.name());
            assert_eq!(said.as_deref(), Some(&b"pong"[..]), "{which}");
            if suite.framework == onem2m_association::Framework::Certificate {
                assert!(seen.proved && !seen.certificates.is_empty(), "{which}");
            } else {
                assert_eq!(seen.psk_identity.as_deref(), Some(IDENTITY.as_bytes()));
            }
            let hellos = if transport == Transport::Dtls { 2 } else { 1 };
            assert_eq!(seen.client_hellos.len(), hellos, "{which}");
        }
    }
}

#[tokio::test]
async fn openssl_refuses_what_is_wrong_by_alert() {
    let psk = Suite::PSK_AES_128_CBC_SHA256;
    let certificate = Suite::ECDHE_ECDSA_AES_128_CBC_SHA256;
    let conduct = |text: &str| toml::from_str::<ServerConduct>(text).unwrap();
    for (suite, text, alert) in [
        (psk, "key = { random = 32 }", "bad_record_mac"),
        (psk, "version = 0x0302", "protocol_version"),
        (psk, "suite = 0", "illegal_parameter"),
        (psk, "suite = 0x002c", "illegal_parameter"),
        (psk, "compression = 1", "illegal_parameter"),
        (psk, "finished = { inverted = 0 }", "decrypt_error"),
        (certificate, "parameters = 'other-key'", "decrypt_error"),
    ] {
        let mut service = match suite.framework {
            onem2m_association::Framework::Psk => psk_service(),
            onem2m_association::Framework::Certificate => certificate_service(),
        };
        service.conduct = conduct(text);
        let (end, seen, said) = meet(&stands(), suite, Transport::Tls, &service).await;
        assert!(
            end.contains(&format!("fatal alert {alert}")),
            "{text}: {end}"
        );
        assert_eq!((seen.application_data, said), (0, None), "{text}");
    }
}

#[tokio::test]
async fn parameters_of_an_earlier_handshake_are_refused() {
    let suite = Suite::ECDHE_ECDSA_AES_128_CBC_SHA256;
    let mut service = certificate_service();
    let (_, seen, _) = meet(&stands(), suite, Transport::Tls, &service).await;
    service.earlier = seen.sent_parameters;
    service.seed = [8; 32];
    service.conduct.parameters = ParametersChange::Earlier;
    let (end, _, said) = meet(&stands(), suite, Transport::Tls, &service).await;
    assert!(end.starts_with("fatal alert decrypt_error"), "{end}");
    assert_eq!(said, None);
}

#[tokio::test]
async fn hint_and_silence_about_certificates_change_nothing_for_openssl() {
    let mut service = psk_service();
    service.conduct.hint = Some("use admin@in.example.com".into());
    let psk = Suite::PSK_AES_128_CBC_SHA256;
    let (_, seen, said) = meet(&stands(), psk, Transport::Tls, &service).await;
    assert_eq!(seen.psk_identity.as_deref(), Some(IDENTITY.as_bytes()));
    assert!(said.is_some());
    let mut service = certificate_service();
    service.conduct.asks_nobody = true;
    let certificate = Suite::ECDHE_ECDSA_AES_128_CBC_SHA256;
    let (_, seen, said) = meet(&stands(), certificate, Transport::Tls, &service).await;
    assert!(seen.certificates.is_empty() && said.is_some());
}

#[tokio::test]
async fn connection_may_end_behind_the_hello() {
    let mut service = psk_service();
    service.conduct.stop = Some(HelloStop::Close);
    let psk = Suite::PSK_AES_128_CBC_SHA256;
    let (_, seen, said) = meet(&stands(), psk, Transport::Tls, &service).await;
    assert_eq!((seen.client_hellos.len(), said), (1, None));
}

#[tokio::test]
async fn request_in_the_clear_is_seen_as_one() {
    let link = stands();
    let authority = authority(&link.stand(&Stand::Registrar).await.unwrap());
    let recorder = Recorder::new(&link, "test", 1, 1);
    let mut stream = TcpStream::connect(authority).await.unwrap();
    stream
        .write_all(b"POST /cse-in HTTP/1.1\r\n")
        .await
        .unwrap();
    let attempt = served(&recorder, &Stand::Registrar, &psk_service()).await;
    assert!(attempt.seen.in_the_clear, "{}", attempt.end);
}

#[tokio::test]
async fn what_was_served_plays_back() {
    let link = stands();
    let stand = Stand::Registrar;
    let recorder = Recorder::new(&link, "test", 1, 1);
    let authority = authority(&recorder.stand(&stand).await.unwrap());
    let client = client(Transport::Tls, Suite::PSK_AES_128_CBC_SHA256);
    let said = tokio::spawn(over_stream(authority, client));
    drop(served(&recorder, &stand, &psk_service()).await);
    assert!(said.await.unwrap().is_some());
    let nobody = recorder
        .accept("later", Role::ReadBack, &stand, Duration::ZERO)
        .await;
    assert!(nobody.unwrap().is_none());
    let live = recorder.transcript();
    let playback = Playback::new(&live);
    let played = Recorder::new(&playback, "test", 1, 1);
    played.stand(&stand).await.unwrap();
    drop(served(&played, &stand, &psk_service()).await);
    let nobody = played
        .accept("later", Role::ReadBack, &stand, Duration::ZERO)
        .await;
    assert!(nobody.unwrap().is_none());
    let strip = |entries: Vec<_>| entries.into_iter().skip(1).collect::<Vec<_>>();
    assert_eq!(strip(played.transcript()), strip(live));
}
