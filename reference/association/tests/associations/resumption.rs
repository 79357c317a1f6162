use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use onem2m_association::{
    Allowed, Client, Clock, PskTable, Server, ServerConfiguration, Session, Transport,
};
use onem2m_identity::DomainName;
use time::OffsetDateTime;

use crate::support::authority::{NOW, Name, Order};
use crate::support::entities::{
    Authorities, CSE_NAME, DOOR, LOCK, entity, host, identities, identity, key_client, key_server,
    known_cse, psk,
};
use crate::support::pair::Pair;

/// Each way to resume, over each transport.
fn ways(identities: &Arc<PskTable>) -> Vec<ServerConfiguration> {
    let mut ways = Vec::new();
    for transport in [Transport::Tls, Transport::Dtls] {
        for tickets in [true, false] {
            ways.push(ServerConfiguration {
                tickets,
                ..key_server(transport, identities)
            });
        }
    }
    ways
}

fn key_holder(transport: Transport, identity: &[u8], first: u8) -> Client {
    Client::new(key_client(transport, identity, first)).unwrap()
}

#[test]
fn resumed_session_keeps_its_binding() {
    for configuration in ways(&identities()) {
        let transport = configuration.transport;
        let server = Server::new(configuration).unwrap();
        for (identity, first, name) in [(LOCK, 1, "SAE1"), (DOOR, 33, "SAE2")] {
            let client = key_holder(transport, identity, first);
            let whole = Pair::new(&client, &server);
            whole.assert_established();
            assert!(!whole.server.is_resumed());
            let resumption = whole.client.resumption().unwrap();
            let mut pair = Pair::resumed(&client, &server, &resumption);
            pair.assert_established();
            assert!(pair.server.is_resumed() && pair.client.is_resumed());
            assert_eq!(pair.server.binding(), whole.server.binding());
            assert_eq!(
                pair.server.binding().unwrap().allowed,
                Allowed::Entity(entity(name))
            );
            assert_eq!(pair.client.peer(), whole.client.peer());
            pair.assert_carries_data();
        }
    }
}

#[test]
fn session_is_resumed_more_than_once() {
    for configuration in ways(&identities()) {
        let client = key_holder(configuration.transport, LOCK, 1);
        let server = Server::new(configuration).unwrap();
        let mut resumption = Pair::new(&client, &server).client.resumption().unwrap();
        for _ in 0..3 {
            let pair = Pair::resumed(&client, &server, &resumption);
            assert!(pair.server.is_resumed());
            assert_eq!(
                pair.server.binding().unwrap().allowed,
                Allowed::Entity(entity("SAE1"))
            );
            resumption = pair.client.resumption().unwrap();
        }
    }
}

#[test]
fn session_is_not_resumed_after_its_key_was_withdrawn() {
    let table = identities();
    for configuration in ways(&table) {
        let client = key_holder(configuration.transport, LOCK, 1);
        let server = Server::new(configuration).unwrap();
        let resumption = Pair::new(&client, &server).client.resumption().unwrap();
        table.remove(LOCK);
        let pair = Pair::resumed(&client, &server, &resumption);
        assert_eq!(pair.refused_by_server().description.0, 115);
        table
            .insert(identity(LOCK), psk(1), Allowed::Entity(entity("SAE1")))
            .unwrap();
    }
}

#[test]
fn session_is_not_resumed_with_a_key_that_was_given_anew() {
    let table = identities();
    for configuration in ways(&table) {
        let client = key_holder(configuration.transport, LOCK, 1);
        let server = Server::new(configuration).unwrap();
        let resumption = Pair::new(&client, &server).client.resumption().unwrap();
        table.remove(LOCK);
        table
            .insert(identity(LOCK), psk(1), Allowed::Entity(entity("SAE7")))
            .unwrap();
        let pair = Pair::resumed(&client, &server, &resumption);
        pair.assert_established();
        assert!(!pair.server.is_resumed());
        assert_eq!(
            pair.server.binding().unwrap().allowed,
            Allowed::Entity(entity("SAE7"))
        );
        table.remove(LOCK);
        table
            .insert(identity(LOCK), psk(1), Allowed::Entity(entity("SAE1")))
            .unwrap();
    }
}

#[test]
fn session_of_one_server_is_not_resumed_by_another() {
    for configuration in ways(&identities()) {
        let client = key_holder(configuration.transport, LOCK, 1);
        let server = Server::new(configuration.clone()).unwrap();
        let other = Server::new(configuration).unwrap();
        let resumption = Pair::new(&client, &server).client.resumption().unwrap();
        let pair = Pair::resumed(&client, &other, &resumption);
        pair.assert_established();
        assert!(!pair.server.is_resumed());
    }
}

#[test]
fn session_of_one_client_is_not_resumed_by_another() {
    let server = Server::new(key_server(Transport::Tls, &identities())).unwrap();
    let lock = key_holder(Transport::Tls, LOCK, 1);
    let door = key_holder(Transport::Tls, DOOR, 33);
    let resumption = Pair::new(&lock, &server).client.resumption().unwrap();
    let pair = Pair::resumed(&door, &server, &resumption);
    assert!(!pair.server.is_resumed());
    assert_eq!(
        pair.server.binding().unwrap().allowed,
        Allowed::Entity(entity("SAE2"))
    );
}

#[test]
fn session_is_resumed_for_the_host_for_which_it_began() {
    let table = identities();
    let mut configuration = key_server(Transport::Tls, &table);
    configuration.hosts = vec![host("b.example.com", &table)];
    let server = Server::new(configuration).unwrap();
    let mut named = key_client(Transport::Tls, LOCK, 1);
    named.server_name = Some(DomainName::parse("b.example.com").unwrap());
    let client = Client::new(named).unwrap();
    let whole = Pair::new(&client, &server);
    assert_eq!(whole.server.binding().unwrap().host, Some(0));
    let pair = Pair::resumed(&client, &server, &whole.client.resumption().unwrap());
    assert!(pair.server.is_resumed());
    assert_eq!(pair.server.binding().unwrap().host, Some(0));
}

#[test]
fn certificate_is_bound_again_until_it_expires() {
    let authorities = Authorities::new();
    let moment = Arc::new(AtomicI64::new(NOW));
    let own = authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)]).valid(NOW - 10, NOW + 10));
    for tickets in [true, false] {
        moment.store(NOW, Ordering::SeqCst);
        let mut configuration = authorities.server(Transport::Tls, vec![known_cse()]);
        configuration.tickets = tickets;
        let shown = Arc::clone(&moment);
        configuration.clock = Clock::new(move || {
            OffsetDateTime::from_unix_timestamp(shown.load(Ordering::SeqCst)).unwrap()
        });
        let server = Server::new(configuration).unwrap();
        let client = Client::new(authorities.client(Transport::Tls, own.clone())).unwrap();
        let whole = Pair::new(&client, &server);
        let resumption = whole.client.resumption().unwrap();
        let pair = Pair::resumed(&client, &server, &resumption);
        assert!(pair.server.is_resumed());
        let binding = pair.server.binding().unwrap();
        assert_eq!(binding.allowed, whole.server.binding().unwrap().allowed);

        moment.store(NOW + 11, Ordering::SeqCst);
        let pair = Pair::resumed(&client, &server, &resumption);
        assert_eq!(pair.refused_by_server().description.0, 45);
    }
}
