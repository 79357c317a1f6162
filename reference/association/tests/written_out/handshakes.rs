//! Handshakes that succeed.

use onem2m_association::written_out::{Configuration, Server, Suite};
use onem2m_association::{PeerCredential, Session, State};
use openssl::ssl::{Ssl, SslContextBuilder};

use crate::certificates::Credential;
use crate::client::{Client, LABEL, certificate_context, check_association, psk_context};
use crate::servers::{self, IDENTITY, KEY, OTHER_KEY};

fn check(configuration: Configuration, context: SslContextBuilder, chunk: usize) -> PeerCredential {
    let mut server = Server::new(configuration).accept();
    check_association(&mut Client::new(context).in_chunks_of(chunk), &mut server)
}

fn check_psk(suite: &str, configuration: Configuration, chunk: usize) {
    let peer = check(configuration, psk_context(suite, IDENTITY, KEY), chunk);
    let expected = PeerCredential::Psk {
        identity: IDENTITY.to_vec(),
    };
    assert_eq!(peer, expected);
}

fn check_certificate(suite: &str, chunk: usize) {
    let authority = Credential::authority("authority");
    let client = Credential::issued("client", &authority);
    let context = certificate_context(suite, Some(&client), &authority);
    let peer = check(servers::certificate(&authority), context, chunk);
    let chain = vec![client.certificate.to_der().unwrap()];
    assert_eq!(peer, PeerCredential::Certificates(chain));
}

#[test]
fn psk_with_cbc_succeeds() {
    check_psk("PSK-AES128-CBC-SHA256", servers::psk(), usize::MAX);
}

#[test]
fn psk_with_ccm_8_succeeds() {
    check_psk("PSK-AES128-CCM8", servers::psk(), usize::MAX);
}

#[test]
fn psk_with_null_succeeds_where_it_is_configured() {
    let configuration = Configuration {
        suites: vec![Suite::PSK_NULL_SHA256],
        ..servers::psk()
    };
    check_psk("PSK-NULL-SHA256", configuration, usize::MAX);
}

#[test]
fn certificates_with_cbc_succeed() {
    check_certificate("ECDHE-ECDSA-AES128-SHA256", usize::MAX);
}

#[test]
fn certificates_with_ccm_8_succeed() {
    check_certificate("ECDHE-ECDSA-AES128-CCM8", usize::MAX);
}

#[test]
fn handshake_in_single_octets_succeeds() {
    check_psk("PSK-AES128-CBC-SHA256", servers::psk(), 1);
    check_certificate("ECDHE-ECDSA-AES128-CCM8", 1);
}

#[test]
fn handshake_without_extended_master_secret_succeeds() {
    let mut configuration = servers::psk();
    configuration.clauses.extended_master_secret = |_| false;
    check_psk("PSK-AES128-CBC-SHA256", configuration, usize::MAX);
}

#[test]
fn client_without_certificate_succeeds_where_none_is_asked_for() {
    let authority = Credential::authority("authority");
    let configuration = Configuration {
        judge: None,
        ..servers::certificate(&authority)
    };
    let mut server = Server::new(configuration).accept();
    let context = certificate_context("ECDHE-ECDSA-AES128-SHA256", None, &authority);
    assert!(Client::new(context).connect(&mut server).is_ok());
    assert_eq!(server.state(), State::Established);
    assert_eq!(server.peer(), None);
}

#[test]
fn server_name_selects_the_keys_of_its_host() {
    for (name, key) in [("B.example.com", OTHER_KEY), ("elsewhere.example.com", KEY)] {
        let mut server = Server::new(servers::with_host()).accept();
        let context = psk_context("PSK-AES128-CBC-SHA256", IDENTITY, key).build();
        let mut ssl = Ssl::new(&context).unwrap();
        ssl.set_hostname(name).unwrap();
        let connected = Client::of(ssl).connect(&mut server);
        assert!(connected.is_ok(), "{name}: {connected:?}");
    }
}

#[test]
fn data_beyond_one_record_arrives_whole() {
    let mut server = Server::new(servers::psk()).accept();
    let mut client = Client::new(psk_context("PSK-AES128-CBC-SHA256", IDENTITY, KEY));
    client.connect(&mut server).unwrap();
    let octets: Vec<u8> = (0..40_000_u32)
        .map(|number| number.to_le_bytes()[0])
        .collect();
    server.write(&octets).unwrap();
    let mut got = Vec::new();
    while got.len() < octets.len() {
        got.extend(client.read(&mut server).unwrap());
    }
    assert_eq!(got, octets);
}

#[test]
fn close_notify_closes_both_ends() {
    let mut server = Server::new(servers::psk()).accept();
    let mut client = Client::new(psk_context("PSK-AES128-CBC-SHA256", IDENTITY, KEY));
    client.connect(&mut server).unwrap();
    server.close();
    assert_eq!(server.state(), State::Closed(None));
    let error = client.read(&mut server).unwrap_err();
    assert_eq!(error.code(), openssl::ssl::ErrorCode::ZERO_RETURN);
}

#[test]
fn nothing_is_written_before_the_association_is_established() {
    let mut server = Server::new(servers::psk()).accept();
    assert!(server.write(b"early").is_err());
    assert!(server.export(LABEL, 48).is_err());
    assert_eq!(server.transmit(), None);
}
