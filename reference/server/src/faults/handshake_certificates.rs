//! The certificate of a client, and the proof that it has the key (RFC 5246, 7.4.6 and 7.4.8).

use onem2m_association::messages::SignatureScheme;
use onem2m_association::written_out::Clauses;
use p256::AffinePoint;
use p256::ecdsa::VerifyingKey;

use super::Fault;
use super::association_bindings::nobody_is_somebody;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// Zero as INTEGER in DER (X.690, 8.3).
const ZERO: [u8; 3] = [2, 1, 0];

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "CertificateOfAnyPlace",
        requirement: "RFC5280/6.1/1",
        summary: "the certificate of the client is the last of its list from which a path leads to an anchor",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.judge = |configuration, chain| {
                    let behind = (0..chain.len())
                        .rev()
                        .filter_map(|place| chain.get(place..));
                    let judged = |chain| (SPECIFIED.judge)(configuration, chain).ok();
                    let found = behind.map(judged).find_map(|judged| judged);
                    found.map_or_else(|| (SPECIFIED.judge)(configuration, chain), Ok)
                };
            });
        },
    },
    Fault {
        name: "CertificateOfOtherKeysUnverified",
        requirement: "TS-0003/10.1.1.1/2",
        summary: "certificates may have keys of any kind, and what other than ECDSA proves is not verified",
        apply: |clauses| {
            clauses.association.curve = |_| true;
            clauses.association.point_form = |_| true;
            clauses.association.signature_algorithm = |_| true;
            written_out(clauses, |clauses| {
                clauses.public_key = |info| {
                    let generator = VerifyingKey::from_affine(AffinePoint::GENERATOR);
                    (SPECIFIED.public_key)(info).or_else(|refusal| generator.map_err(|_| refusal))
                };
                clauses.certificate_verify = |key, messages, signed| match signed.algorithm
                    == SignatureScheme::ECDSA_SECP256R1_SHA256
                {
                    true => (SPECIFIED.certificate_verify)(key, messages, signed),
                    false => Ok(()),
                };
            });
        },
    },
    Fault {
        name: "CertificateTypeOfServersChoice",
        requirement: "RFC7250/4.2/1",
        summary: "a client is asked for the type of certificate that the server knows, whatever it offers",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.certificate_type = |offered, known| {
                    let chosen = (SPECIFIED.certificate_type)(offered, known);
                    chosen.or_else(|refusal| known.last().copied().ok_or(refusal))
                };
            });
        },
    },
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
