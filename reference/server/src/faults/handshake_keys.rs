//! The psk_identity in ClientKeyExchange and its length (RFC 4279, 2).

use onem2m_association::written_out::Clauses;

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PskIdentityBeyondMessage",
        requirement: "TS-0003/8.2.2.1/7",
        summary: "a psk_identity that is said to be longer than the message ends with it",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.identity = |body| match split(body) {
                    Some((length, identity)) if length > identity.len() => Ok(identity.to_vec()),
                    _ => (SPECIFIED.identity)(body),
                };
            });
        },
    },
    Fault {
        name: "PskIdentityBeforeEndOfMessage",
        requirement: "TS-0003/8.2.2.1/7",
        summary: "octets behind the psk_identity are ignored",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.identity = |body| {
                    split(body)
                        .and_then(|(length, rest)| rest.get(..length))
                        .map_or_else(
                            || (SPECIFIED.identity)(body),
                            |identity| Ok(identity.to_vec()),
                        )
                };
            });
        },
    },
    Fault {
        name: "PskIdentityWithoutItsLength",
        requirement: "TS-0003/8.2.2.1/7",
        summary: "the psk_identity is the rest of the message, whatever its length says",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.identity = |body| match split(body) {
                    Some((_, identity)) => Ok(identity.to_vec()),
                    None => (SPECIFIED.identity)(body),
                };
            });
        },
    },
];

/// What the length says, and what is behind it.
fn split(body: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = body.split_first_chunk()?;
    Some((usize::from(u16::from_be_bytes(*length)), rest))
}
