//! How the CSE answers what it opened (TS-0003 V3.18.0, 8.4.2, step C.8, and 8.4.3.2; TS-0004 V3.32.0, 7.6.2, step M).

use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::{Clauses as EsPrim, ContentType, Direction, Header, Serialization};
use onem2m_envelope::{ContentEncryption, IV_LENGTH};
use onem2m_keys::{PairwiseEsPrimKey, SessionEsPrimKey};
use onem2m_primitive::ResponseStatusCode;
use onem2m_primitive::serialization::write_response;
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::end_to_end::protection;

const SPECIFIED: EsPrim = EsPrim::SPECIFICATION;
const OK: ResponseStatusCode = ResponseStatusCode::OK;

/// The octets of a tag that are left where it is cut: 96 bits.
const CUT: usize = 12;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ResponseInTheClear",
        requirement: "TS-0004/7.6.2/10",
        summary: "an inner response is the outer one",
        apply: |clauses| {
            clauses.end_to_end.outer = |inner, _| (inner.status, inner.content.clone());
        },
    },
    Fault {
        name: "FailureInTheClear",
        requirement: "TS-0004/7.6.2/9",
        summary: "an inner request that fails is answered in the clear",
        apply: |clauses| {
            clauses.end_to_end.outer = |inner, object| match inner.status.is_success() {
                true => protection::outer(inner, object),
                false => (inner.status, inner.content.clone()),
            };
        },
    },
    Fault {
        name: "ResponseStatusOfInner",
        requirement: "TS-0004/7.6.2/10",
        summary: "the outer response has the status code of the inner one",
        apply: |clauses| {
            clauses.end_to_end.outer = |inner, object| {
                let (_, content) = protection::outer(inner, object);
                (inner.status, content)
            };
        },
    },
    Fault {
        name: "ResponseLeaksInner",
        requirement: "TS-0003/8.4.2/65",
        summary: "the content of the inner response stands beside the object",
        apply: |clauses| {
            clauses.end_to_end.outer = |inner, object| {
                let (status, mut content) = protection::outer(inner, object);
                if let (Some(content), Some(Value::Object(more))) = (&mut content, &inner.content) {
                    for (name, value) in more {
                        rewrite::member(content, name, value.clone());
                    }
                }
                (status, content)
            };
        },
    },
    Fault {
        name: "ResponseTellsInnerStatus",
        requirement: "TS-0003/8.4.2/65",
        summary: "the status code of the inner response stands beside the object",
        apply: |clauses| {
            clauses.end_to_end.outer = |inner, object| {
                let (status, content) = protection::outer(inner, object);
                let mut content = content.unwrap_or_default();
                let told = format!("the request came to {}", inner.status.number());
                rewrite::member(&mut content, "m2m:dbg", json!(told));
                (status, Some(content))
            };
        },
    },
    Fault {
        name: "ResponseWithoutType",
        requirement: "TS-0004/7.6.2/10",
        summary: "the securityInfo of a response has an object and no type",
        apply: |clauses| {
            clauses.end_to_end.outer =
                |_, object| (OK, Some(json!({ "m2m:seci": { "epo": object } })));
        },
    },
    Fault {
        name: "ResponseWithTypeOfRandObject",
        requirement: "TS-0004/7.6.2/10",
        summary: "the securityInfo of a response has the type of a rand object",
        apply: |clauses| {
            clauses.end_to_end.outer =
                |_, object| (OK, Some(json!({ "m2m:seci": { "sit": 4, "epo": object } })));
        },
    },
    Fault {
        name: "ResponseWithOriginatorObject",
        requirement: "TS-0003/8.4.3.2/11",
        summary: "a response brings the rand object of the originator back",
        apply: |clauses| {
            clauses.end_to_end.esprim.answer_header = |received, enc, serialization, rro| Header {
                oro: Some(received.session.originator.clone()),
                ..(SPECIFIED.answer_header)(received, enc, serialization, rro)
            };
        },
    },
    Fault {
        name: "ResponseUnderOtherAlgorithm",
        requirement: "TS-0003/8.4.2/64",
        summary: "a response is encrypted with what the CSE likes best, listed or not",
        apply: |clauses| {
            clauses.end_to_end.esprim.answer_encryption = |received| match received.header.enc {
                ContentEncryption::A256Gcm => ContentEncryption::A128Gcm,
                _ => ContentEncryption::A256Gcm,
            };
        },
    },
    Fault {
        name: "ResponseWithoutKeyId",
        requirement: "TS-0003/8.4.2/64",
        summary: "kid of a response is the entity of the key",
        apply: |clauses| {
            clauses.end_to_end.esprim.answer_header = |received, enc, serialization, rro| Header {
                kid: received.entity.clone(),
                ..(SPECIFIED.answer_header)(received, enc, serialization, rro)
            };
        },
    },
    Fault {
        name: "ResponseRandIdsSwapped",
        requirement: "TS-0003/8.4.2/64",
        summary: "ori and rri of a response are exchanged",
        apply: |clauses| {
            clauses.end_to_end.esprim.answer_header = |received, enc, serialization, rro| {
                let header = (SPECIFIED.answer_header)(received, enc, serialization, rro);
                Header {
                    ori: header.rri.clone(),
                    rri: header.ori.clone(),
                    ..header
                }
            };
        },
    },
    Fault {
        name: "ResponseContentTypeOfRequest",
        requirement: "TS-0003/8.4.3.2/8",
        summary: "cty of a response is that of a request",
        apply: |clauses| {
            clauses.end_to_end.esprim.answer_header = |received, enc, serialization, rro| Header {
                cty: Some(ContentType::new(Direction::Request, Serialization::Json)),
                ..(SPECIFIED.answer_header)(received, enc, serialization, rro)
            };
        },
    },
    Fault {
        name: "ResponseWrapped",
        requirement: "TS-0003/8.4.2/65",
        summary: "an inner response has an element around it",
        apply: |clauses| {
            clauses.end_to_end.response_plaintext = |response| {
                let wrapped = json!({ "m2m:rsp": write_response(response) });
                wrapped.to_string().into_bytes()
            };
        },
    },
    Fault {
        name: "ResponseContentAlone",
        requirement: "TS-0003/8.4.2/65",
        summary: "of an inner response the content is encrypted alone",
        apply: |clauses| {
            clauses.end_to_end.response_plaintext = |response| {
                let content = response.content.clone().unwrap_or_default();
                content.to_string().into_bytes()
            };
        },
    },
    Fault {
        name: "ResponseVectorOfRequest",
        requirement: "TS-0003/8.4.3.2/17",
        summary: "a response has the initialization vector of its request",
        apply: |clauses| {
            clauses.end_to_end.initialization_vector =
                |randomness, request| match <[u8; IV_LENGTH]>::try_from(request) {
                    Ok(same) => Ok(same),
                    Err(_) => protection::initialization_vector(randomness, request),
                };
        },
    },
    Fault {
        name: "ResponseVectorConstant",
        requirement: "TS-0003/8.4.3.2/17",
        summary: "every response has the same initialization vector",
        apply: |clauses| clauses.end_to_end.initialization_vector = |_, _| Ok([0; IV_LENGTH]),
    },
    Fault {
        name: "ResponseVectorOfOneOctet",
        requirement: "TS-0003/8.4.3.2/17",
        summary: "one octet of the initialization vectors is random",
        apply: |clauses| {
            clauses.end_to_end.initialization_vector = |randomness, _| {
                let [octet] = randomness.octets()?;
                Ok([0xaa, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, octet])
            };
        },
    },
    Fault {
        name: "ResponseUnderOtherKey",
        requirement: "TS-0003/8.4.2/63",
        summary: "a response has a session key of its own, derived from that of the request",
        apply: |clauses| {
            clauses.end_to_end.seal = |header, key, octets, iv, plaintext| {
                let pairwise = PairwiseEsPrimKey::new(key.octets());
                let own = SessionEsPrimKey::over(&pairwise, &[b"response"]);
                protection::seal(header, &own, octets, iv, plaintext)
            };
        },
    },
    Fault {
        name: "ResponseTagCut",
        requirement: "TS-0003/8.4.3.2/17",
        summary: "the tag of a response has 96 bits",
        apply: |clauses| {
            clauses.end_to_end.seal = |header, key, octets, iv, plaintext| {
                let object = protection::seal(header, key, octets, iv, plaintext)?;
                let parts = Compact::read(&object);
                let mut tag = parts.octets(4);
                tag.truncate(CUT);
                Ok(parts.with(4, &tag).to_string())
            };
        },
    },
    Fault {
        name: "ResponseTagWithoutHeader",
        requirement: "TS-0003/8.4.2/63",
        summary: "the header of a response is not authenticated",
        apply: |clauses| {
            clauses.end_to_end.seal = |header, key, octets, iv, plaintext| {
                let object = protection::seal(header, key, octets, iv, plaintext)?;
                let content_key = (SPECIFIED.content_key)(key, header.enc, octets);
                let sealed = header.enc.seal(&content_key, iv, &[], plaintext)?;
                Ok(Compact::read(&object).with(4, &sealed.tag).to_string())
            };
        },
    },
    Fault {
        name: "ResponseWithEncryptedKey",
        requirement: "TS-0003/8.4.3.2/4",
        summary: "the second part of a response is not empty",
        apply: |clauses| {
            clauses.end_to_end.seal = |header, key, octets, iv, plaintext| {
                let object = protection::seal(header, key, octets, iv, plaintext)?;
                Ok(Compact::read(&object).with(1, &[0; 8]).to_string())
            };
        },
    },
    Fault {
        name: "ResponsePadded",
        requirement: "TS-0003/8.4.3.2/2",
        summary: "the parts of a response are padded",
        apply: |clauses| {
            clauses.end_to_end.seal = |header, key, octets, iv, plaintext| {
                let object = protection::seal(header, key, octets, iv, plaintext)?;
                let padded = object.split('.').map(|part| {
                    let missing = (4 - part.len() % 4) % 4;
                    format!("{part}{}", "=".repeat(missing))
                });
                Ok(padded.collect::<Vec<_>>().join("."))
            };
        },
    },
    Fault {
        name: "ResponseUnencryptedWithTag",
        requirement: "TS-0003/8.4.2/63",
        summary: "the inner response stands in the object as it is, with a tag",
        apply: |clauses| {
            clauses.end_to_end.seal = |header, key, octets, iv, plaintext| {
                let object = protection::seal(header, key, octets, iv, plaintext)?;
                Ok(Compact::read(&object).with(3, plaintext).to_string())
            };
        },
    },
];
