//! Faults of cookies.

use super::case::with;
use crate::bench::SOURCE;
use crate::provisioned::{LOCK, Provisioned};
use onem2m_association::Transport::Dtls;
use onem2m_association::{Client, Session};
use onem2m_server::Clauses;

/// The type of the first handshake message with which a CSE answers a ClientHello whose cookie it did not give.
async fn answer_to_other_cookie(clauses: Clauses, alter: fn(&mut Vec<u8>), from: &str) -> u8 {
    let all = Provisioned::judging_by(clauses);
    let mut client = Client::new(all.with_key(Dtls, LOCK, 1))
        .unwrap()
        .connect()
        .unwrap();
    let cse = &all.bench.cse;
    let mut first = cse.datagram_association(SOURCE.parse().unwrap()).unwrap();
    let hello = client.transmit().unwrap();
    let answer = first.receive(&hello).await;
    if answer[0][13] != 3 {
        return answer[0][13];
    }
    client.receive(&answer[0]);
    let mut hello = client.transmit().unwrap();
    alter(&mut hello);
    let mut second = cse.datagram_association(from.parse().unwrap()).unwrap();
    second.receive(&hello).await[0][13]
}

#[tokio::test]
async fn cookie_that_was_not_given_passes_with_the_fault_only() {
    // hello_verify_request and server_hello (RFC 6347, 4.3.2).
    let (asked_again, passed) = (3, 2);
    // The cookie begins behind the headers of record and message, version, random and an empty session.
    let cookie: fn(&mut Vec<u8>) = |hello| hello[61] ^= 1;
    let nothing: fn(&mut Vec<u8>) = |_| {};
    let elsewhere = "192.0.2.77:5000";
    for (fault, alter, from) in [
        ("CookieNotAsked", nothing, elsewhere),
        ("CookieUnchecked", cookie, SOURCE),
        ("CookieByLength", cookie, SOURCE),
        ("CookieOfAnyAddress", nothing, elsewhere),
    ] {
        let specified = answer_to_other_cookie(Clauses::SPECIFICATION, alter, from).await;
        assert_eq!(specified, asked_again, "{fault}");
        let faulty = answer_to_other_cookie(with(fault), alter, from).await;
        assert_eq!(faulty, passed, "{fault}");
    }
}
