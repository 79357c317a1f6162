//! Tokens within tokens, and how tokens are encrypted (TS-0003 V3.18.0, 8.5.2.2.1, 8.5.2.4, 8.5.3.2 and 8.5.3.4).

use onem2m_envelope::TAG_LENGTH;
use onem2m_envelope::bare::{self, Compact};
use serde_json::Value;

use super::Fault;
use super::loose_tokens::{Loose, SPECIFIED, claims, inside, symmetric, where_it_holds};
use crate::scene::Scene;
use crate::tokens::{Opened, Rejection};

const ENCRYPTED_KEY: usize = 1;
const VECTOR: usize = 2;
const CIPHERTEXT: usize = 3;
const TAG: usize = 4;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "TokenInnerSignatureUnchecked",
        requirement: "TS-0003/8.5.2.4/4",
        summary: "what could be decrypted needs no right signature inside",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                inside(scene, text, |inner| {
                    let loose = Loose::read(inner).filter(Loose::is_jws)?;
                    loose.key(scene)?;
                    let is_mac = loose.text("alg")?.starts_with("HS");
                    if is_mac {
                        None
                    } else {
                        claims(scene, &loose.payload())
                    }
                })
            };
        },
    },
    Fault {
        name: "TokenInnerBare",
        requirement: "TS-0003/8.5.2.4/4",
        summary: "what could be decrypted is verified only if it looks like a JWS",
        apply: |clauses| {
            clauses.tokens.open =
                |scene, text| inside(scene, text, |inner| claims(scene, inner.as_bytes()));
        },
    },
    Fault {
        name: "TokenInnerMac",
        requirement: "TS-0003/8.5.3.4/1",
        summary: "a MAC inside is as good as a signature",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                inside(scene, text, |inner| {
                    let loose = Loose::read(inner).filter(Loose::is_jws)?;
                    let is_right = loose.is_signed(scene, &loose.input(), &loose.signature());
                    is_right.then(|| claims(scene, &loose.payload()))?
                })
            };
        },
    },
    Fault {
        name: "TokenInnerUnsecured",
        requirement: "TS-0003/8.5.3.4/1",
        summary: "the algorithm none is taken inside",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                inside(scene, text, |inner| {
                    let loose = Loose::read(inner).filter(Loose::is_jws)?;
                    (loose.text("alg")? == "none").then(|| claims(scene, &loose.payload()))?
                })
            };
        },
    },
    Fault {
        name: "TokenInnerContentTypeDemanded",
        requirement: "TS-0003/8.5.2.4/3",
        summary: "a nested token is taken only with cty inside",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                let outer = Loose::read(text);
                match outer.is_some_and(|outer| outer.header.contains_key("cty")) {
                    true => Err(Rejection::Malformed(
                        onem2m_envelope::EnvelopeError::NotSigned,
                    )),
                    false => (SPECIFIED.open)(scene, text),
                }
            };
        },
    },
    Fault {
        name: "TokenInnerTokenOfAnyDepth",
        requirement: "TS-0004/6.3.3/e1",
        summary: "a token inside is opened again, however deep",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                inside(scene, text, |inner| {
                    (scene.clauses.tokens.open)(scene, inner).ok()
                })
            };
        },
    },
    Fault {
        name: "TokenTagCut",
        requirement: "TS-0003/8.5.2.2.1/11",
        summary: "as much of a tag is compared as there is",
        apply: |clauses| clauses.tokens.open = with_any_tag,
    },
    Fault {
        name: "TokenEncryptedKeyPassedOver",
        requirement: "TS-0004/6.3.3/e1",
        summary: "an encrypted key is passed over where the key is used directly",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                let direct = Loose::read(text).filter(|loose| loose.text("alg") == Some("dir"));
                match direct {
                    Some(loose) => {
                        let text = loose.parts.with(ENCRYPTED_KEY, b"").to_string();
                        (SPECIFIED.open)(scene, &text)
                    }
                    None => (SPECIFIED.open)(scene, text),
                }
            };
        },
    },
    Fault {
        name: "TokenKeyWrappedByGcm",
        requirement: "TS-0003/8.5.3.2/1",
        summary: "A256GCMKW is a key management too",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| match by_gcm(scene, text) {
                Some(opened) => Ok(opened),
                None => (SPECIFIED.open)(scene, text),
            };
        },
    },
    Fault {
        name: "TokenFailurePassedOver",
        requirement: "TS-0003/8.5.2.2.1/10",
        summary: "a token that cannot be opened is passed over where another one holds",
        apply: |clauses| {
            clauses.tokens.judged = |scene, tokens, originator| {
                let judge = |token: &Result<Opened, Rejection>| {
                    (SPECIFIED.judged)(scene, std::slice::from_ref(token), originator)
                };
                match tokens.iter().any(|token| judge(token).is_ok()) {
                    true => Ok(()),
                    false => (SPECIFIED.judged)(scene, tokens, originator),
                }
            };
        },
    },
    Fault {
        name: "TokenSignatureEmpty",
        requirement: "TS-0004/6.3.3/e2",
        summary: "a signature of no octets is none that could be wrong",
        apply: |clauses| {
            clauses.tokens.open = |scene, text| {
                where_it_holds(scene, text, |loose| {
                    loose.signature().is_empty() && loose.key(scene).is_some()
                })
            };
        },
    },
];

/// Opens directly, or by AES key wrap, and compares the octets of the tag that came.
fn with_any_tag(scene: &Scene<'_>, text: &str) -> Result<Opened, Rejection> {
    match Loose::read(text).and_then(|loose| decrypted(scene, &loose)) {
        Some(octets) => claims(scene, &octets).ok_or(Rejection::NoIssuer),
        None => (SPECIFIED.open)(scene, text),
    }
}

fn decrypted(scene: &Scene<'_>, loose: &Loose) -> Option<Vec<u8>> {
    let kept = symmetric(loose, scene)?;
    let key = match loose.text("alg")? {
        "dir" => kept,
        _ => bare::unwrap(kept.octets(), &loose.parts.octets(ENCRYPTED_KEY))?,
    };
    let [vector, ciphertext, tag] = [VECTOR, CIPHERTEXT, TAG].map(|part| loose.parts.octets(part));
    let whole = bare::gcm_tag(&key, &vector, loose.part(0).as_bytes(), &ciphertext).ok()?;
    let is_short = (1..TAG_LENGTH).contains(&tag.len());
    if !is_short || !whole.starts_with(&tag) {
        return None;
    }
    Some(bare::gcm_crypt(&key, &vector, &ciphertext).ok()?.to_vec())
}

fn by_gcm(scene: &Scene<'_>, text: &str) -> Option<Opened> {
    let loose = Loose::read(text).filter(|loose| loose.text("alg") == Some("A256GCMKW"))?;
    let member = |name: &str| {
        loose
            .header
            .get(name)
            .and_then(Value::as_str)
            .map(bare::octets)
    };
    let wrapping = symmetric(&loose, scene)?;
    let parts: &Compact = &loose.parts;
    let key = bare::decrypt(
        wrapping.octets(),
        &member("iv")?,
        b"",
        &parts.octets(ENCRYPTED_KEY),
        &member("tag")?,
    )?;
    let plaintext = bare::decrypt(
        &key,
        &parts.octets(VECTOR),
        loose.part(0).as_bytes(),
        &parts.octets(CIPHERTEXT),
        &parts.octets(TAG),
    )?;
    claims(scene, &plaintext)
}
