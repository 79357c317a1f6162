//! Whatever arrives, a session ends or goes on, and never speaks for another.

use onem2m_association::{Allowed, Client, Server, ServerConfiguration, Session, Transport};
use proptest::prelude::*;

use crate::support::entities::{LOCK, entity, identities, key_client, key_server};
use crate::support::pair::{ADDRESS, Pair};

const TRANSPORTS: [Transport; 2] = [Transport::Tls, Transport::Dtls];

fn configuration(transport: Transport) -> ServerConfiguration {
    key_server(transport, &identities())
}

/// An exchange in which one octet of what the client sends is another, and what the server holds of it at the end.
fn altered(transport: Transport, position: usize, by: u8) -> Option<Allowed> {
    let client = Client::new(key_client(transport, LOCK, 1)).unwrap();
    let server = Server::new(configuration(transport)).unwrap();
    let mut pair = Pair {
        client: client.connect().unwrap(),
        server: server.accept(ADDRESS).unwrap(),
    };
    let mut before = 0;
    loop {
        let to_server = pair.client.transmit();
        let to_client = pair.server.transmit();
        if to_server.is_none() && to_client.is_none() {
            return pair.server.binding().map(|binding| binding.allowed.clone());
        }
        if let Some(mut octets) = to_server {
            if let Some(octet) = position
                .checked_sub(before)
                .and_then(|position| octets.get_mut(position))
            {
                *octet ^= by;
            }
            before += octets.len();
            pair.server.receive(&octets);
        }
        if let Some(octets) = to_client {
            pair.client.receive(&octets);
        }
    }
}

proptest! {
    #[test]
    fn any_octets_are_survived(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..8)) {
        for transport in TRANSPORTS {
            let server = Server::new(configuration(transport)).unwrap();
            let mut session = server.accept(ADDRESS).unwrap();
            for chunk in &chunks {
                session.receive(chunk);
                while session.transmit().is_some() {}
            }
            prop_assert_eq!(session.binding(), None);
            prop_assert_eq!(session.read(), None);
        }
    }

    #[test]
    fn handshake_with_an_altered_octet_binds_to_its_entity_or_to_none(position in 0_usize..600, by in 1_u8..) {
        for transport in TRANSPORTS {
            if let Some(allowed) = altered(transport, position, by) {
                prop_assert_eq!(allowed, Allowed::Entity(entity("SAE1")));
            }
        }
    }
}
