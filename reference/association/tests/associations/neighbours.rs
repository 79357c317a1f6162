//! Associations on one thread have nothing to do with each other: OpenSSL keeps its errors by thread (SSL_get_error(3)).

use onem2m_association::{Client, Server, Session, State, Transport};
use openssl::pkey::PKey;

use crate::support::entities::{LOCK, identities, key_client, key_server};
use crate::support::pair::{ADDRESS, Pair};

fn established() -> Pair {
    let client = key_client(Transport::Tls, LOCK, 1);
    let pair = Pair::of(client, key_server(Transport::Tls, &identities()));
    pair.assert_established();
    pair
}

/// Sends a message in two pieces, so that the server waits for the rest of it.
fn sends_in_two_pieces(mut pair: Pair, between: impl FnOnce()) {
    pair.client.write(b"request").unwrap();
    let octets = pair.client.transmit().unwrap();
    let (first, rest) = octets.split_at(7);
    between();
    pair.server.receive(first);
    assert_eq!(pair.server.state(), State::Established);
    pair.server.receive(rest);
    assert_eq!(pair.server.read().as_deref(), Some(&b"request"[..]));
}

#[test]
fn errors_that_others_left_end_no_association() {
    sends_in_two_pieces(established(), || {
        PKey::private_key_from_der(b"no key").unwrap_err().put();
    });
}

#[test]
fn datagrams_of_anybody_end_no_association() {
    let server = Server::new(key_server(Transport::Dtls, &identities())).unwrap();
    let client = Client::new(key_client(Transport::Dtls, LOCK, 1)).unwrap();
    let hello = client.connect().unwrap().transmit().unwrap();
    for place in 0..hello.len() {
        let mut datagram = hello.clone();
        datagram[place] ^= 0xff;
        sends_in_two_pieces(established(), || {
            server.accept(ADDRESS).unwrap().receive(&datagram);
        });
    }
}
