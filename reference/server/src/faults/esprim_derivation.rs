//! Session keys, and what both sides agreed to use (TS-0003 V3.18.0, 8.4.2, steps C.6b.2 and C.6c, and 10.3.8).

use onem2m_envelope::esprim::{
    Clauses as EsPrim, Expiry, Form, OriginatorRand, RandOctets, Readings, Received, Refusal,
    ValueEncoding,
};
use onem2m_envelope::{ContentEncryption, SymmetricKey};
use onem2m_keys::{
    ContentKeyOctets, PairwiseEsPrimKey, SESSION_KEY_LABEL, SessionEsPrimKey, SessionKeyAlgorithm,
};
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::end_to_end::object;
use crate::end_to_end::{EndToEnd, Vault};
use crate::receive::Desk;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;
const LABEL: &[u8] = SESSION_KEY_LABEL.as_bytes();

type Derive = fn(SessionKeyAlgorithm, &PairwiseEsPrimKey, &[u8], &[u8]) -> SessionEsPrimKey;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "DeriveSwapped",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the session key is derived from the originator object before the receiver object",
        apply: |clauses| clauses.end_to_end.esprim.derive = swapped,
    },
    Fault {
        name: "DeriveWithoutLabel",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the session key is derived without the label",
        apply: |clauses| clauses.end_to_end.esprim.derive = without_label,
    },
    Fault {
        name: "DeriveWithOtherLabel",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the label of the session key names SHA256 alone",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive = |_, key, receiver, originator| {
                let label = SESSION_KEY_LABEL.replace("HMAC-SHA256", "SHA256");
                SessionEsPrimKey::over(key, &[receiver, originator, label.as_bytes()])
            };
        },
    },
    Fault {
        name: "DeriveWithTerminatedLabel",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the label of the session key ends with a zero octet",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive = |_, key, receiver, originator| {
                SessionEsPrimKey::over(key, &[receiver, originator, LABEL, &[0]])
            };
        },
    },
    Fault {
        name: "DeriveLabelFirst",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the label comes before the rand objects",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive = |_, key, receiver, originator| {
                SessionEsPrimKey::over(key, &[LABEL, receiver, originator])
            };
        },
    },
    Fault {
        name: "DeriveFromReceiverAlone",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the originator object takes no part in the session key",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive =
                |_, key, receiver, _| SessionEsPrimKey::over(key, &[receiver, LABEL]);
        },
    },
    Fault {
        name: "DeriveFromOriginatorAlone",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the receiver object takes no part in the session key",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive =
                |_, key, _, originator| SessionEsPrimKey::over(key, &[originator, LABEL]);
        },
    },
    Fault {
        name: "DeriveKeyedByRandObjects",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the rand objects are the key of the HMAC, and the pairwise key is hashed",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive = |_, key, receiver, originator| {
                let rand = PairwiseEsPrimKey::new(&[receiver, originator].concat());
                SessionEsPrimKey::over(&rand, &[key.octets(), LABEL])
            };
        },
    },
    Fault {
        name: "DeriveNothing",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "the pairwise key is the session key, if it is long enough",
        apply: |clauses| {
            clauses.end_to_end.esprim.derive = |_, key, _, _| {
                SessionEsPrimKey::from_slice(key.octets())
                    .unwrap_or_else(|_| SessionEsPrimKey::over(key, &[LABEL]))
            };
        },
    },
    Fault {
        name: "DeriveEveryWay",
        requirement: "TS-0003/10.3.8.2/1",
        summary: "several derivations are tried until one opens the object",
        apply: |clauses| clauses.end_to_end.judge = every_way,
    },
    Fault {
        name: "DeriveFromValues",
        requirement: "TS-0003/8.4.2/58",
        summary: "the random values stand for the rand objects",
        apply: |clauses| {
            clauses.end_to_end.esprim.session_key =
                |clauses, readings, key, algorithm, contributions| {
                    let readings = reading(readings, RandOctets::ValueText, RandOctets::JsonShort);
                    (SPECIFIED.session_key)(clauses, &readings, key, algorithm, contributions)
                };
        },
    },
    Fault {
        name: "DeriveFromLongNames",
        requirement: "TS-0003/8.4.2/58",
        summary: "the rand objects are written with the names of the specification",
        apply: |clauses| {
            clauses.end_to_end.esprim.session_key =
                |clauses, readings, key, algorithm, contributions| {
                    let readings = reading(readings, RandOctets::JsonLong, RandOctets::JsonShort);
                    (SPECIFIED.session_key)(clauses, &readings, key, algorithm, contributions)
                };
        },
    },
    Fault {
        name: "ContentKeyOfOtherEnd",
        requirement: "TS-0003/8.4.2/43",
        summary: "a shorter key is taken from the other end of the session key",
        apply: |clauses| {
            clauses.end_to_end.esprim.content_key = |key, enc, octets| {
                let other = match octets {
                    ContentKeyOctets::Leftmost => ContentKeyOctets::Rightmost,
                    ContentKeyOctets::Rightmost => ContentKeyOctets::Leftmost,
                };
                (SPECIFIED.content_key)(key, enc, other)
            };
        },
    },
    Fault {
        name: "ContentKeyWhole",
        requirement: "TS-0003/8.5.3.2/2",
        summary: "the whole session key decrypts, whatever enc says",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.content_key = |key, _, _| SymmetricKey::new(key.octets());
            esprim.decrypt =
                |_, key, form, aad| (SPECIFIED.decrypt)(ContentEncryption::A256Gcm, key, form, aad);
        },
    },
    Fault {
        name: "KeyAlgorithmIgnored",
        requirement: "TS-0003/8.4.2/57",
        summary: "every algorithm to derive the session key is taken for HMAC-SHA256",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.key_algorithm = |_| Some(SessionKeyAlgorithm::HmacSha256);
            esprim.key_algorithm_offered = |_, _| true;
        },
    },
    Fault {
        name: "ProtocolsNotOffered",
        requirement: "TS-0003/8.4.2/59",
        summary: "the originator may list algorithms that the receiver did not offer",
        apply: |clauses| clauses.end_to_end.esprim.protocol_offered = |_, _| true,
    },
    Fault {
        name: "ProtocolsEmpty",
        requirement: "TS-0003/8.4.2/59",
        summary: "the originator may list no algorithm, which stands for all",
        apply: |clauses| {
            let esprim = &mut clauses.end_to_end.esprim;
            esprim.some_protocol = |_| true;
            esprim.encryption_listed =
                |enc, listed| listed.is_empty() || (SPECIFIED.encryption_listed)(enc, listed);
        },
    },
    Fault {
        name: "EncryptionNotListed",
        requirement: "TS-0003/8.4.2/60",
        summary: "an object may be encrypted with what the originator does not list",
        apply: |clauses| clauses.end_to_end.esprim.encryption_listed = |_, _| true,
    },
    Fault {
        name: "OriginatorObjectCompleted",
        requirement: "TS-0003/8.4.3.1.1/1",
        summary: "what is missing in a rand object of the originator is filled in",
        apply: |clauses| clauses.end_to_end.esprim.oro = completed,
    },
    Fault {
        name: "OriginatorObjectAsText",
        requirement: "TS-0004/6.3.5.50/1",
        summary: "a rand object of the originator may stand in a text",
        apply: |clauses| {
            clauses.end_to_end.esprim.oro = |clauses, form, encoding| {
                changed(clauses, form, encoding, |oro| {
                    let text = oro.as_str().map(str::to_owned);
                    if let Some(object) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                        *oro = object;
                    }
                })
            };
        },
    },
    Fault {
        name: "OriginatorValueUnread",
        requirement: "TS-0004/6.3.5.50/1",
        summary: "the random value of the originator may be any text, the empty one included",
        apply: |clauses| clauses.end_to_end.esprim.rand_value = |_, _| Ok(()),
    },
    Fault {
        name: "OriginatorExpiryOfOtherForms",
        requirement: "TS-0004/6.3.5.50/1",
        summary: "an expiry may have hyphens, colons and a zone",
        apply: |clauses| {
            clauses.end_to_end.esprim.oro = |clauses, form, encoding| {
                changed(clauses, form, encoding, |oro| {
                    let text = oro
                        .get("esrx")
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .to_owned();
                    let plain = text.replace(['-', ':'], "");
                    let plain = plain.trim_end_matches('Z');
                    if Expiry::read(&text).is_err() && Expiry::read(plain).is_ok() {
                        rewrite::member(oro, "esrx", json!(plain));
                    }
                })
            };
        },
    },
];

fn swapped(
    _: SessionKeyAlgorithm,
    key: &PairwiseEsPrimKey,
    receiver: &[u8],
    originator: &[u8],
) -> SessionEsPrimKey {
    SessionEsPrimKey::over(key, &[originator, receiver, LABEL])
}

fn without_label(
    _: SessionKeyAlgorithm,
    key: &PairwiseEsPrimKey,
    receiver: &[u8],
    originator: &[u8],
) -> SessionEsPrimKey {
    SessionEsPrimKey::over(key, &[receiver, originator])
}

fn every_way(
    desk: &Desk<'_>,
    vault: &Vault,
    settings: &EndToEnd,
    text: &str,
) -> Result<Received, Refusal> {
    let ways: [Derive; 2] = [swapped, without_label];
    let mut judged = object::judge(desk, vault, settings, text);
    for derive in ways {
        if !matches!(judged, Err(Refusal::Tag)) {
            break;
        }
        let mut clauses = *desk.clauses;
        clauses.end_to_end.esprim.derive = derive;
        let desk = Desk {
            clauses: &clauses,
            ..*desk
        };
        judged = object::judge(&desk, vault, settings, text);
    }
    judged
}

/// Another reading of the rand objects than that of the receiver.
fn reading(readings: &Readings, wrong: RandOctets, instead: RandOctets) -> Readings {
    let rand_octets = match readings.rand_octets == wrong {
        true => instead,
        false => wrong,
    };
    Readings {
        rand_octets,
        ..*readings
    }
}

fn completed(
    clauses: &EsPrim,
    form: &Form<'_>,
    encoding: ValueEncoding,
) -> Result<Option<OriginatorRand>, Refusal> {
    changed(clauses, form, encoding, |oro| {
        let ori = form.members.get("ori").cloned();
        let Some(members) = oro.as_object_mut() else {
            return;
        };
        for (name, value) in [
            ("esri", ori.unwrap_or_default()),
            ("esrx", json!(1000)),
            ("esk", json!(1)),
            ("espa", json!([10, 11, 12])),
        ] {
            members.entry(name).or_insert(value);
        }
    })
}

/// As specified, of a header in which oro is changed.
fn changed(
    clauses: &EsPrim,
    form: &Form<'_>,
    encoding: ValueEncoding,
    change: impl FnOnce(&mut Value),
) -> Result<Option<OriginatorRand>, Refusal> {
    let mut form = form.clone();
    let Some(oro) = form.members.get_mut("oro") else {
        return Ok(None);
    };
    change(oro);
    form.header = Value::Object(form.members.clone()).to_string();
    (SPECIFIED.oro)(clauses, &form, encoding)
}
