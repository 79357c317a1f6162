//! What a Target takes of encrypted content (TS-0003 V3.18.0, 8.5.2.2.1, D and E, and 8.5.3.2; TS-0004 V3.32.0, 6.3.4.2.38).

use onem2m_envelope::EnvelopeError;
use onem2m_envelope::esdata::Envelope;

use super::Fault;
use super::esdata_lenient::{Encrypted, or_else};
use crate::application::esdata::{Failure, Found, opening};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsDataTagUnchecked",
        requirement: "TS-0003/8.5.2.2.1/11",
        summary: "plaintext is given out whatever its tag is",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |failure| match failure {
                    Failure::Refused(EnvelopeError::Tag) => {
                        Encrypted::read(situation, content)?.decrypted(situation)
                    }
                    _ => None,
                })
            };
        },
    },
    Fault {
        name: "EsDataTagOfAnyLength",
        requirement: "TS-0003/8.5.2.2.1/11",
        summary: "of a tag as many octets are compared as there are",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Encrypted::read(situation, content)?;
                    let right = object.right_tag(situation)?;
                    let is_cut = object.tag.len() < right.len() && right.starts_with(&object.tag);
                    object.decrypted(situation).filter(|_| is_cut)
                })
            };
        },
    },
    Fault {
        name: "EsDataAdditionalDataUncovered",
        requirement: "TS-0003/8.5.2.2.1/11",
        summary: "additional data is given out whatever the tag says of it",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Encrypted::read(situation, content)?;
                    object.additional.as_ref()?;
                    object.decrypted(situation)
                })
            };
        },
    },
    Fault {
        name: "EsDataEncryptedKeyBesideDirect",
        requirement: "TS-0003/8.5.3.2/1",
        summary: "an encrypted key beside dir is not looked at",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Encrypted::read(situation, content)?;
                    let is_right = !object.encrypted_key.is_empty()
                        && object.right_tag(situation)?.as_slice() == object.tag;
                    object.decrypted(situation).filter(|_| is_right)
                })
            };
        },
    },
    Fault {
        name: "EsDataCriticalIgnored",
        requirement: "TS-0003/8.5.3.2/5",
        summary: "crit of a JWE is not looked at",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let object = Encrypted::read(situation, content)?;
                    let is_right = object.header.contains_key("crit")
                        && object.right_tag(situation)?.as_slice() == object.tag;
                    object.decrypted(situation).filter(|_| is_right)
                })
            };
        },
    },
    Fault {
        name: "EsDataUnopenedDelivered",
        requirement: "TS-0003/8.5.2.2.1/11",
        summary: "of an envelope for others the ciphertext is given out as the payload",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |failure| match failure {
                    Failure::Refused(EnvelopeError::NoKey) => Some(Found::plain(
                        &Encrypted::read(situation, content)?.ciphertext,
                    )),
                    _ => None,
                })
            };
        },
    },
    Fault {
        name: "EsDataFirstRecipientAlone",
        requirement: "TS-0003/8.5.2.2.1/10",
        summary: "of several recipients the first one alone is looked at",
        apply: |clauses| {
            clauses.esdata.unwrap = |clauses, situation, envelope| {
                if let Envelope::Encrypted(jwe) = envelope
                    && let Some(first) = jwe.headers().next()
                    && (clauses.decryption_key)(clauses, situation, first).is_none()
                {
                    return Err(EnvelopeError::NoKey.into());
                }
                opening::unwrap(clauses, situation, envelope)
            };
        },
    },
    Fault {
        name: "EsDataUnreadableIsPlain",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "what is no envelope of the form that contentInfo says is given out as it is",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |failure| match failure {
                    Failure::Unreadable(_) => Some(Found::plain(content.as_bytes())),
                    _ => None,
                })
            };
        },
    },
    Fault {
        name: "EsDataContentInfoDecides",
        requirement: "TS-0003/8.5.2.2.1/11",
        summary: "content of which contentInfo does not say that it is secured is taken in a container where it has to be",
        apply: |clauses| {
            clauses.esdata.unsecured = |content| Ok(Found::plain(content.as_bytes()));
        },
    },
];
