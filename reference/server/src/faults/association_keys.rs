//! The pre-shared key itself (TS-0003 V3.18.0, 8.2.2.1; RFC 4279, 5.3).

use std::fmt::Write;

use onem2m_association::{PskEntry, PskKey};
use zeroize::Zeroizing;

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PskAsHexadecimalText",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "the key is the hexadecimal digits of Kpsa, where these are at most 64",
        apply: |clauses| {
            clauses.association.key_of_identity =
                |table, identity| Some(altered(table.get(identity)?, hexadecimal));
        },
    },
    Fault {
        name: "PskFirstHalf",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "the key is the first half of Kpsa",
        apply: |clauses| {
            clauses.association.key_of_identity = |table, identity| {
                Some(altered(table.get(identity)?, |key| {
                    key.get(..key.len() / 2).unwrap_or_default().to_vec()
                }))
            };
        },
    },
    Fault {
        name: "PskCutTo32Octets",
        requirement: "RFC4279/5.3/1",
        summary: "the key is the first 32 octets of Kpsa",
        apply: |clauses| {
            clauses.association.key_of_identity = |table, identity| {
                Some(altered(table.get(identity)?, |key| {
                    key.get(..32).unwrap_or(key).to_vec()
                }))
            };
        },
    },
    Fault {
        name: "PskFilledTo16Octets",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "a Kpsa of less than 16 octets is filled up with zero octets",
        apply: |clauses| {
            clauses.association.key_of_identity = |table, identity| {
                Some(altered(table.get(identity)?, |key| {
                    let missing = 16_usize.saturating_sub(key.len());
                    [key, vec![0; missing].as_slice()].concat()
                }))
            };
        },
    },
    Fault {
        name: "PskCutAtZero",
        requirement: "TS-0003/8.2.2.1/10",
        summary: "the key ends at the first zero octet of Kpsa",
        apply: |clauses| {
            clauses.association.key_of_identity = |table, identity| {
                Some(altered(table.get(identity)?, |key| {
                    let octets = key.iter().copied();
                    octets.take_while(|octet| *octet != 0).collect()
                }))
            };
        },
    },
];

/// The entry with another key; as it is, where that would be none.
fn altered(mut entry: PskEntry, alter: fn(&[u8]) -> Vec<u8>) -> PskEntry {
    let octets = Zeroizing::new(alter(entry.key.octets()));
    if let Ok(key) = PskKey::new(octets) {
        entry.key = key;
    }
    entry
}

fn hexadecimal(key: &[u8]) -> Vec<u8> {
    let mut text = String::with_capacity(2 * key.len());
    for octet in key {
        let _ = write!(text, "{octet:02x}");
    }
    text.into_bytes()
}
