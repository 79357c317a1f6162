//! Clients of OpenSSL that are refused.

use onem2m_association::messages::AlertDescription;
use onem2m_association::written_out::{Configuration, Server};
use onem2m_association::{Closure, Session, State};
use openssl::nid::Nid;
use openssl::ssl::{SslContextBuilder, SslVersion};

use crate::certificates::Credential;
use crate::client::{Client, alert, certificate_context, context, psk_context};
use crate::servers::{self, IDENTITY, KEY, OTHER_KEY};

const CBC: &str = "PSK-AES128-CBC-SHA256";
const CCM: &str = "PSK-AES128-CCM8";
const ECDHE: &str = "ECDHE-ECDSA-AES128-SHA256";

/// Connects, and is refused with an alert that the client sees.
fn check(configuration: Configuration, context: SslContextBuilder, expected: AlertDescription) {
    let mut server = Server::new(configuration).accept();
    let mut client = Client::new(context);
    let error = match client.connect(&mut server) {
        Err(error) => error,
        // The last flight of a client is its own.
        Ok(()) => client.read(&mut server).unwrap_err(),
    };
    assert_eq!(alert(&error), Some(i32::from(expected.0)), "{error:?}");
    check_state(&server, expected);
    assert_eq!(server.peer(), None);
}

fn check_state(server: &dyn Session, expected: AlertDescription) {
    match server.state() {
        State::Closed(Some(Closure::ByUs { alert, reason })) => {
            assert_eq!(alert.description, expected, "{reason}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_key_is_refused_with_bad_record_mac() {
    for suite in [CBC, CCM] {
        check(
            servers::psk(),
            psk_context(suite, IDENTITY, OTHER_KEY),
            AlertDescription::BAD_RECORD_MAC,
        );
    }
}

#[test]
fn unknown_identity_is_told() {
    check(
        servers::psk(),
        psk_context(CBC, b"nobody@in.example.com", KEY),
        AlertDescription::UNKNOWN_PSK_IDENTITY,
    );
}

#[test]
fn finished_over_other_messages_is_refused_with_decrypt_error() {
    let mut configuration = servers::psk();
    configuration.clauses.extended_master_secret = |_| false;
    configuration.clauses.covered = |_| false;
    check(
        configuration,
        psk_context(CBC, IDENTITY, KEY),
        AlertDescription::DECRYPT_ERROR,
    );
}

#[test]
fn version_before_tls_1_2_is_refused() {
    let mut context = psk_context("PSK-AES128-CBC-SHA", IDENTITY, KEY);
    context
        .set_min_proto_version(Some(SslVersion::TLS1_1))
        .unwrap();
    context
        .set_max_proto_version(Some(SslVersion::TLS1_1))
        .unwrap();
    check(servers::psk(), context, AlertDescription::PROTOCOL_VERSION);
}

#[test]
fn suite_that_the_server_has_no_credential_for_is_refused() {
    check(
        servers::psk(),
        context(ECDHE),
        AlertDescription::HANDSHAKE_FAILURE,
    );
    check(
        servers::psk(),
        psk_context("PSK-NULL-SHA256", IDENTITY, KEY),
        AlertDescription::HANDSHAKE_FAILURE,
    );
}

#[test]
fn client_without_certificate_is_refused() {
    let authority = Credential::authority("authority");
    check(
        servers::certificate(&authority),
        certificate_context(ECDHE, None, &authority),
        AlertDescription::HANDSHAKE_FAILURE,
    );
}

#[test]
fn certificate_of_another_authority_is_refused() {
    let authority = Credential::authority("authority");
    let client = Credential::issued("client", &Credential::authority("other"));
    check(
        servers::certificate(&authority),
        certificate_context(ECDHE, Some(&client), &authority),
        AlertDescription::UNKNOWN_CA,
    );
}

#[test]
fn certificate_on_another_curve_is_refused() {
    let authority = Credential::authority("authority");
    let client = Credential::on_curve(Nid::SECP384R1, &authority);
    let mut configuration = servers::certificate(&authority);
    // A client of OpenSSL shows a certificate only where it can sign as it is asked to.
    configuration.clauses.certificate_request = |configuration| {
        let mut request = (onem2m_association::written_out::Clauses::SPECIFICATION
            .certificate_request)(configuration)?;
        let schemes = &mut request.supported_signature_algorithms;
        schemes.push(onem2m_association::messages::SignatureScheme::ECDSA_SECP384R1_SHA384);
        Some(request)
    };
    let mut context = certificate_context(ECDHE, Some(&client), &authority);
    context.set_groups_list("P-256:P-384").unwrap();
    check(
        configuration,
        context,
        AlertDescription::UNSUPPORTED_CERTIFICATE,
    );
}

#[test]
fn client_without_secp256r1_is_refused() {
    let authority = Credential::authority("authority");
    let client = Credential::issued("client", &authority);
    let mut context = certificate_context(ECDHE, Some(&client), &authority);
    context.set_groups_list("P-521").unwrap();
    check(
        servers::certificate(&authority),
        context,
        AlertDescription::HANDSHAKE_FAILURE,
    );
}

#[test]
fn altered_record_is_refused_with_bad_record_mac() {
    for suite in [CBC, CCM] {
        // In the last octet of CBC a change is one of the padding.
        for place in [20, 60] {
            let mut server = Server::new(servers::psk()).accept();
            let mut client = Client::new(psk_context(suite, IDENTITY, KEY));
            client.connect(&mut server).unwrap();
            client.write_changed(&mut server, &[1; 100], |record| {
                let length = record.len();
                record[length - place] ^= 1;
            });
            let error = client.read(&mut server).unwrap_err();
            assert_eq!(alert(&error), Some(20), "{error:?}");
            check_state(&server, AlertDescription::BAD_RECORD_MAC);
            assert_eq!(server.read(), None);
        }
    }
}

#[test]
fn altered_padding_is_refused_as_an_altered_mac_is() {
    let mut server = Server::new(servers::psk()).accept();
    let mut client = Client::new(psk_context(CBC, IDENTITY, KEY));
    client.connect(&mut server).unwrap();
    client.write_changed(&mut server, &[1; 100], |record| {
        // The block before the last is what the last is combined with.
        let length = record.len();
        record[length - 17] ^= 0x40;
    });
    check_state(&server, AlertDescription::BAD_RECORD_MAC);
}

#[test]
fn record_that_is_sent_twice_is_refused() {
    for suite in [CBC, CCM] {
        let mut server = Server::new(servers::psk()).accept();
        let mut client = Client::new(psk_context(suite, IDENTITY, KEY));
        client.connect(&mut server).unwrap();
        client.write_changed(&mut server, b"once", |record| record.extend(record.clone()));
        assert_eq!(server.read(), Some(b"once".to_vec()));
        assert_eq!(server.read(), None);
        check_state(&server, AlertDescription::BAD_RECORD_MAC);
    }
}

#[test]
fn what_is_no_tls_is_refused_by_its_first_octets() {
    for octets in [b"GET / HTTP/1.1\r\n\r\n".as_slice(), &[0x80, 0x2e, 1, 0, 2]] {
        let mut server = Server::new(servers::psk()).accept();
        server.receive(octets);
        check_state(&server, AlertDescription::PROTOCOL_VERSION);
    }
}
