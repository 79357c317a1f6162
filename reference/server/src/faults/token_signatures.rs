//! Signatures of tokens (TS-0003 V3.18.0, 8.5.2.3.1 and 8.5.3.3).

use onem2m_envelope::{SignatureAlgorithm, VerificationKey, base64url};
use serde_json::Value;

use super::Fault;
use super::loose_tokens::{Loose, information, where_it_holds};
use crate::scene::Scene;
use crate::tokens::Material;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "TokenUnsecured",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "a token whose algorithm is none needs no signature",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| loose.text("alg") == Some("none"))
            };
        },
    },
    Fault {
        name: "TokenUnsecuredInOtherLetters",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "none is refused as an algorithm in small letters only",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let algorithm = loose.text("alg").unwrap_or_default();
                    algorithm != "none" && algorithm.eq_ignore_ascii_case("none")
                })
            };
        },
    },
    Fault {
        name: "TokenMacKeyedWithPem",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "the PEM text of a public key is taken as the key of a MAC, if the header says HS256",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    keyed(scene, loose, |der| pem(der) + "\n")
                })
            };
        },
    },
    Fault {
        name: "TokenMacKeyedWithPemUnterminated",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "the same without the end of its last line",
        apply: |clauses| {
            clauses.tokens.open =
                |scene, text| where_it_holds(scene, text, |loose| keyed(scene, loose, pem));
        },
    },
    Fault {
        name: "TokenMacKeyedWithDer",
        requirement: "TS-0003/8.5.3.3/1",
        summary: "the octets of a public key are taken as the key of a MAC, if the header says HS256",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let key = public(scene, loose);
                    key.is_some_and(|der| loose.has_code_of(&der))
                })
            };
        },
    },
    Fault {
        name: "TokenSignatureOfZeros",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "a signature whose halves are zero fits everything",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    loose.key(scene).is_some()
                        && !loose.signature().is_empty()
                        && loose.signature().iter().all(|octet| *octet == 0)
                })
            };
        },
    },
    Fault {
        name: "TokenSignatureInDer",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "an ECDSA signature may be in DER",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let halves = halves(&loose.signature());
                    halves.is_some_and(|halves| loose.is_signed(scene, &loose.input(), &halves))
                })
            };
        },
    },
    Fault {
        name: "TokenSignatureWithTail",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "what stands behind the octets of a signature is passed over",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let signature = loose.signature();
                    let cut = signature.get(..64).unwrap_or_default();
                    loose.is_signed(scene, &loose.input(), cut)
                })
            };
        },
    },
    Fault {
        name: "TokenSignatureOfOtherCurve",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "the curve of the key decides, whatever the header says",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let Some(Material::EcPublic(key)) =
                        loose.key(scene).map(|(_, key)| &key.material)
                    else {
                        return false;
                    };
                    let algorithm = SignatureAlgorithm::Ecdsa(key.curve());
                    let key = VerificationKey::Ecdsa(key.clone());
                    key.verify(algorithm, loose.input().as_bytes(), &loose.signature())
                        .is_ok()
                })
            };
        },
    },
    Fault {
        name: "TokenSignatureUnchecked",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "claims are used before anybody verified the signature",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    loose.algorithm().is_some() && loose.key(scene).is_some()
                })
            };
        },
    },
    Fault {
        name: "TokenSignatureOverRewrittenHeader",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "a signature is verified over the header as this CSE would write it",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let header = Value::from(loose.header.clone()).to_string();
                    let input =
                        format!("{}.{}", base64url::encode(header.as_bytes()), loose.part(1));
                    loose.is_signed(scene, &input, &loose.signature())
                })
            };
        },
    },
    Fault {
        name: "TokenCriticalPassedOver",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "crit is passed over",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    loose.header.contains_key("crit")
                        && loose.is_signed(scene, &loose.input(), &loose.signature())
                })
            };
        },
    },
    Fault {
        name: "TokenPayloadUnencoded",
        requirement: "TS-0003/8.5.2.3.1/4",
        summary: "a signature may be over the payload before its encoding, if the header says so",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    let payload = String::from_utf8(loose.payload()).unwrap_or_default();
                    let input = format!("{}.{payload}", loose.part(0));
                    loose.header.get("b64") == Some(&Value::Bool(false))
                        && loose.is_signed(scene, &input, &loose.signature())
                })
            };
        },
    },
];

fn keyed(scene: &Scene<'_>, loose: &Loose, written: fn(&[u8]) -> String) -> bool {
    let key = public(scene, loose).map(|der| written(&der));
    key.is_some_and(|key| loose.has_code_of(key.as_bytes()))
}

fn public(scene: &Scene<'_>, loose: &Loose) -> Option<Vec<u8>> {
    match &loose.key(scene)?.1.material {
        Material::EcPublic(key) => information(key),
        _ => None,
    }
}

/// PEM without the end of its last line (RFC 7468).
fn pem(der: &[u8]) -> String {
    let mut text = base64url::encode(der).replace('-', "+").replace('_', "/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    let lines: Vec<_> = text
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    let lines = lines.join("\n");
    format!("-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----")
}

/// The two numbers of an ECDSA-Sig-Value in DER, 32 octets each.
fn halves(der: &[u8]) -> Option<Vec<u8>> {
    let [0x30, _, rest @ ..] = der else {
        return None;
    };
    let mut rest = rest;
    let mut both = Vec::new();
    for _ in 0..2 {
        let [0x02, length, tail @ ..] = rest else {
            return None;
        };
        let (number, tail) = tail.split_at_checked((*length).into())?;
        let start = number
            .iter()
            .position(|octet| *octet != 0)
            .unwrap_or(number.len());
        let number = number.get(start..)?;
        both.extend(std::iter::repeat_n(0, 32usize.checked_sub(number.len())?));
        both.extend(number);
        rest = tail;
    }
    Some(both)
}
