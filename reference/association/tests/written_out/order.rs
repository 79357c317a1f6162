//! Messages that come when they may not (RFC 5246, 7.3 and 7.4).

use onem2m_association::messages::*;
use onem2m_association::{Session, State};

use crate::script::{Script, hello, key_exchange};
use crate::servers::{self, IDENTITY, KEY};

const UNEXPECTED: AlertDescription = AlertDescription::UNEXPECTED_MESSAGE;

#[test]
fn scripted_handshake_succeeds() {
    let mut script = Script::established(servers::psk());
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(script.session.read(), Some(b"data".to_vec()));
}

#[test]
fn change_cipher_spec_before_the_key_exchange_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn change_cipher_spec_before_anything_is_refused() {
    let mut script = Script::new(servers::psk());
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn change_cipher_spec_within_a_message_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.send(ContentType::HANDSHAKE, &[20, 0]);
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn change_cipher_spec_twice_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    script.change_cipher_spec();
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn finished_without_change_cipher_spec_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    let finished = script.finished();
    script.send_message(&finished);
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn key_exchange_twice_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.send_message(&key_exchange(IDENTITY));
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn hello_twice_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send_message(&HandshakeMessage::of(&hello()).unwrap());
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn messages_of_servers_are_refused() {
    for message_type in [
        HandshakeType::HELLO_REQUEST,
        HandshakeType::SERVER_HELLO,
        HandshakeType::SERVER_HELLO_DONE,
        HandshakeType::NEW_SESSION_TICKET,
    ] {
        let mut script = Script::greeted(servers::psk());
        script.send_message(&HandshakeMessage {
            message_type,
            body: Vec::new(),
        });
        assert_eq!(script.refused(), UNEXPECTED, "{message_type}");
    }
}

#[test]
fn application_data_before_finished_is_refused() {
    let mut script = Script::greeted(servers::psk());
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(script.refused(), UNEXPECTED);
    let mut script = Script::greeted(servers::psk());
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    script.change_cipher_spec();
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn renegotiation_is_declined_and_the_association_goes_on() {
    let mut script = Script::established(servers::psk());
    for _ in 0..100 {
        script.send_message(&HandshakeMessage::of(&hello()).unwrap());
        let warning = Alert::warning(AlertDescription::NO_RENEGOTIATION);
        let expected = (ContentType::ALERT, warning.encode().unwrap());
        assert_eq!(script.records(), [expected]);
    }
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(script.session.read(), Some(b"data".to_vec()));
}

#[test]
fn fatal_alert_of_the_client_ends_the_association() {
    let mut script = Script::established(servers::psk());
    let alert = Alert::fatal(AlertDescription::USER_CANCELED);
    script.send(ContentType::ALERT, &alert.encode().unwrap());
    let expected = onem2m_association::Closure::ByPeer(alert);
    assert_eq!(script.session.state(), State::Closed(Some(expected)));
    assert_eq!(script.session.transmit(), None);
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(script.session.read(), None);
}

#[test]
fn warnings_are_ignored_up_to_a_limit() {
    let mut script = Script::greeted(servers::psk());
    let warning = Alert::warning(AlertDescription::NO_CERTIFICATE);
    for _ in 0..16 {
        script.send(ContentType::ALERT, &warning.encode().unwrap());
        assert_eq!(script.session.state(), State::Handshaking);
    }
    script.send(ContentType::ALERT, &warning.encode().unwrap());
    assert_eq!(script.refused(), UNEXPECTED);
}

#[test]
fn close_notify_is_answered() {
    let mut script = Script::established(servers::psk());
    let notify = Alert::warning(AlertDescription::CLOSE_NOTIFY)
        .encode()
        .unwrap();
    script.send(ContentType::ALERT, &notify);
    assert_eq!(script.records(), [(ContentType::ALERT, notify)]);
    assert_eq!(script.session.state(), State::Closed(None));
}
