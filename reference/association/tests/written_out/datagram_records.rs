//! Records of DTLS behind the handshake, and clauses that decide on them.

use onem2m_association::messages::datagram::*;
use onem2m_association::messages::*;
use onem2m_association::written_out::{Clauses, Configuration, EpochReaction};
use onem2m_association::{Closure, Session, State};

use crate::datagram_script::{DatagramScript, hello};
use crate::servers;

fn replaced(replace: impl FnOnce(&mut Clauses)) -> Configuration {
    let mut configuration = servers::psk();
    replace(&mut configuration.clauses);
    configuration
}

fn read(script: &mut DatagramScript) -> Vec<Vec<u8>> {
    std::iter::from_fn(|| script.session.read()).collect()
}

#[test]
fn replayed_record_is_read_once_unless_the_clause_says_otherwise() {
    for (configuration, times) in [
        (servers::psk(), 1),
        (replaced(|clauses| clauses.is_fresh = |_, _| true), 2),
    ] {
        let mut script = DatagramScript::established(configuration);
        let datagram = script.record(ContentType::APPLICATION_DATA, b"data");
        script.session.receive(&datagram);
        script.session.receive(&datagram);
        assert_eq!(read(&mut script), vec![b"data"; times]);
    }
}

#[test]
fn records_out_of_order_are_read() {
    let mut script = DatagramScript::established(servers::psk());
    let first = script.record(ContentType::APPLICATION_DATA, b"first");
    let second = script.record(ContentType::APPLICATION_DATA, b"second");
    script.session.receive(&second);
    script.session.receive(&first);
    assert_eq!(read(&mut script), [b"second".as_slice(), b"first"]);
}

#[test]
fn forged_record_does_not_move_the_window_unless_the_clause_says_so() {
    for (configuration, is_read) in [
        (servers::psk(), true),
        (replaced(|clauses| clauses.moves_window = |_| true), false),
    ] {
        let mut script = DatagramScript::established(configuration);
        let genuine = script.record(ContentType::APPLICATION_DATA, b"data");
        script.number += 1 << 40;
        let mut forged = script.record(ContentType::APPLICATION_DATA, b"data");
        forged[30] ^= 1;
        script.session.receive(&forged);
        script.session.receive(&genuine);
        assert_eq!(!read(&mut script).is_empty(), is_read);
    }
}

#[test]
fn invalid_records_leave_the_association_alive() {
    let mut script = DatagramScript::established(servers::psk());
    for place in 0..60 {
        let mut record = script.record(ContentType::APPLICATION_DATA, &[7; 20]);
        let place = place.min(record.len() - 1);
        record[place] ^= 0x10;
        script.session.receive(&record);
        script.session.receive(&record[..place]);
    }
    let unknown = script.record(ContentType(0x63), b"data");
    script.session.receive(&unknown);
    assert_eq!(script.session.state(), State::Established);
    assert_eq!(script.session.transmit(), None);
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(read(&mut script), [b"data"]);
}

#[test]
fn invalid_record_is_fatal_where_the_clause_says_so() {
    let configuration = replaced(|clauses| clauses.invalid_record = Err);
    let mut script = DatagramScript::established(configuration);
    let mut record = script.record(ContentType::APPLICATION_DATA, b"data");
    record[30] ^= 1;
    script.session.receive(&record);
    let State::Closed(Some(Closure::ByUs { alert, .. })) = script.session.state() else {
        panic!("{:?}", script.session.state());
    };
    assert_eq!(alert.description, AlertDescription::BAD_RECORD_MAC);
}

#[test]
fn records_of_epoch_0_are_dropped_unless_the_clause_says_otherwise() {
    for (configuration, is_taken) in [
        (servers::psk(), false),
        (
            replaced(|clauses| clauses.epoch = |_| Ok(EpochReaction::Take)),
            true,
        ),
    ] {
        let mut script = DatagramScript::established(configuration);
        script.epoch = 0;
        script.number = 100;
        script.send(ContentType::APPLICATION_DATA, b"clear");
        assert_eq!(!read(&mut script).is_empty(), is_taken);
        script.send(ContentType::ALERT, &[2, 80]);
        let is_established = script.session.state() == State::Established;
        assert_eq!(is_established, !is_taken);
    }
}

#[test]
fn hello_of_epoch_0_leaves_the_association_alive() {
    let mut script = DatagramScript::established(servers::psk());
    let (epoch, number) = (script.epoch, script.number);
    script.epoch = 0;
    script.number = 100;
    let message = script.message(&hello());
    script.send_message(&(0, message.1));
    assert_eq!(script.session.transmit(), None);
    script.epoch = epoch;
    script.number = number;
    script.send(ContentType::APPLICATION_DATA, b"data");
    assert_eq!(read(&mut script), [b"data"]);
}

#[test]
fn renegotiation_over_datagrams_is_declined() {
    let mut script = DatagramScript::established(servers::psk());
    let message = script.message(&hello());
    script.send_message(&(0, message.1));
    let warning = Alert::warning(AlertDescription::NO_RENEGOTIATION);
    assert_eq!(script.records()[0].fragment, warning.encode().unwrap());
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn numbers_of_an_epoch_do_not_begin_again() {
    let mut script = DatagramScript::established(servers::psk());
    script.number = SequenceNumber::MAXIMUM.number();
    script.send(ContentType::APPLICATION_DATA, b"last");
    script.number = 0;
    script.send(ContentType::APPLICATION_DATA, b"again");
    assert_eq!(read(&mut script), [b"last"]);
}

#[test]
fn close_notify_over_datagrams_is_answered() {
    let mut script = DatagramScript::established(servers::psk());
    script.send(ContentType::ALERT, &[1, 0]);
    assert_eq!(script.session.state(), State::Closed(None));
    assert_eq!(script.records()[0].fragment, [1, 0]);
}

#[test]
fn data_beyond_a_record_is_refused() {
    let mut script = DatagramScript::established(servers::psk());
    let error = script.session.write(&[0; (1 << 14) + 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected at most 16384 octets for one datagram, got 16385"
    );
}

#[test]
fn cookie_is_not_asked_for_where_the_clause_says_so() {
    let mut script = DatagramScript::new(replaced(|clauses| clauses.asks_for_cookie = || false));
    script.greet(&hello());
    assert_eq!(script.session.state(), State::Handshaking);
    assert!(script.session.timeout().is_some());
}

#[test]
fn cookie_of_the_right_length_is_enough_where_the_clause_says_so() {
    let mut script = DatagramScript::new(replaced(|clauses| {
        clauses.cookie_matches = |expected, got| expected.len() == got.len();
    }));
    let cookie = vec![0; script.cookie().len()];
    script.greet(&DatagramClientHello { cookie, ..hello() });
    assert!(script.session.timeout().is_some());
}

#[test]
fn flight_is_not_repeated_where_the_clause_says_so() {
    let mut script = DatagramScript::greeted(replaced(|clauses| clauses.repeats = |_| false));
    let key_exchange = script.key_exchange();
    script.send_message(&key_exchange);
    script.send_message(&key_exchange);
    assert_eq!(script.session.transmit(), None);
}
