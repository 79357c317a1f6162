//! The key that certificates establish (TS-0003 V3.18.0, 10.3.1).

use onem2m_keys::{EXPORTED_LENGTH, ExporterLabel, PairwiseEsPrimKey, Suid};
use onem2m_primitive::json::parse;

use super::Fault;
use crate::end_to_end::escertke::export::{BY_CERTIFICATES, keep, labelled, pair};
use crate::end_to_end::{Pair, object};

/// The octets of a key, from the front.
const KEY: usize = 32;

/// A symmetric key for the encryption of data by certificates (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const FOR_DATA: Suid = Suid(44);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsCertKeEmptyContext",
        requirement: "TS-0003/10.3.1/1",
        summary: "the exporter has an empty context",
        apply: |clauses| {
            clauses.end_to_end.escertke.association.exporter_context = || Some(&[]);
        },
    },
    Fault {
        name: "EsCertKeLabelOfConnection",
        requirement: "TS-0003/10.3.1/1",
        summary: "the label of the exporter is that of Kc",
        apply: |clauses| {
            clauses.end_to_end.escertke.exported =
                |session| labelled(session, ExporterLabel::Connection);
        },
    },
    Fault {
        name: "EsCertKeLabelOfBootstrap",
        requirement: "TS-0003/10.3.1/1",
        summary: "the label of the exporter is that of Ke",
        apply: |clauses| {
            clauses.end_to_end.escertke.exported =
                |session| labelled(session, ExporterLabel::Bootstrap);
        },
    },
    Fault {
        name: "EsCertKeCutReversed",
        requirement: "TS-0003/10.3.1/1",
        summary: "the key is in front of its identifier",
        apply: |clauses| {
            clauses.end_to_end.escertke.pair = |exported, entity| Pair {
                id: digits(exported, KEY),
                key: PairwiseEsPrimKey::new(exported.get(..KEY).unwrap_or_default()),
                ..pair(exported, entity)
            };
        },
    },
    Fault {
        name: "EsCertKeKeyFromFront",
        requirement: "TS-0003/10.3.1/1",
        summary: "the first 32 octets are the key, and the first 16 its identifier too",
        apply: |clauses| {
            clauses.end_to_end.escertke.pair = |exported, entity| Pair {
                key: PairwiseEsPrimKey::new(exported.get(..KEY).unwrap_or_default()),
                ..pair(exported, entity)
            };
        },
    },
    Fault {
        name: "EsCertKeIdentifierInAnyCase",
        requirement: "TS-0003/10.3.1/1",
        summary: "the identifier may be in capital digits too",
        apply: |clauses| {
            clauses.end_to_end.escertke.keep = |pairs, pair| {
                let other = Pair {
                    id: pair.id.to_uppercase(),
                    ..pair.clone()
                };
                keep(pairs, pair) && pairs.provision(other).is_ok()
            };
        },
    },
    Fault {
        name: "EsCertKeKeyForNothing",
        requirement: "TS-0003/8.4.2/1",
        summary: "a key that certificates established is kept for data, and opens no object",
        apply: |clauses| {
            clauses.end_to_end.escertke.pair = |exported, entity| Pair {
                usage: FOR_DATA,
                ..pair(exported, entity)
            };
        },
    },
    Fault {
        name: "EsCertKeKeyOfAnybody",
        requirement: "TS-0003/8.7.2.2/14",
        summary: "a key that certificates established is that of whoever uses it",
        apply: |clauses| {
            clauses.end_to_end.judge = |desk, vault, settings, text| {
                let mut received = object::judge(desk, vault, settings, text)?;
                let kid = &received.header.kid;
                let is_established = settings.pairs.with(|rows| {
                    rows.iter()
                        .any(|(key, usage)| key.id == *kid && *usage == BY_CERTIFICATES)
                });
                let from = parse(&received.plaintext).ok();
                let from = from.as_ref().and_then(|inner| inner.get("fr")?.as_str());
                if let (true, Some(from)) = (is_established, from) {
                    received.entity = object::identity(desk.home, from);
                }
                Ok(received)
            };
        },
    },
];

/// The digits of the octets from a place on.
fn digits(exported: &[u8; EXPORTED_LENGTH], from: usize) -> String {
    let octets = exported.iter().skip(from);
    octets.map(|octet| format!("{octet:02x}")).collect()
}
