//! What datagrams of the IUT have to show.

use crate::purposes::stop::Finding;
use crate::tester::handshake::{FragmentSeen, Seen};
use crate::verdict::Cause;
use onem2m_association::messages::HandshakeType;
use std::collections::BTreeSet;

/// A HelloVerifyRequest with a cookie answers the first ClientHello, and is no longer than that.
pub fn hello_verify_request(seen: &Seen) -> Result<Option<String>, Finding> {
    let expected = "a HelloVerifyRequest with a cookie, no longer than the ClientHello";
    let wrong = |observed: String| Err(Finding::new(Cause::WrongDecision, expected, observed));
    let Some(first) = seen.messages.first() else {
        return Ok(None);
    };
    if *first != HandshakeType::HELLO_VERIFY_REQUEST {
        return wrong(first.to_string());
    }
    let request = seen.hello_verify_requests.first();
    if request.is_some_and(|request| request.cookie.is_empty()) {
        return wrong("one without a cookie".into());
    }
    let length = seen.datagrams.first().copied().unwrap_or_default();
    match seen.hello.checked_sub(length) {
        Some(shorter) => Ok(Some(format!(
            "the HelloVerifyRequest is {shorter} octets shorter than the ClientHello"
        ))),
        None => wrong(format!("{length} octets for {}", seen.hello)),
    }
}

/// The flight that was lost or not answered comes once more, in records with higher numbers.
pub fn repeated_flight(seen: &Seen) -> Result<Option<String>, Finding> {
    let expected = "the same flight once more, in records with higher numbers";
    let wrong = |observed: &str| Err(Finding::new(Cause::WrongDecision, expected, observed));
    if !seen.dropped.is_empty() {
        return match last_flight(seen) {
            Repeated::Higher => Ok(None),
            Repeated::SameNumber => wrong("a Finished with the number of the lost one"),
            Repeated::Not => wrong("nothing that could be lost, or nothing after it"),
        };
    }
    let flight = seen.fragments.iter();
    let flight: Vec<&FragmentSeen> = flight
        .skip_while(|it| it.message_type != HandshakeType::SERVER_HELLO)
        .collect();
    let begins =
        |it: &&FragmentSeen| it.message_type == HandshakeType::SERVER_HELLO && it.offset == 0;
    let starts: Vec<usize> = flight
        .iter()
        .enumerate()
        .filter_map(|(place, it)| begins(it).then_some(place))
        .collect();
    let [_, second, rest @ ..] = starts.as_slice() else {
        return wrong("no second ServerHello");
    };
    let end = rest.first().copied().unwrap_or(flight.len());
    let (first, after) = flight.split_at(*second);
    let again = after.get(..end - second).unwrap_or(after);
    if messages(first) != messages(again) {
        return wrong("other messages");
    }
    let highest = first.iter().map(|it| it.record).max();
    match again.iter().all(|it| Some(it.record) > highest) {
        true => Ok(Some(format!("the flight comes {} times", starts.len()))),
        false => wrong("records with numbers that were used"),
    }
}

enum Repeated {
    Higher,
    SameNumber,
    Not,
}

/// Of a last flight that was dropped as often as it came, the Finished that was taken has a number of its own.
fn last_flight(seen: &Seen) -> Repeated {
    let finished = seen.fragments.iter();
    let finished = finished
        .filter(|it| it.message_type == HandshakeType::FINISHED)
        .map(|it| it.record)
        .max();
    match finished {
        Some(_) if seen.dropped.contains(&0) => Repeated::Not,
        Some(0) => Repeated::SameNumber,
        Some(_) => Repeated::Higher,
        None => Repeated::Not,
    }
}

fn messages(flight: &[&FragmentSeen]) -> BTreeSet<(u8, u16)> {
    let messages = flight.iter();
    messages
        .map(|it| (it.message_type.0, it.message_seq))
        .collect()
}

/// No datagram is longer than a path takes.
pub fn short_datagrams(seen: &Seen, most: usize) -> Result<Option<String>, Finding> {
    let longest = seen.datagrams.iter().copied().max().unwrap_or_default();
    match longest <= most {
        true => Ok(Some(format!("the longest datagram has {longest} octets"))),
        false => {
            let expected = format!("datagrams of up to {most} octets");
            let observed = format!("one of {longest}");
            Err(Finding::new(Cause::WrongDecision, expected, observed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onem2m_association::messages::ProtocolVersion;
    use onem2m_association::messages::datagram::HelloVerifyRequest;

    fn fragment(message_type: HandshakeType, message_seq: u16, record: u64) -> FragmentSeen {
        FragmentSeen {
            epoch: 0,
            record,
            message_type,
            message_seq,
            offset: 0,
            octets: 1,
        }
    }

    fn flights(numbers: &[u64]) -> Seen {
        let flight = |number: &u64| {
            [
                fragment(HandshakeType::SERVER_HELLO, 1, *number),
                fragment(HandshakeType::SERVER_HELLO_DONE, 2, *number + 1),
            ]
        };
        Seen {
            fragments: numbers.iter().flat_map(flight).collect(),
            ..Seen::default()
        }
    }

    #[test]
    fn flight_that_comes_again_has_higher_numbers() {
        assert!(repeated_flight(&flights(&[1, 3])).is_ok());
        assert!(repeated_flight(&flights(&[1, 3, 5])).is_ok());
        assert!(repeated_flight(&flights(&[1])).is_err());
        assert!(repeated_flight(&flights(&[1, 1])).is_err());
    }

    #[test]
    fn lost_finished_comes_again_under_another_number() {
        let lost = |dropped: &[usize], record| Seen {
            dropped: dropped.to_vec(),
            fragments: vec![fragment(HandshakeType::FINISHED, 4, record)],
            ..Seen::default()
        };
        assert!(repeated_flight(&lost(&[2, 2], 2)).is_ok());
        assert!(repeated_flight(&lost(&[2, 2], 0)).is_err());
        assert!(repeated_flight(&lost(&[2, 0], 1)).is_err());
    }

    #[test]
    fn hello_verify_request_comes_first_and_is_no_longer_than_the_hello() {
        let seen = |message, cookie: &[u8], length| Seen {
            messages: vec![message],
            hello_verify_requests: vec![HelloVerifyRequest {
                version: ProtocolVersion::DTLS_1_0,
                cookie: cookie.to_vec(),
            }],
            datagrams: vec![length],
            hello: 100,
            ..Seen::default()
        };
        let request = HandshakeType::HELLO_VERIFY_REQUEST;
        assert!(hello_verify_request(&seen(request, b"c", 100)).is_ok());
        assert!(hello_verify_request(&seen(request, b"", 100)).is_err());
        assert!(hello_verify_request(&seen(request, b"c", 101)).is_err());
        let hello = HandshakeType::SERVER_HELLO;
        assert!(hello_verify_request(&seen(hello, b"c", 100)).is_err());
    }

    #[test]
    fn longest_datagram_counts() {
        let seen = Seen {
            datagrams: vec![60, 1200, 100],
            ..Seen::default()
        };
        assert!(short_datagrams(&seen, 1200).is_ok());
        assert!(short_datagrams(&seen, 1199).is_err());
    }
}
