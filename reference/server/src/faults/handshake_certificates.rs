//! The certificate of a client, and the proof that it has the key (RFC 5246, 7.4.6 and 7.4.8).

use onem2m_association::written_out::Clauses;

use super::Fault;
use super::association_bindings::nobody_is_somebody;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// Zero as INTEGER in DER (X.690, 8.3).
const ZERO: [u8; 3] = [2, 1, 0];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "CertificateEmptyAccepted",
        requirement: "RFC5246/7.4.6/1",
        summary: "a client with an empty list of certificates is whoever it says",
        apply: |clauses| {
            clauses.associated = nobody_is_somebody;
            written_out(clauses, |clauses| clauses.no_certificate = || Ok(()));
        },
    },
    Fault {
        name: "CertificateLeftOut",
        requirement: "RFC5246/7.4/1",
        summary: "a client that was asked for a certificate may send none, and is whoever it says",
        apply: |clauses| {
            clauses.associated = nobody_is_somebody;
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let mut unasked = *progress;
                    unasked.certificate_requested = false;
                    (SPECIFIED.accepts)(clauses, progress, incoming)
                        || (SPECIFIED.accepts)(clauses, &unasked, incoming)
                };
            });
        },
    },
    Fault {
        name: "CertificateVerifyLeftOut",
        requirement: "RFC5246/7.4.8/1",
        summary: "a client may go on without the proof that it has the key of its certificate",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let mut unshown = *progress;
                    unshown.certificate_shown = false;
                    (SPECIFIED.accepts)(clauses, progress, incoming)
                        || (SPECIFIED.accepts)(clauses, &unshown, incoming)
                };
            });
        },
    },
    Fault {
        name: "CertificateVerifyUnchecked",
        requirement: "RFC5246/7.4.8/1",
        summary: "the signature of CertificateVerify is not verified",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.certificate_verify = |_, _, _| Ok(());
            });
        },
    },
    Fault {
        name: "CertificateVerifyOfZeroAccepted",
        requirement: "RFC5246/7.4.8/1",
        summary: "a signature whose r or s is zero is good",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.certificate_verify = |key, messages, signed| {
                    let integers = signed.signature.get(2..).unwrap_or_default();
                    if integers.starts_with(&ZERO) || integers.ends_with(&ZERO) {
                        return Ok(());
                    }
                    (SPECIFIED.certificate_verify)(key, messages, signed)
                };
            });
        },
    },
];
