//! Every clause counts: where it is forgotten, a vector is answered otherwise.

use std::borrow::Cow;

use onem2m_envelope::bare::{gcm_crypt, gcm_tag};
use onem2m_envelope::esprim::{Clauses, Members, RandOctets, Readings, Refusal};
use onem2m_envelope::{ContentEncryption, base64url};
use onem2m_keys::{ContentKeyOctets, SESSION_KEY_LABEL, SessionEsPrimKey, SessionKeyAlgorithm};
use onem2m_vectors::{Kind, Vector, VectorFile};
use serde_json::Value;

type Fault = (&'static str, fn(&mut Clauses));

const AS_SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// What an implementer can forget.
const FAULTS: &[Fault] = &[
    ("parts beyond the fifth are ignored", |clauses| {
        clauses.parts = |object| {
            let mut parts = object.split('.');
            let mut next = || parts.next().unwrap_or("");
            Ok([next(), next(), next(), next(), next()])
        };
    }),
    ("padding and white space are skipped", |clauses| {
        clauses.base64url = |part, text| {
            let cleaned = text
                .replace(['=', '\n'], "")
                .replace('+', "-")
                .replace('/', "_");
            (AS_SPECIFIED.base64url)(part, &cleaned)
        };
    }),
    ("the last of two members counts", |clauses| {
        clauses.header_members =
            |octets| serde_json::from_slice(octets).map_err(|_| Refusal::Missing { member: "alg" });
    }),
    ("any alg is direct encryption", |clauses| {
        clauses.algorithm = |_| Ok(())
    }),
    ("enc is A256GCM where it is missing", |clauses| {
        clauses.encryption = |members| match members.get("enc") {
            None => Ok(ContentEncryption::A256Gcm),
            Some(_) => (AS_SPECIFIED.encryption)(members),
        };
    }),
    ("zip is ignored", |clauses| clauses.compression = |_| Ok(())),
    ("crit is ignored", |clauses| clauses.critical = |_| Ok(())),
    ("an encrypted key is ignored", |clauses| {
        clauses.encrypted_key = |_| Ok(())
    }),
    ("a vector of any length is taken", |clauses| {
        clauses.initialization_vector = |_| Ok(());
        clauses.decrypt = |_, key, form, aad| {
            let tag = gcm_tag(key, &form.iv, aad, &form.ciphertext).map_err(Refusal::Form)?;
            if form.tag == tag {
                gcm_crypt(key, &form.iv, &form.ciphertext).map_err(Refusal::Form)
            } else {
                Err(Refusal::Tag)
            }
        };
    }),
    ("a tag of any length is taken", |clauses| {
        clauses.tag = |_| Ok(());
        clauses.decrypt = |_, key, form, aad| {
            let tag = gcm_tag(key, &form.iv, aad, &form.ciphertext).map_err(Refusal::Form)?;
            if tag.starts_with(&form.tag) {
                gcm_crypt(key, &form.iv, &form.ciphertext).map_err(Refusal::Form)
            } else {
                Err(Refusal::Tag)
            }
        };
    }),
    ("the tag is not looked at", |clauses| {
        clauses.decrypt =
            |_, key, form, _| gcm_crypt(key, &form.iv, &form.ciphertext).map_err(Refusal::Form);
    }),
    ("an empty ciphertext is taken", |clauses| {
        clauses.ciphertext = |_| Ok(())
    }),
    ("a kid that is no text is written as one", |clauses| {
        clauses.key_id = |members| {
            Ok(members
                .get("kid")
                .map_or_else(String::new, Value::to_string))
        };
    }),
    ("any cty is taken", |clauses| {
        clauses.content_type = |_, _| Ok(None)
    }),
    ("ori is taken from oro", |clauses| {
        clauses.originator_id = |members| {
            let ori = members.get("oro").and_then(|oro| oro["esri"].as_str());
            ori.map_or_else(
                || (AS_SPECIFIED.originator_id)(members),
                |ori| Ok(ori.into()),
            )
        };
    }),
    ("rri is taken as it is", |clauses| {
        clauses.receiver_id = |members| {
            Ok(members
                .get("rri")
                .and_then(Value::as_str)
                .unwrap_or("rr-0001")
                .into())
        };
    }),
    ("rand objects come from either side", |clauses| {
        clauses.misplaced = |_, _| Ok(())
    }),
    ("oro is not read", |clauses| {
        clauses.oro = |_, _, _| Ok(None)
    }),
    ("rro is not read", |clauses| {
        clauses.rro = |_, _, _| Ok(None)
    }),
    ("identifiers are any text", |clauses| {
        clauses.rand_id = |_| Ok(());
        clauses.originator_id = |members| (AS_SPECIFIED.key_id)(&renamed(members, "ori"));
    }),
    ("values are any text", |clauses| {
        clauses.rand_value = |_, _| Ok(())
    }),
    ("an unknown kid stands for the first key", |clauses| {
        clauses.key_named = |_, _| true
    }),
    ("kid is compared in any letters", |clauses| {
        clauses.key_named = |key, kid| key.id.eq_ignore_ascii_case(kid);
    }),
    ("any key serves", |clauses| clauses.key_permitted = |_| true),
    ("keys last for ever", |clauses| {
        clauses.key_current = |_, _| true
    }),
    ("rri is compared in any letters", |clauses| {
        clauses.issued_named = |issued, rri| issued.object.id().eq_ignore_ascii_case(rri);
    }),
    ("a rand object is for everybody", |clauses| {
        clauses.issued_to = |_, _| true
    }),
    ("the receiver trusts its object for ever", |clauses| {
        clauses.issued_current = |_, _| true
    }),
    ("ori is compared in any letters", |clauses| {
        clauses.recorded_named = |recorded, ori| recorded.object.id().eq_ignore_ascii_case(ori);
    }),
    ("identifiers are unique for everybody", |clauses| {
        clauses.recorded_for = |_, _| true
    }),
    ("oro is always the object in use", |clauses| {
        clauses.first_use = |_, _| true
    }),
    ("the last object stands for an unknown one", |clauses| {
        clauses.unknown_originator =
            |situation, _, _| situation.directory.recorded(&|_| true).cloned();
    }),
    ("an identifier gets another value", |clauses| {
        clauses.unchanged = |_, _| true
    }),
    ("objects of originators last for ever", |clauses| {
        clauses.originator_current = |_, _| true
    }),
    ("the originator may outlive the receiver", |clauses| {
        clauses.originator_within = |_, _| true
    }),
    ("the originator has to end before", |clauses| {
        clauses.originator_within = |originator, receiver| originator < receiver;
    }),
    ("nothing is recorded", |clauses| {
        clauses.record = |_, _, _, _| None
    }),
    ("any algorithm is HMAC-SHA256", |clauses| {
        clauses.key_algorithm = |_| Some(SessionKeyAlgorithm::HmacSha256);
    }),
    ("any derivation is offered", |clauses| {
        clauses.key_algorithm_offered = |_, _| true
    }),
    ("no algorithm is enough", |clauses| {
        clauses.some_protocol = |_| true
    }),
    ("the offer is decoration", |clauses| {
        clauses.protocol_offered = |_, _| true
    }),
    ("enc is anything", |clauses| {
        clauses.encryption_listed = |_, _| true
    }),
    ("the octets are always those of json-long", |clauses| {
        clauses.session_key = |clauses, readings, key, algorithm, contributions| {
            let readings = Readings {
                rand_octets: RandOctets::JsonLong,
                ..*readings
            };
            (AS_SPECIFIED.session_key)(clauses, &readings, key, algorithm, contributions)
        };
    }),
    ("the originator goes first", |clauses| {
        clauses.derive = |_, key, receiver, originator| {
            SessionEsPrimKey::over(key, &[originator, receiver, SESSION_KEY_LABEL.as_bytes()])
        };
    }),
    ("the label is left out", |clauses| {
        clauses.derive =
            |_, key, receiver, originator| SessionEsPrimKey::over(key, &[receiver, originator]);
    }),
    ("the other octets are the content key", |clauses| {
        clauses.content_key = |key, enc, octets| {
            let other = match octets {
                ContentKeyOctets::Leftmost => ContentKeyOctets::Rightmost,
                ContentKeyOctets::Rightmost => ContentKeyOctets::Leftmost,
            };
            (AS_SPECIFIED.content_key)(key, enc, other)
        };
    }),
    ("the header is written again for the tag", |clauses| {
        clauses.additional_data = |form| {
            let again = Value::from(form.members.clone()).to_string();
            Cow::Owned(base64url::encode(again.as_bytes()).into_bytes())
        };
    }),
    ("the header is not authenticated", |clauses| {
        clauses.additional_data = |_| Cow::Borrowed(b"");
    }),
    ("replays are forgotten", |clauses| {
        clauses.replayed = |_, _| false
    }),
    ("the format is sniffed", |clauses| {
        clauses.serialization = |_, plaintext| (AS_SPECIFIED.serialization)(None, plaintext);
    }),
    ("any inner From will do", |clauses| {
        clauses.from = |_, _| true
    }),
    ("no inner From is the right one", |clauses| {
        clauses.from = |entity, from| from.is_none_or(|from| from == entity);
    }),
    ("the inner From begins with the identity", |clauses| {
        clauses.from = |entity, from| from.is_some_and(|from| from.starts_with(entity));
    }),
    ("the inner From is compared in any letters", |clauses| {
        clauses.from = |entity, from| from.is_some_and(|from| from.eq_ignore_ascii_case(entity));
    }),
    ("a response may have any kid", |clauses| {
        clauses.response_key = |_, _| true
    }),
    ("a response may have any ori", |clauses| {
        clauses.response_originator = |_, _| true
    }),
    ("a response may have any rri", |clauses| {
        clauses.response_receiver = |_, _| true
    }),
    ("a response may come late", |clauses| {
        clauses.response_current = |_, _| true
    }),
    ("a response may have any enc", |clauses| {
        clauses.response_encryption_listed = |_, _| true
    }),
    ("rro is dropped", |clauses| {
        clauses.response_record = |_| None
    }),
];

#[test]
fn every_fault_changes_the_answer_to_a_vector() {
    let file = VectorFile::embedded(Kind::EsPrim).unwrap();
    for (name, apply) in FAULTS {
        let mut clauses = AS_SPECIFIED;
        apply(&mut clauses);
        let notices =
            |vector: &Vector| vector.answer_by(&clauses).unwrap() != vector.expected.of_reference();
        assert!(
            file.vectors.iter().any(notices),
            "no vector notices that {name}"
        );
    }
}

/// The members with another one in the place of `kid`.
fn renamed(members: &Members, member: &str) -> Members {
    members
        .get(member)
        .map(|value| ("kid".to_owned(), value.clone()))
        .into_iter()
        .collect()
}
