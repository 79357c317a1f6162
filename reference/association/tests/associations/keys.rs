use onem2m_association::{
    Allowed, Client, ClientConfiguration, ClientCredential, ConfigurationError, PeerCredential,
    PskKey, PskTable, Server, Session, State, Transport,
};
use onem2m_identity::DomainName;
use std::sync::Arc;
use zeroize::Zeroizing;

use crate::support::entities::{
    DOOR, LOCK, entity, host, identities, identity, key_client, key_server, psk,
};
use crate::support::pair::{ADDRESS, Pair};

fn pair(identity: &[u8], first: u8) -> Pair {
    Pair::of(
        key_client(Transport::Tls, identity, first),
        key_server(Transport::Tls, &identities()),
    )
}

#[test]
fn association_is_bound_to_the_entity_of_its_identity() {
    for (identity, first, name) in [(LOCK, 1, "SAE1"), (DOOR, 33, "SAE2")] {
        let pair = pair(identity, first);
        pair.assert_established();
        let binding = pair.server.binding().unwrap();
        assert_eq!(binding.allowed, Allowed::Entity(entity(name)));
        assert_eq!(
            binding.credential_id.as_ref().unwrap().to_string(),
            format!("12-{}", String::from_utf8_lossy(identity))
        );
        assert_eq!(
            pair.server.peer(),
            Some(&PeerCredential::Psk {
                identity: identity.to_vec()
            })
        );
    }
}

#[test]
fn identity_without_entity_is_bound_to_none() {
    let table = PskTable::new();
    table
        .insert(identity(LOCK), psk(1), Allowed::Unstated)
        .unwrap();
    let pair = Pair::of(
        key_client(Transport::Tls, LOCK, 1),
        key_server(Transport::Tls, &Arc::new(table)),
    );
    assert_eq!(pair.server.binding().unwrap().allowed, Allowed::Unstated);
}

#[test]
fn key_of_another_identity_is_refused_with_bad_record_mac() {
    assert_eq!(pair(LOCK, 33).refused_by_server().description.0, 20);
}

#[test]
fn key_of_another_identity_gets_no_answer_over_dtls() {
    let pair = Pair::of(
        key_client(Transport::Dtls, LOCK, 33),
        key_server(Transport::Dtls, &identities()),
    );
    assert_eq!(pair.server.binding(), None);
    assert_eq!(pair.server.state(), State::Handshaking);
}

#[test]
fn identities_are_compared_whole_and_octet_by_octet() {
    for near in [
        "ae1-lock@in.example.co",
        "ae1-lock@in.example.com ",
        "ae1-lock@in.example.com.",
        "AE1-lock@in.example.com",
        "ae1-lock@IN.example.com",
        "ae1-lock@in.example.com/x",
        "*",
    ] {
        let refused = pair(near.as_bytes(), 1).refused_by_server();
        assert_eq!(refused.description.0, 115, "{near}");
    }
}

#[test]
fn key_of_64_octets_and_of_1_octet_are_used_whole() {
    for length in [1, 64] {
        let key = |last| {
            let mut octets = vec![5; length];
            octets[length - 1] = last;
            PskKey::new(Zeroizing::new(octets)).unwrap()
        };
        let table = PskTable::new();
        table
            .insert(identity(LOCK), key(1), Allowed::Unstated)
            .unwrap();
        let table = Arc::new(table);
        let connect = |last| {
            let credential = ClientCredential::Psk {
                identity: identity(LOCK),
                key: key(last),
            };
            Pair::of(
                ClientConfiguration::new(Transport::Tls, credential),
                key_server(Transport::Tls, &table),
            )
        };
        connect(1).assert_established();
        assert_eq!(connect(2).refused_by_server().description.0, 20);
    }
}

#[test]
fn identity_of_128_octets_is_known_whole() {
    let identity = [b'i'; 128];
    let table = PskTable::new();
    table
        .insert(
            self::identity(&identity),
            psk(1),
            Allowed::Entity(entity("SAE1")),
        )
        .unwrap();
    let table = Arc::new(table);
    let server = || key_server(Transport::Tls, &table);
    Pair::of(key_client(Transport::Tls, &identity, 1), server()).assert_established();
    let shorter = Pair::of(key_client(Transport::Tls, &identity[..127], 1), server());
    assert_eq!(shorter.refused_by_server().description.0, 115);
}

#[test]
fn client_with_a_zero_octet_in_its_identity_is_not_set_up() {
    let refused = Client::new(key_client(Transport::Tls, b"dev-1\0evil", 1));
    assert!(matches!(
        refused.err(),
        Some(ConfigurationError::IdentityWithZero { .. })
    ));
}

#[test]
fn key_added_to_a_running_server_is_used_and_one_removed_is_not() {
    let table = identities();
    let server = Server::new(key_server(Transport::Tls, &table)).unwrap();
    let connect = || {
        let client = key_client(Transport::Tls, b"ae3@in.example.com", 65);
        Pair::new(&Client::new(client).unwrap(), &server)
    };
    assert_eq!(connect().refused_by_server().description.0, 115);
    table
        .insert(identity(b"ae3@in.example.com"), psk(65), Allowed::Unstated)
        .unwrap();
    connect().assert_established();
    table.remove(b"ae3@in.example.com");
    assert_eq!(connect().refused_by_server().description.0, 115);
}

#[test]
fn key_that_is_replaced_during_a_handshake_binds_to_nobody() {
    for is_replaced in [false, true] {
        let table = identities();
        let client = Client::new(key_client(Transport::Tls, LOCK, 1)).unwrap();
        let server = Server::new(key_server(Transport::Tls, &table)).unwrap();
        let mut pair = Pair {
            client: client.connect().unwrap(),
            server: server.accept(ADDRESS).unwrap(),
        };
        pair.server.receive(&pair.client.transmit().unwrap());
        while let Some(octets) = pair.server.transmit() {
            pair.client.receive(&octets);
        }
        let mut flight = Vec::new();
        while let Some(octets) = pair.client.transmit() {
            flight.extend(octets);
        }
        // All but the end of the client's Finished: the key is in use.
        let (last, before) = flight.split_last().unwrap();
        pair.server.receive(before);
        if is_replaced {
            table.remove(LOCK);
            let other = Allowed::Entity(entity("SAE9"));
            table.insert(identity(LOCK), psk(1), other).unwrap();
        }
        pair.server.receive(&[*last]);
        assert_eq!(pair.server.state(), State::Established);
        let bound = pair.server.binding().map(|binding| &binding.allowed);
        let expected = Allowed::Entity(entity("SAE1"));
        assert_eq!(bound, (!is_replaced).then_some(&expected));
    }
}

#[test]
fn name_in_sni_selects_the_keys() {
    let other = PskTable::new();
    other
        .insert(identity(LOCK), psk(100), Allowed::Entity(entity("SAE9")))
        .unwrap();
    let other = Arc::new(other);
    let connect = |name: Option<&str>, first| {
        let mut server = key_server(Transport::Tls, &identities());
        server.hosts = vec![host("b.example.com", &other)];
        let mut client = key_client(Transport::Tls, LOCK, first);
        client.server_name = name.map(|name| DomainName::parse(name).unwrap());
        Pair::of(client, server)
    };
    let pair = connect(Some("b.example.com"), 100);
    pair.assert_established();
    let binding = pair.server.binding().unwrap();
    assert_eq!(binding.allowed, Allowed::Entity(entity("SAE9")));
    assert_eq!(binding.host, Some(0));

    let refused = connect(Some("b.example.com"), 1).refused_by_server();
    assert_eq!(refused.description.0, 20);
    for default in [None, Some("other.example.org")] {
        let pair = connect(default, 1);
        pair.assert_established();
        assert_eq!(pair.server.binding().unwrap().host, None);
    }
}
