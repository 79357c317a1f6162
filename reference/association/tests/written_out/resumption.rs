//! Sessions that are resumed, and those that are not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use onem2m_association::written_out::{Configuration, Server};
use onem2m_association::{PeerCredential, Session, State};
use onem2m_keys::Psk;
use openssl::ssl::{Ssl, SslContext, SslOptions, SslSession};

use crate::certificates::Credential;
use crate::client::{Client, LABEL, certificate_context, psk_context};
use crate::servers::{self, IDENTITY, KEY};

fn psk() -> SslContext {
    let mut builder = psk_context("PSK-AES128-CBC-SHA256", IDENTITY, KEY);
    builder.set_options(SslOptions::NO_TICKET);
    builder.build()
}

/// A connection, resumed if it can be, and its session.
fn connect(
    context: &SslContext,
    server: &mut dyn Session,
    session: Option<&SslSession>,
) -> (Client, SslSession) {
    let mut ssl = Ssl::new(context).unwrap();
    if let Some(session) = session {
        set_session(&mut ssl, session);
    }
    let mut client = Client::of(ssl);
    client.connect(server).unwrap();
    assert_eq!(server.state(), State::Established);
    // A copy, since OpenSSL does not offer a session again whose connection broke.
    let session = client.stream.ssl().session().unwrap().to_der().unwrap();
    (client, SslSession::from_der(&session).unwrap())
}

#[expect(
    unsafe_code,
    reason = "the binding cannot tell that the context is the same"
)]
fn set_session(ssl: &mut Ssl, session: &SslSession) {
    unsafe { ssl.set_session(session) }.unwrap();
}

#[test]
fn session_is_resumed_with_its_peer() {
    let server = Server::new(servers::psk());
    let context = psk();
    let (_, session) = connect(&context, &mut server.accept(), None);
    let mut second = server.accept();
    let (client, _) = connect(&context, &mut second, Some(&session));
    assert!(client.stream.ssl().session_reused());
    let expected = PeerCredential::Psk {
        identity: IDENTITY.to_vec(),
    };
    assert_eq!(second.peer(), Some(&expected));
    let exported = second.export(LABEL, 32).unwrap();
    assert_eq!(exported.as_slice(), client.export(32).unwrap());
}

#[test]
fn session_of_certificates_is_resumed() {
    let authority = Credential::authority("authority");
    let client = Credential::issued("client", &authority);
    let server = Server::new(servers::certificate(&authority));
    let mut builder = certificate_context("ECDHE-ECDSA-AES128-CCM8", Some(&client), &authority);
    builder.set_options(SslOptions::NO_TICKET);
    let context = builder.build();
    let (_, session) = connect(&context, &mut server.accept(), None);
    let (client, _) = connect(&context, &mut server.accept(), Some(&session));
    assert!(client.stream.ssl().session_reused());
}

#[test]
fn session_is_not_resumed_after_a_fatal_alert() {
    let server = Server::new(servers::psk());
    let context = psk();
    let mut first = server.accept();
    let (mut client, session) = connect(&context, &mut first, None);
    client.write_changed(&mut first, b"data", |record| record[20] ^= 1);
    assert!(matches!(first.state(), State::Closed(Some(_))));
    let (client, _) = connect(&context, &mut server.accept(), Some(&session));
    assert!(!client.stream.ssl().session_reused());
}

#[test]
fn session_is_not_resumed_after_its_key_was_withdrawn() {
    let is_provisioned = Arc::new(AtomicBool::new(true));
    let provisioned = Arc::clone(&is_provisioned);
    let server = Server::new(Configuration {
        keys: Some(Arc::new(move |identity| {
            let is_known = identity == IDENTITY && provisioned.load(Ordering::Relaxed);
            is_known.then(|| Psk::new(KEY).unwrap())
        })),
        ..Configuration::new()
    });
    let context = psk();
    let (_, session) = connect(&context, &mut server.accept(), None);
    is_provisioned.store(false, Ordering::Relaxed);
    let mut ssl = Ssl::new(&context).unwrap();
    set_session(&mut ssl, &session);
    let error = Client::of(ssl).connect(&mut server.accept()).unwrap_err();
    assert_eq!(crate::client::alert(&error), Some(115), "{error:?}");
}

#[test]
fn session_is_not_resumed_where_that_is_not_configured() {
    let server = Server::new(Configuration {
        resumption: false,
        ..servers::psk()
    });
    let context = psk();
    let (_, session) = connect(&context, &mut server.accept(), None);
    assert!(session.id().is_empty());
}
