//! What a Target takes for content that was signed and then encrypted (TS-0003 V3.18.0, 8.5.2.4 and 8.5.3.4).

use onem2m_envelope::esdata::{ContentSecurity, Envelope, SecurityClass};

use super::Fault;
use super::esdata_lenient::or_else;
use crate::application::esdata::{Clauses, Failure, Found, Situation, opening};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsDataInnerEnvelopeDelivered",
        requirement: "TS-0003/8.5.2.4/4",
        summary: "what a nested envelope holds is given out once it is decrypted",
        apply: |clauses| clauses.esdata.unwrap = decrypted,
    },
    Fault {
        name: "EsDataNestedInAnyOrder",
        requirement: "TS-0003/8.5.2.4/3",
        summary: "content that was encrypted first and signed then passes for nested",
        apply: |clauses| {
            clauses.esdata.opened = |clauses, situation, info, content| {
                or_else(clauses, situation, info, content, |_| {
                    let outer = Envelope::read_compact(content).ok()?;
                    let signed = verified(clauses, situation, &outer)?;
                    let inner = str::from_utf8(&signed.payload).ok()?;
                    let inner = Envelope::read_compact(inner).ok()?;
                    let opened = decrypted(clauses, situation, &inner).ok()?;
                    Some(Found {
                        signers: signed.signers,
                        ..opened
                    })
                })
            };
        },
    },
    Fault {
        name: "EsDataEncryptorIsSigner",
        requirement: "TS-0003/8.5.2.4/4",
        summary: "the credential of the outer envelope is recorded as that of the signer",
        apply: |clauses| {
            clauses.esdata.unwrap = |clauses, situation, envelope| {
                let found = opening::unwrap(clauses, situation, envelope)?;
                Ok(match found.recipient.clone() {
                    Some(recipient) if !found.signers.is_empty() => Found {
                        signers: vec![recipient],
                        ..found
                    },
                    _ => found,
                })
            };
        },
    },
    Fault {
        name: "EsDataCodeInsideAccepted",
        requirement: "TS-0003/8.5.3.4/1",
        summary: "inside an encrypted envelope a message authentication code counts as a signature",
        apply: |clauses| {
            clauses.esdata.unwrap = |clauses, situation, envelope| {
                opening::unwrap(clauses, situation, envelope)
                    .or_else(|failure| inside(clauses, situation, envelope).ok_or(failure))
            };
        },
    },
];

/// What an envelope holds, whatever that is.
fn decrypted(
    clauses: &Clauses,
    situation: &Situation<'_>,
    envelope: &Envelope,
) -> Result<Found, Failure> {
    let Envelope::Encrypted(jwe) = envelope else {
        return opening::unwrap(clauses, situation, envelope);
    };
    let opened = jwe.open(|header| (clauses.decryption_key)(clauses, situation, header))?;
    let recipient = jwe.headers().nth(opened.recipient);
    let recipient = recipient.and_then(|header| header.key_identifier());
    Ok(Found {
        additional: jwe.additional_data().map(<[u8]>::to_vec),
        recipient: recipient.map(str::to_owned),
        ..Found::plain(&opened.plaintext)
    })
}

fn verified(clauses: &Clauses, situation: &Situation<'_>, envelope: &Envelope) -> Option<Found> {
    let situation = Situation {
        expected: SecurityClass::SignatureOnly,
        ..*situation
    };
    opening::unwrap(clauses, &situation, envelope).ok()
}

/// What is signed in any way inside an envelope.
fn inside(clauses: &Clauses, situation: &Situation<'_>, envelope: &Envelope) -> Option<Found> {
    if situation.expected != SecurityClass::NestedSignThenEncrypt {
        return None;
    }
    let outer = decrypted(clauses, situation, envelope).ok()?;
    let inner = str::from_utf8(&outer.payload).ok()?;
    let inner = Envelope::read(ContentSecurity::Compact, inner).ok()?;
    verified(clauses, situation, &inner)
}
