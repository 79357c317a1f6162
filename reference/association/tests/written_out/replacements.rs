//! Clauses that are replaced: each is decided where it is said to be, and nothing else covers for it.

use onem2m_association::messages::*;
use onem2m_association::written_out::{
    Awaited, Cipher, Clauses, Configuration, Incoming, KeyExchange, Reaction, RecordContext,
    Renegotiation, Server, Suite,
};
use onem2m_association::{PeerCredential, Session, State};
use onem2m_keys::{MasterSecret, PremasterSecret, Psk};

use crate::script::{Script, hello, key_exchange};
use crate::servers::{self, IDENTITY, KEY};

const SPECIFICATION: Clauses = Clauses::SPECIFICATION;

fn replaced(replace: impl FnOnce(&mut Clauses)) -> Configuration {
    let mut configuration = servers::psk();
    replace(&mut configuration.clauses);
    configuration
}

#[test]
fn change_cipher_spec_is_taken_early_where_that_is_accepted() {
    let mut script = Script::greeted(replaced(|clauses| {
        clauses.accepts = |clauses, progress, incoming| {
            matches!(incoming, Incoming::ChangeCipherSpec { .. })
                || (SPECIFICATION.accepts)(clauses, progress, incoming)
        };
    }));
    script.send(ContentType::CHANGE_CIPHER_SPEC, &[1]);
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    script.protect();
    let finished = script.finished();
    script.send_message(&finished);
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn key_exchange_is_left_out_where_nothing_awaits_it() {
    let mut script = Script::greeted(replaced(|clauses| {
        clauses.awaited = |progress| {
            let mut progress = *progress;
            progress.key_exchange = progress.hello;
            (SPECIFICATION.awaited)(&progress)
        };
        clauses.master = |premaster, randoms, session_hash| {
            let empty = PremasterSecret::psk(&Psk::new(&[]).ok()?);
            Some(match session_hash {
                None => MasterSecret::derive(premaster.unwrap_or(&empty), randoms),
                Some(hash) => MasterSecret::derive_extended(premaster.unwrap_or(&empty), hash),
            })
        };
    }));
    script.make_keys(&[]);
    script.change_cipher_spec();
    let finished = script.finished();
    script.send_message(&finished);
    assert_eq!(script.session.state(), State::Established);
    assert_eq!(script.session.peer(), None);
}

#[test]
fn finished_in_the_clear_is_taken_where_nothing_awaits_change_cipher_spec() {
    let mut script = Script::greeted(replaced(|clauses| {
        clauses.awaited = |progress| match (SPECIFICATION.awaited)(progress) {
            Awaited::ChangeCipherSpec => Awaited::Finished,
            other => other,
        };
    }));
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    let finished = script.finished();
    script.send_message(&finished);
    assert!(
        script
            .messages()
            .iter()
            .any(|message| message.message_type == HandshakeType::FINISHED)
    );
}

#[test]
fn second_key_exchange_keeps_the_first_identity_where_it_is_bound_once() {
    let mut configuration = replaced(|clauses| {
        clauses.accepts = |clauses, progress, incoming| {
            incoming == Incoming::Handshake(HandshakeType::CLIENT_KEY_EXCHANGE)
                || (SPECIFICATION.accepts)(clauses, progress, incoming)
        };
        clauses.bind = |earlier, shown| earlier.cloned().unwrap_or(shown);
    });
    configuration.keys = Some(std::sync::Arc::new(|identity| {
        let key = if identity == IDENTITY { KEY } else { &[9; 16] };
        Psk::new(key).ok()
    }));
    let mut script = Script::greeted(configuration);
    script.send_message(&key_exchange(b"ae2-lock@in.example.com"));
    script.finish(IDENTITY, KEY);
    assert_eq!(script.session.state(), State::Established);
    let expected = PeerCredential::Psk {
        identity: b"ae2-lock@in.example.com".to_vec(),
    };
    assert_eq!(script.session.peer(), Some(&expected));
}

#[test]
fn hello_request_is_part_of_the_handshake_where_it_is_accepted_and_covered() {
    let mut script = Script::new(replaced(|clauses| {
        clauses.accepts = |clauses, progress, incoming| {
            incoming == Incoming::Handshake(HandshakeType::HELLO_REQUEST)
                || (SPECIFICATION.accepts)(clauses, progress, incoming)
        };
        clauses.covered = |_| true;
    }));
    script.send_message(&HandshakeMessage::of(&HelloRequest).unwrap());
    script.greet(&hello());
    script.finish(IDENTITY, KEY);
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn early_data_is_delivered_where_it_is_accepted() {
    let mut script = Script::greeted(replaced(|clauses| {
        clauses.accepts = |clauses, progress, incoming| {
            incoming == Incoming::ApplicationData
                || (SPECIFICATION.accepts)(clauses, progress, incoming)
        };
    }));
    script.send(ContentType::APPLICATION_DATA, b"early");
    assert_eq!(script.session.read(), Some(b"early".to_vec()));
}

#[test]
fn finished_is_not_compared_where_the_clause_says_so() {
    let mut script = Script::greeted(replaced(|clauses| clauses.finished = |_, _| Ok(())));
    script.send_message(&key_exchange(IDENTITY));
    script.make_keys(KEY);
    script.change_cipher_spec();
    let empty = Finished {
        verify_data: Vec::new(),
    };
    script.send_message(&HandshakeMessage::of(&empty).unwrap());
    assert_eq!(script.session.state(), State::Established);
}

#[test]
fn replayed_record_is_taken_where_numbers_are_not_checked() {
    let mut script = Script::established(replaced(|clauses| {
        clauses.open = |clauses, protection, context, fragment| {
            let at = |number| {
                let context = RecordContext { number, ..*context };
                (SPECIFICATION.open)(clauses, protection, &context, fragment)
            };
            (0..context.number)
                .find_map(|number| at(number).ok())
                .map_or_else(|| at(context.number), Ok)
        };
    }));
    let record = script.record(ContentType::APPLICATION_DATA, b"data");
    script.session.receive(&record);
    script.session.receive(&record);
    assert_eq!(script.session.read(), Some(b"data".to_vec()));
    assert_eq!(script.session.read(), Some(b"data".to_vec()));
}

#[test]
fn record_with_another_mac_is_taken_where_it_is_not_compared() {
    let mut script = Script::established(replaced(|clauses| clauses.mac = |_, _| true));
    let mut record = script.record(ContentType::APPLICATION_DATA, b"data");
    // The vector of the first block changes the first octet of the content.
    record[5] ^= 1;
    script.session.receive(&record);
    assert_eq!(script.session.read(), Some(b"eata".to_vec()));
}

#[test]
fn padding_is_told_from_the_mac_where_the_alerts_differ() {
    let alerts = |place: usize| {
        let mut script = Script::established(replaced(|clauses| {
            clauses.open_failure = |failure| match failure {
                onem2m_association::written_out::OpenFailure::Padding => {
                    AlertDescription::DECRYPTION_FAILED
                }
                other => (SPECIFICATION.open_failure)(other),
            };
        }));
        let mut record = script.record(ContentType::APPLICATION_DATA, &[0; 47]);
        let length = record.len();
        record[length - place] ^= 1;
        script.session.receive(&record);
        script.refused()
    };
    // 47 octets and the MAC leave one octet of padding: the last one.
    assert_eq!(alerts(17), AlertDescription::DECRYPTION_FAILED);
    assert_eq!(alerts(40), AlertDescription::BAD_RECORD_MAC);
}

#[test]
fn heartbeat_is_answered_where_the_clause_says_so() {
    let mut script = Script::established(replaced(|clauses| {
        clauses.unknown_content = |_, _| Ok(Reaction::Answer(vec![2; 1000]));
    }));
    script.send(ContentType::HEARTBEAT, &[1, 0x40, 0, 1, 2, 3]);
    assert_eq!(script.records(), [(ContentType::HEARTBEAT, vec![2; 1000])]);
}

#[test]
fn session_is_resumed_after_a_fatal_alert_where_it_is_not_forgotten() {
    for (forgets, is_resumed) in [(SPECIFICATION.forgets, false), (|_: &Alert| false, true)] {
        let server = Server::new(replaced(|clauses| clauses.forgets = forgets));
        let mut first = Script::with(&server);
        let session_id = first.greet(&hello()).session_id;
        first.finish(IDENTITY, KEY);
        first.send(ContentType(0x63), &[0]);
        first.refused();
        let mut again = hello();
        again.session_id = session_id.clone();
        let answer = Script::with(&server).session_of(&again);
        assert_eq!(answer == session_id, is_resumed);
    }
}

#[test]
fn renegotiation_binds_another_identity_where_it_begins() {
    for (bind, identity) in [
        (SPECIFICATION.bind, b"ae2-lock@in.example.com".as_slice()),
        (
            |earlier: Option<&PeerCredential>, shown| earlier.cloned().unwrap_or(shown),
            IDENTITY,
        ),
    ] {
        let mut configuration = replaced(|clauses| {
            clauses.renegotiation = || Renegotiation::Begun;
            clauses.renegotiation_info = |_, _| Ok(false);
            clauses.bind = bind;
        });
        configuration.keys = Some(std::sync::Arc::new(|_| Psk::new(KEY).ok()));
        let mut script = Script::established(configuration);
        script.transcript.clear();
        script.greet(&hello());
        assert_eq!(script.session.state(), State::Established);
        script.finish(b"ae2-lock@in.example.com", KEY);
        assert_eq!(script.session.state(), State::Established);
        let identity = identity.to_vec();
        let expected = PeerCredential::Psk { identity };
        assert_eq!(script.session.peer(), Some(&expected));
        script.send(ContentType::APPLICATION_DATA, b"data");
        assert_eq!(script.session.read(), Some(b"data".to_vec()));
    }
}

#[test]
fn renegotiation_without_its_info_is_refused_where_it_begins() {
    let mut script = Script::established(replaced(|clauses| {
        clauses.renegotiation = || Renegotiation::Begun;
    }));
    script.send_message(&HandshakeMessage::of(&hello()).unwrap());
    assert_eq!(script.refused(), AlertDescription::HANDSHAKE_FAILURE);
}

#[test]
fn weak_suite_is_selected_where_it_is_among_those_of_the_server() {
    let mut script = Script::new(replaced(|clauses| {
        clauses.suites = |_, _| {
            vec![Suite {
                number: CipherSuite::TLS_PSK_WITH_RC4_128_SHA,
                key_exchange: KeyExchange::Psk,
                cipher: Cipher::NullSha256,
            }]
        };
    }));
    let mut hello = hello();
    hello.cipher_suites = vec![CipherSuite::TLS_PSK_WITH_RC4_128_SHA];
    let answer = script.greet(&hello);
    let suite = CipherSuite::TLS_PSK_WITH_RC4_128_SHA;
    assert_eq!(answer.cipher_suite, suite);
}

#[test]
fn hello_of_ssl_2_is_answered_where_the_clause_says_so() {
    let mut script = Script::new(replaced(|clauses| {
        clauses.no_record = |_| Ok(vec![0x80, 1, 4])
    }));
    script.session.receive(&[0x80, 0x2e, 1, 0, 2]);
    assert_eq!(script.session.transmit(), Some(vec![0x80, 1, 4]));
    assert_eq!(script.session.state(), State::Handshaking);
}

#[test]
fn message_over_two_records_is_refused_where_each_has_to_hold_one() {
    let configuration = replaced(|clauses| {
        clauses.join = |_, fragment| {
            let message = HandshakeMessage::decode(fragment)?;
            Ok(vec![message])
        };
    });
    let mut script = Script::greeted(configuration);
    let octets = key_exchange(IDENTITY).encode().unwrap();
    script.send(ContentType::HANDSHAKE, &octets[..5]);
    assert_eq!(script.refused(), AlertDescription::DECODE_ERROR);
}

#[test]
fn resumed_session_belongs_to_nobody_where_the_clause_says_so() {
    let server = Server::new(replaced(|clauses| clauses.resumed_peer = |_| None));
    let mut first = Script::with(&server);
    let session_id = first.greet(&hello()).session_id;
    first.finish(IDENTITY, KEY);
    assert!(first.session.peer().is_some());
    let mut again = hello();
    again.session_id = session_id.clone();
    let mut second = Script::with(&server);
    assert_eq!(second.session_of(&again), session_id);
    assert_eq!(second.session.peer(), None);
}
