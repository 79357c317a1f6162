//! What a Target takes of signed content (TS-0003 V3.18.0, 8.5.2.3.1, C, 8.5.2.3.2.1 and 8.5.3.3).

use onem2m_envelope::bare;
use onem2m_envelope::esdata::Envelope;
use onem2m_envelope::{Curve, Hash, RsaPublicKey, VerificationKey, jwk};

use super::Fault;
use super::esdata_lenient::{Signed, or_else};
use crate::application::esdata::{Found, Material, opening};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsDataCurveP256Alone",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "signatures on other curves than P-256 are not verified",
        apply: |clauses| {
            clauses.esdata.verification_key =
                |clauses, situation, header| match opening::verification_key(
                    clauses, situation, header,
                )? {
                    VerificationKey::Ecdsa(key) if key.curve() != Curve::P256 => None,
                    key => Some(key),
                };
        },
    },
    Fault {
        name: "EsDataVerifierUnrecorded",
        requirement: "TS-0003/8.5.2.3.1/5",
        summary: "which credential verified a payload is not recorded",
        apply: |clauses| {
            clauses.esdata.unwrap = |clauses, situation, envelope| {
                let found = opening::unwrap(clauses, situation, envelope)?;
                Ok(Found {
                    signers: Vec::new(),
                    ..found
                })
            };
        },
    },
    Fault {
        name: "EsDataSignaturesCounted",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "two signatures are taken for right, since it would be odd if both were wrong",
        apply: |clauses| {
            clauses.esdata.unwrap = |clauses, situation, envelope| match envelope {
                Envelope::Signed(jws) if jws.signatures().len() > 1 => Ok(Found {
                    signers: signers(envelope),
                    ..Found::plain(jws.unverified_payload())
                }),
                _ => opening::unwrap(clauses, situation, envelope),
            };
        },
    },
    Fault {
        name: "EsDataBrokenSignatureRecorded",
        requirement: "TS-0003/8.5.2.3.1/5",
        summary: "the credentials of all signatures are recorded once one of them is verified",
        apply: |clauses| {
            clauses.esdata.unwrap = |clauses, situation, envelope| {
                let found = opening::unwrap(clauses, situation, envelope)?;
                Ok(match envelope {
                    Envelope::Signed(_) => Found {
                        signers: signers(envelope),
                        ..found
                    },
                    Envelope::Encrypted(_) => found,
                })
            };
        },
    },
    Fault {
        name: "EsDataUnsignedAccepted",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "a JWS whose algorithm is none in any case is given out",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Signed::read(content)?;
                    let algorithm = object.header.get("alg")?.as_str()?;
                    let is_none = algorithm.eq_ignore_ascii_case("none");
                    is_none.then(|| object.taken())
                })
            };
        },
    },
    Fault {
        name: "EsDataAlgorithmOfHeader",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "a header that says HS256 makes a public RSA key the key of a message authentication code",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Signed::read(content)?;
                    let Material::RsaPublic(key) = &object.key(situation)?.material else {
                        return None;
                    };
                    let says_so = object.header.get("alg").is_some_and(|alg| alg == "HS256");
                    let code =
                        bare::mac(Hash::Sha256, &public_key_info(key), object.input.as_bytes());
                    (says_so && code == object.signature).then(|| object.taken())
                })
            };
        },
    },
    Fault {
        name: "EsDataKeyOfHeader",
        requirement: "TS-0003/8.5.2.3.2.1/1",
        summary: "a signature is verified with the key that its own header brings",
        apply: |clauses| {
            clauses.esdata.verification_key = |clauses, situation, header| {
                let brought = header.get("jwk").and_then(|key| key.as_object());
                match brought.and_then(|key| jwk::ec_public(key).ok()) {
                    Some(key) => Some(VerificationKey::Ecdsa(key)),
                    None => opening::verification_key(clauses, situation, header),
                }
            };
        },
    },
    Fault {
        name: "EsDataSignatureUnchecked",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "a signature is taken for right if its credential is known",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Signed::read(content)?;
                    object.key(situation).map(|_| object.taken())
                })
            };
        },
    },
    Fault {
        name: "EsDataCodeOfAnyLength",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "of a message authentication code as many octets are compared as there are",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Signed::read(content)?;
                    let Material::Symmetric(key) = &object.key(situation)?.material else {
                        return None;
                    };
                    let code = bare::mac(Hash::Sha256, key.octets(), object.input.as_bytes());
                    code.starts_with(&object.signature).then(|| object.taken())
                })
            };
        },
    },
];

/// The names of all credentials of a signed envelope.
fn signers(envelope: &Envelope) -> Vec<String> {
    match envelope {
        Envelope::Signed(jws) => jws
            .signatures()
            .iter()
            .filter_map(|signature| signature.header().key_identifier())
            .map(str::to_owned)
            .collect(),
        Envelope::Encrypted(_) => Vec::new(),
    }
}

/// The SubjectPublicKeyInfo of an RSA key in DER (RFC 3279, 2.3.1).
fn public_key_info(key: &RsaPublicKey) -> Vec<u8> {
    /// rsaEncryption, with its parameters of NULL.
    const ALGORITHM: [u8; 15] = [
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let (modulus, exponent) = key.components();
    let numbers = [number(&modulus), number(&exponent)].concat();
    let bits = [vec![0], element(0x30, &numbers)].concat();
    element(0x30, &[ALGORITHM.to_vec(), element(0x03, &bits)].concat())
}

fn number(octets: &[u8]) -> Vec<u8> {
    let sign: &[u8] = match octets.first() {
        Some(first) if *first < 0x80 => &[],
        _ => &[0],
    };
    element(0x02, &[sign, octets].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let skipped = length.iter().take_while(|octet| **octet == 0).count();
    let length = length.get(skipped..).unwrap_or_default();
    let head = match (length, u8::try_from(length.len())) {
        ([short], _) if *short < 0x80 => vec![tag, *short],
        (_, Ok(many)) => [&[tag, 0x80 | many], length].concat(),
        (_, Err(_)) => Vec::new(),
    };
    [head, content.to_vec()].concat()
}
