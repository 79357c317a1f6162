//! Raw public keys against the identifiers that are configured (TS-0003 V3.18.0, 8.1.2.4, 8.1.2.5 and 10.1.2).

use onem2m_association::{Allowed, Clauses, Expected, Flavour};
use onem2m_identity::{DigestAlgorithm, PublicKeyId};

use super::Fault;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// A SubjectPublicKeyInfo of id-ecPublicKey on secp256r1 up to the point (RFC 5480, 2).
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RawPublicKeyTrustedOnFirstUse",
        requirement: "TS-0003/8.1.2.5/1",
        summary: "a raw public key that is not known is that of whoever registers with it",
        apply: |clauses| {
            clauses.association.entity_of_raw_public_key = |clauses, trust, key| {
                let known = (SPECIFIED.entity_of_raw_public_key)(clauses, trust, key);
                known.or_else(|| {
                    let identifier = PublicKeyId::of(key, DigestAlgorithm::Sha256);
                    Some((identifier, Allowed::Unstated))
                })
            };
        },
    },
    Fault {
        name: "RawPublicKeyUnchecked",
        requirement: "TS-0003/10.1.2/4",
        summary: "any raw public key is the first one that is configured",
        apply: |clauses| clauses.association.matches_raw_public_key = |_, _| true,
    },
    Fault {
        name: "RawPublicKeyDigestOfPoint",
        requirement: "TS-0003/10.1.2/1",
        summary: "the digest in an identifier is compared with that of the point alone",
        apply: |clauses| {
            clauses.association.matches_raw_public_key = |identifier, key| {
                key.get(SPKI.len()..)
                    .is_some_and(|point| identifier.matches(point))
            };
        },
    },
    Fault {
        name: "RawPublicKeyByBeginning",
        requirement: "TS-0003/10.1.2/4",
        summary: "of a digest only the first octet is compared",
        apply: |clauses| {
            clauses.association.matches_raw_public_key = |identifier, key| {
                let own = PublicKeyId::of(key, DigestAlgorithm::Sha256);
                own.digest().first() == identifier.digest().first()
            };
        },
    },
    Fault {
        name: "RawPublicKeyByWholeDigestOnly",
        requirement: "TS-0003/10.1.2/2",
        summary: "an identifier with a shortened digest matches no key",
        apply: |clauses| {
            clauses.association.matches_raw_public_key = |identifier, key| {
                identifier.algorithm() == DigestAlgorithm::Sha256 && identifier.matches(key)
            };
        },
    },
    Fault {
        name: "RawPublicKeyInCertificate",
        requirement: "TS-0003/8.1.2.4/1",
        summary: "a certificate with a raw public key that is configured is taken for it",
        apply: |clauses| {
            clauses.association.entity_of_certificate = |clauses, trust, certificate| {
                (SPECIFIED.entity_of_certificate)(clauses, trust, certificate).or_else(|| {
                    let key = [SPKI.as_slice(), &certificate.key.octets].concat();
                    trust.peers.iter().find_map(|peer| match &peer.expected {
                        Expected::RawPublicKey(identifier) if identifier.matches(&key) => {
                            let flavour = Flavour::RawPublicKey(identifier.clone());
                            Some((flavour, peer.allowed.clone()))
                        }
                        _ => None,
                    })
                })
            };
        },
    },
];
