//! Handshakes of DTLS.

use std::time::Duration;

use onem2m_association::messages::datagram::*;
use onem2m_association::messages::*;
use onem2m_association::written_out::{Configuration, Server};
use onem2m_association::{Closure, PeerCredential, Session, State};
use openssl::ssl::SslContextBuilder;

use crate::certificates::Credential;
use crate::client::{Client, certificate_context, check_association, psk_context};
use crate::datagram_script::{DatagramScript, hello};
use crate::servers::{self, IDENTITY, KEY, OTHER_KEY};

fn check(configuration: Configuration, context: SslContextBuilder, size: u32) -> PeerCredential {
    let mut server = Server::new(configuration).accept_datagrams(b"192.0.2.1:5684");
    check_association(&mut Client::of_datagrams(context, size), &mut server)
}

#[test]
fn psk_over_datagrams_succeeds() {
    for suite in ["DTLS:PSK-AES128-CCM8", "DTLS:PSK-AES128-CBC-SHA256"] {
        let peer = check(servers::psk(), psk_context(suite, IDENTITY, KEY), 1200);
        let identity = IDENTITY.to_vec();
        assert_eq!(peer, PeerCredential::Psk { identity });
    }
}

#[test]
fn certificates_over_small_datagrams_succeed() {
    let authority = Credential::authority("authority");
    let client = Credential::issued("client", &authority);
    for suite in [
        "DTLS:ECDHE-ECDSA-AES128-CCM8",
        "DTLS:ECDHE-ECDSA-AES128-SHA256",
    ] {
        let context = certificate_context(suite, Some(&client), &authority);
        let peer = check(servers::certificate(&authority), context, 256);
        let chain = vec![client.certificate.to_der().unwrap()];
        assert_eq!(peer, PeerCredential::Certificates(chain));
    }
}

#[test]
fn chain_of_the_server_is_sent_in_fragments() {
    let authority = Credential::authority("authority");
    let client = Credential::issued("client", &authority);
    let mut configuration = servers::certificate(&authority);
    let server = Credential::issued("server", &authority);
    let mut chain = vec![server.certificate.to_der().unwrap()];
    chain.extend(vec![authority.certificate.to_der().unwrap(); 8]);
    let key = server.key.private_key_to_pkcs8().unwrap();
    configuration.certificate =
        onem2m_association::written_out::OwnCertificate::new(chain, &key).ok();
    let suite = "DTLS:ECDHE-ECDSA-AES128-CCM8";
    let context = certificate_context(suite, Some(&client), &authority);
    check(configuration, context, 1200);
}

#[test]
fn wrong_key_over_datagrams_establishes_nothing() {
    let mut server = Server::new(servers::psk()).accept_datagrams(b"address");
    let context = psk_context("DTLS:PSK-AES128-CCM8", IDENTITY, OTHER_KEY);
    assert!(
        Client::of_datagrams(context, 1200)
            .connect(&mut server)
            .is_err()
    );
    assert_eq!(server.state(), State::Handshaking);
    assert_eq!(server.peer(), None);
}

#[test]
fn unknown_identity_over_datagrams_is_told() {
    let mut server = Server::new(servers::psk()).accept_datagrams(b"address");
    let context = psk_context("DTLS:PSK-AES128-CCM8", b"nobody", KEY);
    let error = Client::of_datagrams(context, 1200)
        .connect(&mut server)
        .unwrap_err();
    assert_eq!(crate::client::alert(&error), Some(115), "{error:?}");
}

#[test]
fn hello_without_cookie_is_answered_with_one_and_nothing_else() {
    let mut script = DatagramScript::new(servers::psk());
    let cookie = script.cookie();
    assert!(!cookie.is_empty());
    assert_eq!(script.session.state(), State::Handshaking);
    assert_eq!(script.session.timeout(), None);
    assert!(!script.session.is_verified());
}

#[test]
fn cookie_of_another_address_or_hello_is_not_taken() {
    let server = Server::new(servers::psk());
    let cookie = DatagramScript::with(&server, b"one").cookie();
    let mut inverted = cookie.clone();
    inverted[5] ^= 1;
    let mut changed = hello();
    changed.hello.random = Random([2; 32]);
    changed.cookie = cookie.clone();
    let wrong = [
        (b"two".as_slice(), DatagramClientHello { cookie, ..hello() }),
        (
            b"one",
            DatagramClientHello {
                cookie: inverted,
                ..hello()
            },
        ),
        (b"one", changed),
    ];
    for (address, hello) in wrong {
        let mut script = DatagramScript::with(&server, address);
        let message = script.message(&hello);
        script.send_message(&message);
        let records = script.records();
        assert_eq!(records.len(), 1);
        let answer = Fragment::decode(&records[0].fragment).unwrap();
        let request = HandshakeType::HELLO_VERIFY_REQUEST;
        assert_eq!(answer.message_type, request);
    }
}

#[test]
fn dtls_1_0_is_refused() {
    let mut script = DatagramScript::new(servers::psk());
    let mut old = hello();
    old.hello.version = ProtocolVersion::DTLS_1_0;
    let message = script.message(&old);
    script.send_message(&message);
    let request = Fragment::decode(&script.records()[0].fragment).unwrap();
    old.cookie = HelloVerifyRequest::decode(&request.body).unwrap().cookie;
    let message = script.message(&old);
    script.send_message(&message);
    let State::Closed(Some(Closure::ByUs { alert, .. })) = script.session.state() else {
        panic!("{:?}", script.session.state());
    };
    let expected = Alert::fatal(AlertDescription::PROTOCOL_VERSION);
    assert_eq!(alert, expected);
    assert_eq!(script.records()[0].fragment, expected.encode().unwrap());
}

#[test]
fn message_in_fragments_of_any_size_and_order_is_taken() {
    for size in [1, 7, 20] {
        for is_reversed in [false, true] {
            let mut script = DatagramScript::greeted(servers::psk());
            let key_exchange = script.key_exchange();
            let mut parts = script.send_parts(&key_exchange, size);
            if is_reversed {
                parts.reverse();
            }
            for part in &parts {
                script.send_fragment(part);
                script.send_fragment(part);
            }
            script.change_cipher_spec();
            let finished = script.finished();
            script.send_message(&finished);
            assert_eq!(script.session.state(), State::Established);
        }
    }
}

#[test]
fn contradictory_fragments_are_dropped() {
    let mut script = DatagramScript::greeted(servers::psk());
    let (message_seq, message) = script.key_exchange();
    let whole = Fragment::whole(message_seq, &message);
    let parts = script.send_parts(&(message_seq, message.clone()), 10);
    script.send_fragment(&parts[0]);
    let mut other_content = parts[0].clone();
    other_content.body[5] ^= 1;
    let mut other_length = parts[1].clone();
    other_length.length += 1;
    let mut beyond = parts[1].clone();
    beyond.fragment_offset = whole.length - 1;
    let mut other_type = parts[1].clone();
    other_type.message_type = HandshakeType::FINISHED;
    let mut huge = parts[1].clone();
    huge.length = 0xff_ffff;
    for wrong in [other_content, other_length, beyond, other_type, huge] {
        script.send_fragment(&wrong);
    }
    script.send_fragment(&whole);
    script.change_cipher_spec();
    let finished = script.finished();
    script.send_message(&finished);
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn messages_that_are_old_or_far_ahead_are_not_taken() {
    let mut script = DatagramScript::greeted(servers::psk());
    let key_exchange = script.key_exchange();
    script.send_message(&(900, key_exchange.1.clone()));
    script.send_message(&(0, key_exchange.1.clone()));
    assert_eq!(script.session.state(), State::Handshaking);
    script.send_message(&key_exchange);
    script.change_cipher_spec();
    let finished = script.finished();
    script.send_message(&finished);
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn flight_out_of_order_is_taken_when_it_is_repeated() {
    let mut script = DatagramScript::greeted(servers::psk());
    let key_exchange = script.key_exchange();
    let finished = script.finished();
    let number = script.number;
    script.epoch = 1;
    script.number = 0;
    script.send_message(&finished);
    script.epoch = 0;
    script.number = number;
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    script.send_message(&key_exchange);
    assert_eq!(script.session.state(), State::Handshaking);
    script.send_message(&key_exchange);
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    script.epoch = 1;
    script.number = 1;
    script.send_message(&finished);
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn lost_flight_is_repeated_under_new_numbers() {
    let mut script = DatagramScript::new(servers::psk());
    let cookie = script.cookie();
    let message = script.message(&DatagramClientHello { cookie, ..hello() });
    script.send_message(&message);
    let first = script.records();
    for seconds in [1, 2, 4] {
        let timeout = script.session.timeout();
        assert_eq!(timeout, Some(Duration::from_secs(seconds)));
        script.session.elapsed();
        let again = script.records();
        assert_eq!(again.len(), first.len());
        for (again, first) in again.iter().zip(&first) {
            assert_eq!(again.fragment, first.fragment);
            assert!(again.sequence_number > first.sequence_number);
        }
    }
}

#[test]
fn repeated_flight_of_the_client_is_answered_again() {
    let mut script = DatagramScript::greeted(servers::psk());
    let key_exchange = script.key_exchange();
    script.send_message(&key_exchange);
    script.change_cipher_spec();
    let finished = script.finished();
    script.send_message(&finished);
    let first = script.records();
    assert_eq!(first.len(), 2);
    for _ in 0..2 {
        script.send_message(&finished);
        let again = script.records();
        let fragments = |records: &[DatagramRecord]| -> Vec<_> {
            records
                .iter()
                .map(|record| record.fragment.clone())
                .collect()
        };
        assert_eq!(fragments(&again), fragments(&first));
    }
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(script.session.read(), Some(b"data".to_vec()));
}
