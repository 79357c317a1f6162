//! How a Source secures content (TS-0003 V3.18.0, 8.5.2.2.1, B and C, 8.5.2.3.1, B, and 8.5.2.4; TS-0004 V3.32.0, 6.3.3).

use onem2m_envelope::esdata::{ContentSecurity, SecurityClass};
use onem2m_envelope::jwe::{Addressed, seal_compact};
use onem2m_envelope::jws::{Signed, sign_flattened};
use onem2m_envelope::{DirectKey, EncryptionKey, base64url};
use serde_json::{Map, Value};

use super::Fault;
use crate::application::esdata::{Material, Plan, protecting};

/// Random octets that anybody can foresee.
const FORESEEN: [u8; 32] = [7; 32];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsDataContentInfoUnsecured",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "contentInfo of secured content says that it is not secured",
        apply: |clauses| {
            clauses.esdata.content_info = |media_type, _| format!("{media_type}:0:0");
        },
    },
    Fault {
        name: "EsDataContentInfoOfEnvelope",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "contentInfo tells the media type of the envelope instead of that of the payload",
        apply: |clauses| {
            clauses.esdata.content_info =
                |_, form| protecting::content_info("application/jose", form);
        },
    },
    Fault {
        name: "EsDataDirectForSeveral",
        requirement: "TS-0003/8.5.2.2.1/1",
        summary: "content for several Targets is encrypted directly, under the key of the first",
        apply: |clauses| {
            clauses.esdata.encrypt = |plan, plaintext, content_type, random| {
                let header = named(plan);
                match (plan.recipients.len(), direct(plan)) {
                    (0 | 1, _) | (_, None) => {
                        protecting::encrypt(plan, plaintext, content_type, random)
                    }
                    (_, Some(key)) => {
                        let key = EncryptionKey::Direct(key);
                        let one = Addressed {
                            key: &key,
                            header: &header,
                        };
                        Ok(seal_compact(one, plan.encryption, plaintext, random)?)
                    }
                }
            };
        },
    },
    Fault {
        name: "EsDataVectorRepeated",
        requirement: "TS-0003/8.5.2.2.1/7",
        summary: "content that is encrypted directly has the same initialization vector each time",
        apply: |clauses| {
            clauses.esdata.seed = |plan| match is_direct(plan) {
                true => Ok(FORESEEN),
                false => protecting::seed(plan),
            };
        },
    },
    Fault {
        name: "EsDataContentKeyRepeated",
        requirement: "TS-0003/8.5.2.2.1/4",
        summary: "the key that is made for a content is the same each time, and its initialization vector too",
        apply: |clauses| {
            clauses.esdata.seed = |plan| match is_direct(plan) {
                true => protecting::seed(plan),
                false => Ok(FORESEEN),
            };
        },
    },
    Fault {
        name: "EsDataSameEncryptedKey",
        requirement: "TS-0003/8.5.2.2.1/5",
        summary: "every Target is sent the encrypted key of the first",
        apply: |clauses| {
            clauses.esdata.encrypt = |plan, plaintext, content_type, random| {
                let sealed = protecting::encrypt(plan, plaintext, content_type, random)?;
                Ok(altered(&sealed, |object| {
                    let recipients = object.get_mut("recipients").and_then(Value::as_array_mut);
                    let Some(recipients) = recipients else {
                        return;
                    };
                    let first = recipients.first().and_then(|one| one.get("encrypted_key"));
                    let first = first.cloned().unwrap_or_default();
                    for one in recipients.iter_mut().filter_map(Value::as_object_mut) {
                        one.insert("encrypted_key".into(), first.clone());
                    }
                }))
            };
        },
    },
    Fault {
        name: "EsDataAdditionalDataBeside",
        requirement: "TS-0003/8.5.2.2.1/7",
        summary: "additional data stands beside the envelope, and the tag does not cover it",
        apply: |clauses| {
            clauses.esdata.encrypt = |plan, plaintext, content_type, random| {
                let without = Plan {
                    additional: None,
                    ..plan.clone()
                };
                let sealed = protecting::encrypt(&without, plaintext, content_type, random)?;
                Ok(match plan.additional {
                    None => sealed,
                    Some(data) => altered(&sealed, |object| {
                        object.insert("aad".into(), base64url::encode(data).into());
                    }),
                })
            };
        },
    },
    Fault {
        name: "EsDataSignerUnprotected",
        requirement: "TS-0003/8.5.2.3.1/1",
        summary: "the credential of a signature is named where the signature does not cover it",
        apply: |clauses| {
            clauses.esdata.sign = |form, signers, payload| {
                let (ContentSecurity::Json, [key]) = (form, signers) else {
                    return protecting::sign(form, signers, payload);
                };
                let missing = || protecting::Unprotected::NoSignature(key.kid.clone());
                let own = key.signing().ok_or_else(missing)?;
                let signed = Signed {
                    key: &own,
                    header: &Map::new(),
                };
                let signed = sign_flattened(signed, payload)?;
                Ok(altered(&signed, |object| {
                    object.insert("header".into(), serde_json::json!({"kid": key.kid}));
                }))
            };
        },
    },
    Fault {
        name: "EsDataCodeInside",
        requirement: "TS-0003/8.5.3.4/1",
        summary: "what is encrypted then is signed by message authentication codes too",
        apply: |clauses| clauses.esdata.signs_inside = |_| true,
    },
    Fault {
        name: "EsDataEnvelopeSigned",
        requirement: "TS-0003/8.5.2.4/2",
        summary: "content of the nested class is encrypted first and signed then",
        apply: |clauses| {
            clauses.esdata.compose = |clauses, plan, random| {
                if plan.class != SecurityClass::NestedSignThenEncrypt {
                    return protecting::compose(clauses, plan, random);
                }
                let sealed = (clauses.encrypt)(plan, plan.payload, None, random)?;
                let mut signers = plan.signers.iter();
                let signer = signers.find(|key| (clauses.signs_inside)(key));
                let signers: Vec<_> = signer.into_iter().collect();
                (clauses.sign)(plan.form, &signers, sealed.as_bytes())
            };
        },
    },
];

fn is_direct(plan: &Plan<'_>) -> bool {
    let mut keys = plan.recipients.iter().map(|one| one.key.encryption());
    keys.any(|key| matches!(key, Some(EncryptionKey::Direct(_))))
}

/// The key of the first Target, used directly.
fn direct(plan: &Plan<'_>) -> Option<DirectKey> {
    match &plan.recipients.first()?.key.material {
        Material::Symmetric(key) => DirectKey::new(plan.encryption, key.clone()).ok(),
        _ => None,
    }
}

fn named(plan: &Plan<'_>) -> Map<String, Value> {
    let first = plan.recipients.first();
    let kid = first.map(|one| ("kid".to_owned(), one.key.kid.as_str().into()));
    Map::from_iter(kid)
}

/// A JSON serialization after a change; another text as it is.
fn altered(text: &str, change: impl FnOnce(&mut Map<String, Value>)) -> String {
    let Ok(Value::Object(mut object)) = serde_json::from_str(text) else {
        return text.to_owned();
    };
    change(&mut object);
    Value::from(object).to_string()
}
