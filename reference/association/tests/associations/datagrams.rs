use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::Duration;

use onem2m_association::{
    Client, ClientSession, DatagramSettings, Server, ServerSession, Session, State, Transport,
};

use crate::support::authority::{Name, Order};
use crate::support::entities::{
    Authorities, CSE_NAME, LOCK, identities, key_client, key_server, known_cse,
};
use crate::support::pair::{ADDRESS, Pair};

const ELSEWHERE: SocketAddr = SocketAddr::new(
    std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 8)),
    40_000,
);

/// hello_verify_request and server_hello (RFC 6347, 4.3.2), behind the header of a record.
const HELLO_VERIFY_REQUEST: u8 = 3;
const SERVER_HELLO: u8 = 2;
const RECORD_HEADER: usize = 13;

fn server() -> Server {
    Server::new(key_server(Transport::Dtls, &identities())).unwrap()
}

fn client() -> ClientSession {
    Client::new(key_client(Transport::Dtls, LOCK, 1))
        .unwrap()
        .connect()
        .unwrap()
}

fn first_answer(session: &mut ServerSession, datagram: &[u8]) -> Option<u8> {
    session.receive(datagram);
    session
        .transmit()
        .and_then(|answer| answer.get(RECORD_HEADER).copied())
}

#[test]
fn first_hello_is_answered_with_a_cookie_and_no_more_than_it_had() {
    let mut session = server().accept(ADDRESS).unwrap();
    let hello = client().transmit().unwrap();
    session.receive(&hello);
    assert!(!session.is_verified());
    let answer = session.transmit().unwrap();
    assert_eq!(answer[RECORD_HEADER], HELLO_VERIFY_REQUEST);
    assert!(answer.len() <= hello.len());
    assert_eq!(session.transmit(), None);
}

#[test]
fn nothing_needs_to_be_kept_before_the_cookie_comes_back() {
    let server = server();
    let mut client = client();
    let mut first = server.accept(ADDRESS).unwrap();
    first.receive(&client.transmit().unwrap());
    client.receive(&first.transmit().unwrap());
    drop(first);
    let mut second = server.accept(ADDRESS).unwrap();
    let answer = first_answer(&mut second, &client.transmit().unwrap());
    assert!(second.is_verified());
    assert_eq!(answer, Some(SERVER_HELLO));
}

#[test]
fn cookie_of_another_address_or_altered_is_asked_for_again() {
    let server = server();
    let mut client = client();
    let mut session = server.accept(ADDRESS).unwrap();
    session.receive(&client.transmit().unwrap());
    client.receive(&session.transmit().unwrap());
    let hello = client.transmit().unwrap();

    let mut borrowed = server.accept(ELSEWHERE).unwrap();
    assert_eq!(
        first_answer(&mut borrowed, &hello),
        Some(HELLO_VERIFY_REQUEST)
    );
    assert!(!borrowed.is_verified());

    // The cookie stands behind record and message header, version, random, an empty session identifier and its length.
    let mut altered = hello.clone();
    altered[RECORD_HEADER + 12 + 2 + 32 + 1 + 1] ^= 1;
    let mut session = server.accept(ADDRESS).unwrap();
    assert_eq!(
        first_answer(&mut session, &altered),
        Some(HELLO_VERIFY_REQUEST)
    );
    assert_eq!(first_answer(&mut session, &hello), Some(SERVER_HELLO));
}

#[test]
fn garbage_before_the_handshake_changes_nothing() {
    let mut pair = Pair {
        client: client(),
        server: server().accept(ADDRESS).unwrap(),
    };
    for garbage in [b"".as_slice(), b"x", &[22; 13], &[0; 2000]] {
        pair.server.receive(garbage);
        assert_eq!(pair.server.transmit(), None);
    }
    pair.exchange();
    pair.assert_established();
}

#[test]
fn garbage_within_the_association_changes_nothing() {
    let mut pair = Pair {
        client: client(),
        server: server().accept(ADDRESS).unwrap(),
    };
    pair.exchange();
    pair.client.write(b"one").unwrap();
    let mut record = pair.client.transmit().unwrap();
    let last = record.len() - 1;
    record[last] ^= 1;
    for garbage in [record.as_slice(), b"x", &[23; 40]] {
        pair.server.receive(garbage);
    }
    assert_eq!(pair.server.read(), None);
    pair.assert_carries_data();
}

#[test]
fn record_that_comes_twice_is_read_once() {
    let mut pair = Pair {
        client: client(),
        server: server().accept(ADDRESS).unwrap(),
    };
    pair.exchange();
    pair.client.write(b"one").unwrap();
    let record = pair.client.transmit().unwrap();
    pair.server.receive(&record);
    pair.server.receive(&record);
    assert_eq!(pair.server.read().as_deref(), Some(b"one".as_slice()));
    assert_eq!(pair.server.read(), None);
}

#[test]
fn boundaries_of_datagrams_are_kept() {
    let mut pair = Pair {
        client: client(),
        server: server().accept(ADDRESS).unwrap(),
    };
    pair.exchange();
    for payload in [b"one".as_slice(), b"two", b"three"] {
        pair.client.write(payload).unwrap();
    }
    pair.exchange();
    for payload in [b"one".as_slice(), b"two", b"three"] {
        assert_eq!(pair.server.read().as_deref(), Some(payload));
    }
    assert!(pair.client.write(&[0; 16_385]).is_err());
}

#[test]
fn flights_fit_the_mtu() {
    let authorities = Authorities::new();
    let own = authorities.show(Order::leaf(&[Name::Domain(CSE_NAME)]));
    let datagrams = DatagramSettings {
        mtu: 300,
        ..DatagramSettings::default()
    };
    let mut client = authorities.client(Transport::Dtls, own);
    client.datagrams = datagrams;
    let mut server = authorities.server(Transport::Dtls, vec![known_cse()]);
    server.datagrams = datagrams;
    let mut client = Client::new(client).unwrap().connect().unwrap();
    let mut server = Server::new(server).unwrap().accept(ADDRESS).unwrap();
    let mut sent = 0;
    loop {
        let to_server = client.transmit();
        let to_client = server.transmit();
        if to_server.is_none() && to_client.is_none() {
            break;
        }
        for datagram in to_server.iter().chain(&to_client) {
            assert!(datagram.len() <= 300, "{}", datagram.len());
            sent += 1;
        }
        to_server.inspect(|datagram| server.receive(datagram));
        to_client.inspect(|datagram| client.receive(datagram));
    }
    assert!(sent > 10, "{sent}");
    assert_eq!(server.state(), State::Established);
}

#[test]
fn every_lost_datagram_of_a_handshake_is_made_good() {
    for lost in 0..8 {
        let datagrams = DatagramSettings {
            mtu: 1200,
            first_timeout: Duration::from_millis(20),
        };
        let mut client = key_client(Transport::Dtls, LOCK, 1);
        client.datagrams = datagrams;
        let mut server = key_server(Transport::Dtls, &identities());
        server.datagrams = datagrams;
        let mut pair = Pair {
            client: Client::new(client).unwrap().connect().unwrap(),
            server: Server::new(server).unwrap().accept(ADDRESS).unwrap(),
        };
        let mut number = 0;
        let mut lost_numbers = HashSet::new();
        for _ in 0..40 {
            loop {
                let to_server = pair.client.transmit();
                let to_client = pair.server.transmit();
                if to_server.is_none() && to_client.is_none() {
                    break;
                }
                for (datagram, to_the_server) in [(to_server, true), (to_client, false)] {
                    let Some(datagram) = datagram else { continue };
                    number += 1;
                    if number == lost + 1 {
                        lost_numbers.insert(number);
                    } else if to_the_server {
                        pair.server.receive(&datagram);
                    } else {
                        pair.client.receive(&datagram);
                    }
                }
            }
            if pair.client.state() == State::Established
                && pair.server.state() == State::Established
            {
                break;
            }
            let wait = [pair.client.timeout(), pair.server.timeout()]
                .into_iter()
                .flatten()
                .min()
                .unwrap();
            std::thread::sleep(wait);
            pair.client.elapsed();
            pair.server.elapsed();
        }
        pair.assert_established();
        pair.assert_carries_data();
    }
}

#[test]
fn established_association_waits_for_nothing() {
    let pair = Pair::of(
        key_client(Transport::Dtls, LOCK, 1),
        key_server(Transport::Dtls, &identities()),
    );
    assert_eq!(pair.client.timeout(), None);
    assert_eq!(pair.server.timeout(), None);
}
