//! Derivation of end-to-end keys (TS-0003 V3.18.0, 10.3.6 and 9.2.3.1), of CSEs and AEs alike.

use hmac::{Hmac, KeyInit, Mac};
use onem2m_keys::{EndToEndDerivation, EndToEndOrigin, EndToEndUse, KeyHash};
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use super::Fault;
use crate::Clauses;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EndToEndKeysByLibrary",
        requirement: "TS-0003/10.3.6.2/1",
        summary: "each end-to-end key is the first block of HKDF-Expand, with its label as info",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| {
                let hash = derivation.hash;
                let label = label(derivation.key);
                Some(hmac(
                    hash,
                    &master(derivation, octets),
                    &[label.as_bytes(), &[1]],
                ))
            };
        },
    },
    Fault {
        name: "EndToEndKeysUnchained",
        requirement: "TS-0003/10.3.6.2/1",
        summary: "an end-to-end key does not depend on the one before it",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| {
                let (label, number) = (label(derivation.key), number(derivation.key));
                let master = master(derivation, octets);
                Some(hmac(
                    derivation.hash,
                    &master,
                    &[label.as_bytes(), &[number]],
                ))
            };
        },
    },
    Fault {
        name: "EndToEndCounterIsDigit",
        requirement: "TS-0003/10.3.6.2/1",
        summary: "behind the label of an end-to-end key stands a digit, and no octet",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| {
                let master = master(derivation, octets);
                let mut key = Zeroizing::new(Vec::new());
                for each in EndToEndUse::ALL {
                    let label = label(each).as_bytes();
                    let digit = b'0' + number(each);
                    key = hmac(derivation.hash, &master, &[key.as_slice(), label, &[digit]]);
                    if each == derivation.key {
                        break;
                    }
                }
                Some(key)
            };
        },
    },
    Fault {
        name: "EndToEndKeyIsMaster",
        requirement: "TS-0003/10.3.6.2/1",
        summary: "Ke2e_master protects, and nothing is expanded",
        apply: |clauses| {
            clauses.end_to_end.derived =
                |derivation, octets| Some(Zeroizing::new(master(derivation, octets).to_vec()));
        },
    },
    Fault {
        name: "EndToEndSaltIgnored",
        requirement: "TS-0003/10.3.6.1/2",
        summary: "Ke2e_master is extracted without Salt",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| {
                let mut derivation = derivation.clone();
                if let EndToEndOrigin::Secret { salt } = &mut derivation.from {
                    salt.clear();
                }
                (SPECIFIED.end_to_end.derived)(&derivation, octets)
            };
        },
    },
    Fault {
        name: "EndToEndNoSaltNoExtraction",
        requirement: "TS-0003/10.3.6.1/2",
        summary: "without Salt Kpsa is Ke2e_master",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| {
                let mut derivation = derivation.clone();
                if derivation.from == (EndToEndOrigin::Secret { salt: Vec::new() }) {
                    derivation.from = EndToEndOrigin::Master;
                }
                (SPECIFIED.end_to_end.derived)(&derivation, octets)
            };
        },
    },
    Fault {
        name: "EndToEndSaltIsMessage",
        requirement: "TS-0003/10.3.6.1/2",
        summary: "Ke2e_master is extracted with Kpsa as key and Salt as message",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| match &derivation.from {
                EndToEndOrigin::Master => (SPECIFIED.end_to_end.derived)(derivation, octets),
                EndToEndOrigin::Secret { salt } => {
                    let derivation = EndToEndDerivation {
                        from: EndToEndOrigin::Master,
                        ..derivation.clone()
                    };
                    let master = hmac(derivation.hash, octets, &[salt]);
                    (SPECIFIED.end_to_end.derived)(&derivation, &master)
                }
            };
        },
    },
    Fault {
        name: "EndToEndMasterExtractedAgain",
        requirement: "TS-0003/10.3.6.2/1",
        summary: "a Ke2e_master that was provisioned is extracted from once more",
        apply: |clauses| {
            clauses.end_to_end.derived = |derivation, octets| {
                let mut derivation = derivation.clone();
                if derivation.from == EndToEndOrigin::Master {
                    derivation.from = EndToEndOrigin::Secret { salt: Vec::new() };
                }
                (SPECIFIED.end_to_end.derived)(&derivation, octets)
            };
        },
    },
];

/// Ke2e_master.
fn master(derivation: &EndToEndDerivation, octets: &[u8]) -> Zeroizing<Vec<u8>> {
    match &derivation.from {
        EndToEndOrigin::Master => Zeroizing::new(octets.to_vec()),
        EndToEndOrigin::Secret { salt } => hmac(derivation.hash, salt, &[octets]),
    }
}

/// The label of a key, and its number (TS-0003 V3.18.0, 10.3.6.2).
fn label(key: EndToEndUse) -> &'static str {
    match key {
        EndToEndUse::MessageAuthenticity => "E2E Message Authentication Key",
        EndToEndUse::MessageConfidentiality => "E2E Message Confidentiality Key",
        EndToEndUse::AttributeAuthenticity => "E2E Attribute Authenticity Key",
        EndToEndUse::AttributeConfidentiality => "E2E Attribute Confidentiality Key",
    }
}

fn number(key: EndToEndUse) -> u8 {
    match key {
        EndToEndUse::MessageAuthenticity => 1,
        EndToEndUse::MessageConfidentiality => 2,
        EndToEndUse::AttributeAuthenticity => 3,
        EndToEndUse::AttributeConfidentiality => 4,
    }
}

fn hmac(hash: KeyHash, key: &[u8], parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(match hash {
        KeyHash::Sha256 => code::<Hmac<Sha256>>(key, parts),
        KeyHash::Sha512 => code::<Hmac<Sha512>>(key, parts),
    })
}

/// HMAC takes keys of any length.
fn code<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let Ok(mut code) = <M as KeyInit>::new_from_slice(key) else {
        return Vec::new();
    };
    parts.iter().for_each(|part| code.update(part));
    code.finalize().into_bytes().to_vec()
}
