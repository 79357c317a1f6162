//! Whatever arrives, a session goes on or is closed.

use onem2m_association::messages::*;
use onem2m_association::written_out::Server;
use onem2m_association::{Session, State};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::datagram_script::DatagramScript;
use crate::script::{Script, hello, key_exchange};
use crate::servers::{self, IDENTITY};

/// A session that was closed answers nothing more once its alert was taken.
fn check(session: &mut dyn Session) {
    while session.transmit().is_some() {}
    if let State::Closed(_) = session.state() {
        session.receive(&[0x16, 3, 3, 0, 0]);
        assert_eq!(session.transmit(), None);
    }
    assert_eq!(session.peer(), None);
}

/// A flight of a client that does not know the key, with some octets changed.
fn flight(changes: &[(Index, u8)]) -> Vec<u8> {
    let record = |content_type, fragment| {
        let version = ProtocolVersion::TLS_1_2;
        Record {
            content_type,
            version,
            fragment,
        }
        .encode()
        .unwrap()
    };
    let hello = HandshakeMessage::of(&hello()).unwrap().encode().unwrap();
    let exchange = key_exchange(IDENTITY).encode().unwrap();
    let mut flight = [
        record(ContentType::HANDSHAKE, hello),
        record(ContentType::HANDSHAKE, exchange),
        record(ContentType::CHANGE_CIPHER_SPEC, vec![1]),
        record(ContentType::HANDSHAKE, vec![0; 80]),
    ]
    .concat();
    for (place, octet) in changes {
        let place = place.index(flight.len());
        flight[place] = *octet;
    }
    flight
}

proptest! {
    #[test]
    fn any_stream_goes_on_or_is_closed(octets in vec(any::<u8>(), 0..200), chunk in 1_usize..50) {
        let mut session = Server::new(servers::psk()).accept();
        for chunk in octets.chunks(chunk) {
            session.receive(chunk);
        }
        check(&mut session);
    }

    #[test]
    fn changed_flight_establishes_nothing(changes: Vec<(Index, u8)>) {
        let mut session = Server::new(servers::psk()).accept();
        session.receive(&flight(&changes));
        check(&mut session);
    }

    #[test]
    fn any_content_within_an_association_goes_on_or_closes_it(
        contents in vec((20_u8..25, vec(any::<u8>(), 0..60)), 1..10),
    ) {
        let mut script = Script::established(servers::psk());
        for (content_type, content) in &contents {
            script.send(ContentType(*content_type), content);
        }
        let is_closed = matches!(script.session.state(), State::Closed(_));
        prop_assert!(is_closed || script.session.state() == State::Established);
    }

    #[test]
    fn any_datagrams_establish_nothing(datagrams in vec(vec(any::<u8>(), 0..100), 0..10)) {
        let mut session = Server::new(servers::psk()).accept_datagrams(b"address");
        for datagram in &datagrams {
            session.receive(datagram);
        }
        check(&mut session);
    }

    #[test]
    fn changed_datagrams_leave_an_association_alive(
        changes in vec((any::<Index>(), 1_u8..=255), 1..10),
    ) {
        let mut script = DatagramScript::established(servers::psk());
        let mut datagram = script.record(ContentType::APPLICATION_DATA, b"data");
        let genuine = datagram.clone();
        for (place, change) in &changes {
            let place = place.index(datagram.len());
            datagram[place] ^= change;
        }
        prop_assume!(datagram != genuine);
        script.session.receive(&datagram);
        prop_assert_eq!(script.session.read(), None);
        script.session.receive(&genuine);
        prop_assert_eq!(script.session.read(), Some(b"data".to_vec()));
    }
}
