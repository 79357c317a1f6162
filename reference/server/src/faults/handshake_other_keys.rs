//! Identities that stand for further keys beside their own (RFC 4279, 2; TS-0003 V3.18.0, 8.2.2.1).

use std::fmt::Write;

use onem2m_association::written_out::Clauses;
use onem2m_keys::Psk;
use zeroize::Zeroizing;

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PskAsDigitsToo",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "the hexadecimal digits of Kpsa are taken for the key as well",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.other_keys = |_, _, key| altered(key, digits);
            });
        },
    },
    Fault {
        name: "PskFirstHalfToo",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "the first half of Kpsa is taken for the key as well",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.other_keys = |_, _, key| {
                    altered(key, |octets| {
                        octets.get(..octets.len() / 2).unwrap_or_default().to_vec()
                    })
                };
            });
        },
    },
    Fault {
        name: "PskWithoutLastBit",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "the last bit of Kpsa may be either",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.other_keys = |_, _, key| altered(key, last_bit_inverted);
            });
        },
    },
    Fault {
        name: "PskOfAnybody",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "an identity is proved by the key of any other",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.other_keys = |configuration, _, _| {
                    let list = configuration.key_list.as_ref();
                    list.map_or_else(Vec::new, |list| list())
                };
            });
        },
    },
    Fault {
        name: "PskIdentityUnknownHasZeros",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "an identity that is not known has a key of 32 zero octets",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.key = |configuration, host, identity| {
                    let known = (SPECIFIED.key)(configuration, host, identity);
                    known.or_else(|refusal| Psk::new(&[0; 32]).map_err(|_| refusal))
                };
            });
        },
    },
];

pub(super) fn altered(key: &Psk, alter: impl Fn(&[u8]) -> Vec<u8>) -> Vec<Psk> {
    let octets = Zeroizing::new(alter(key.octets()));
    Psk::new(&octets).into_iter().collect()
}

fn digits(octets: &[u8]) -> Vec<u8> {
    let mut text = String::with_capacity(2 * octets.len());
    for octet in octets {
        // Writing to a text cannot fail.
        let _ = write!(text, "{octet:02x}");
    }
    text.into_bytes()
}

pub(super) fn last_bit_inverted(octets: &[u8]) -> Vec<u8> {
    let mut octets = octets.to_vec();
    if let Some(last) = octets.last_mut() {
        *last ^= 1;
    }
    octets
}
