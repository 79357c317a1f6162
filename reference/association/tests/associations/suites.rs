use onem2m_association::{
    Closure, Domain, Server, ServerConfiguration, Session, State, Suite, Transport,
};

use crate::support::authority::{Name, Order};
use crate::support::entities::{
    Authorities, CSE_NAME, LOCK, identities, key_client, key_server, known_cse,
};
use crate::support::pair::Pair;

const TRANSPORTS: [Transport; 2] = [Transport::Tls, Transport::Dtls];

#[test]
fn each_mandatory_suite_carries_data_over_either_transport() {
    let authorities = Authorities::new();
    for transport in TRANSPORTS {
        for suite in Suite::MANDATORY {
            let own = authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)]));
            let mut server = authorities.server(transport, vec![known_cse()]);
            server.identities = Some(identities());
            let mut client = match suite.framework {
                onem2m_association::Framework::Psk => key_client(transport, LOCK, 1),
                onem2m_association::Framework::Certificate => authorities.client(transport, own),
            };
            client.suites = Some(vec![suite]);
            let mut pair = Pair::of(client, server);
            pair.assert_established();
            assert_eq!(pair.server.suite(), Some(suite.name()), "{transport:?}");
            pair.assert_carries_data();
        }
    }
}

#[test]
fn both_ends_export_the_same_keying_material() {
    for transport in TRANSPORTS {
        let pair = Pair::of(
            key_client(transport, LOCK, 1),
            key_server(transport, &identities()),
        );
        let label = "EXPORTER-oneM2M-Connection";
        let exported = pair.client.export(label, 48).unwrap();
        assert_eq!(exported, pair.server.export(label, 48).unwrap());
        assert_ne!(
            exported,
            pair.client.export("EXPORTER-oneM2M-Bootstrap", 48).unwrap()
        );
    }
}

#[test]
fn suites_that_are_ruled_out_are_refused() {
    for openssl in [
        "PSK-NULL-SHA256",
        "PSK-AES128-CBC-SHA",
        "ECDHE-PSK-AES128-CBC-SHA256",
        "PSK-AES128-GCM-SHA256",
    ] {
        let mut client = key_client(Transport::Tls, LOCK, 1);
        client.suites = Some(vec![Suite {
            openssl,
            ..Suite::PSK_AES_128_CBC_SHA256
        }]);
        let pair = Pair::of(client, key_server(Transport::Tls, &identities()));
        assert_eq!(pair.refused_by_server().description.0, 40, "{openssl}");
    }
}

#[test]
fn versions_before_1_2_are_refused() {
    for transport in TRANSPORTS {
        let mut client = key_client(transport, LOCK, 1);
        client.clauses.minimum_version = |_| onem2m_association::Version::Tls11;
        client.clauses.maximum_version = |_| onem2m_association::Version::Tls11;
        client.suites = Some(vec![Suite {
            openssl: "PSK-AES128-CBC-SHA",
            ..Suite::PSK_AES_128_CBC_SHA256
        }]);
        let pair = Pair::of(client, key_server(transport, &identities()));
        assert_eq!(pair.refused_by_server().description.0, 70, "{transport:?}");
    }
}

#[test]
fn version_1_3_is_not_agreed() {
    let mut client = key_client(Transport::Tls, LOCK, 1);
    client.clauses.minimum_version = |_| onem2m_association::Version::Tls13;
    client.clauses.maximum_version = |_| onem2m_association::Version::Tls13;
    let pair = Pair::of(client, key_server(Transport::Tls, &identities()));
    assert_eq!(pair.refused_by_server().description.0, 70);
}

#[test]
fn server_without_credentials_is_not_set_up() {
    assert!(Server::new(ServerConfiguration::new(Transport::Tls, Domain::Field)).is_err());
}

#[test]
fn octets_that_are_no_record_end_the_association() {
    let server = Server::new(key_server(Transport::Tls, &identities())).unwrap();
    let mut session = server.accept(crate::support::pair::ADDRESS).unwrap();
    session.receive(b"GET / HTTP/1.1\r\nHost: cse\r\n\r\n");
    assert!(matches!(
        session.state(),
        State::Closed(Some(Closure::Silent { .. } | Closure::ByUs { .. }))
    ));
    assert!(session.write(b"response").is_err());
    assert!(session.export("EXPORTER-oneM2M-Connection", 48).is_err());
}

#[test]
fn close_notify_closes_both_ends_without_a_reason() {
    let mut pair = Pair::of(
        key_client(Transport::Tls, LOCK, 1),
        key_server(Transport::Tls, &identities()),
    );
    pair.client.close();
    pair.exchange();
    assert_eq!(pair.server.state(), State::Closed(None));
    assert_eq!(pair.client.state(), State::Closed(None));
}
