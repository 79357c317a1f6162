//! The path from a certificate to a trust anchor, and the profile of what is in it (RFC 5280, 6.1; TS-0003 V3.18.0,
//! 8.1.2.2 and 10.1.1).

use onem2m_association::{Clauses, PathDefect};

use super::Fault;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;
/// ecdsa-with-SHA1 (ANSI X9.62; RFC 3279, 2.2.3).
const ECDSA_WITH_SHA1: &str = "1.2.840.10045.4.1";
/// ecdsa-with-SHA384 (RFC 5758, 3.2).
const ECDSA_WITH_SHA384: &str = "1.2.840.10045.4.3.3";
/// rsaEncryption (RFC 3279, 2.3.1).
const RSA: &str = "1.2.840.113549.1.1.1";
/// sha256WithRSAEncryption (RFC 4055, 5).
const RSA_WITH_SHA256: &str = "1.2.840.113549.1.1.11";
/// id-ecPublicKey (RFC 5480, 2.1.1).
const ELLIPTIC_CURVE: &str = "1.2.840.10045.2.1";

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "CertificateExpiredAccepted",
        requirement: "RFC5280/6.1/1",
        summary: "the end of the validity of a certificate is not looked at",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::Expired;
        },
    },
    Fault {
        name: "CertificateNotYetValidAccepted",
        requirement: "RFC5280/6.1/1",
        summary: "the beginning of the validity of a certificate is not looked at",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::NotYetValid;
        },
    },
    Fault {
        name: "CertificateOfAnyAuthorityAccepted",
        requirement: "TS-0003/8.1.2.2/5",
        summary: "a certificate need not lead to a trust anchor",
        apply: |clauses| {
            clauses.association.tolerates =
                |defect| matches!(defect, PathDefect::UnknownIssuer | PathDefect::SelfSigned);
        },
    },
    Fault {
        name: "CertificateSelfSignedAccepted",
        requirement: "TS-0003/8.1.2.2/5",
        summary: "a certificate that is signed by its own key is its own trust anchor",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::SelfSigned;
        },
    },
    Fault {
        name: "CertificateSignatureUnchecked",
        requirement: "RFC5280/6.1/1",
        summary: "an issuer is known by its name, and its signature is not verified",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::Signature;
        },
    },
    Fault {
        name: "CertificateOfEndEntityAccepted",
        requirement: "RFC5280/6.1/1",
        summary: "whoever may sign certificates by keyUsage, or has none, is an authority",
        apply: |clauses| {
            // OpenSSL finds of such an issuer that it is none, and that it is not for this purpose.
            clauses.association.tolerates =
                |defect| matches!(defect, PathDefect::NotAuthority | PathDefect::Purpose);
        },
    },
    Fault {
        name: "CertificatePathLengthUnchecked",
        requirement: "RFC5280/6.1/1",
        summary: "pathLenConstraint is not looked at",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::PathLength;
        },
    },
    Fault {
        name: "CertificateNameConstraintsUnchecked",
        requirement: "TS-0003/8.1.2.2/2",
        summary: "name constraints of authorities are not looked at",
        apply: |clauses| {
            clauses.association.tolerates = |defect| {
                matches!(
                    defect,
                    PathDefect::NameConstraints | PathDefect::ConstraintForm
                )
            };
        },
    },
    Fault {
        name: "CertificateCriticalExtensionIgnored",
        requirement: "RFC5280/6.1/1",
        summary: "a critical extension that is not known is ignored like others",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::CriticalExtension;
        },
    },
    Fault {
        name: "CertificatePurposeUnchecked",
        requirement: "RFC5280/6.1/1",
        summary: "a client may show a certificate whose extKeyUsage is that of servers",
        apply: |clauses| {
            clauses.association.tolerates = |defect| defect == PathDefect::Purpose;
        },
    },
    Fault {
        name: "CertificateWithoutUsageAccepted",
        requirement: "TS-0003/10.1.1.1/5",
        summary: "a certificate without keyUsage is taken to be for everything",
        apply: |clauses| {
            clauses.association.key_usage =
                |certificate| certificate.digital_signature != Some(false);
        },
    },
    Fault {
        name: "CertificateUsageUnchecked",
        requirement: "TS-0003/10.1.1.1/5",
        summary: "keyUsage is not looked at, where it is there",
        apply: |clauses| {
            clauses.association.key_usage = |certificate| certificate.digital_signature.is_some();
        },
    },
    Fault {
        name: "CertificateOnAnyCurveAccepted",
        requirement: "TS-0003/10.1.1.1/2",
        summary: "the key of a certificate may be on P-384 or P-521",
        apply: |clauses| {
            clauses.association.groups = || "P-256:P-384:P-521";
            clauses.association.signature_algorithms = || "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512";
            clauses.association.curve = |key| key.algorithm == ELLIPTIC_CURVE;
        },
    },
    Fault {
        name: "CertificateOfRsaAccepted",
        requirement: "TS-0003/10.1.1.1/2",
        summary: "the key of a certificate may be one of RSA",
        apply: |clauses| {
            clauses.association.signature_algorithms = || "ECDSA+SHA256:RSA+SHA256";
            clauses.association.curve = |key| key.algorithm == RSA || (SPECIFIED.curve)(key);
            clauses.association.point_form =
                |key| key.algorithm == RSA || (SPECIFIED.point_form)(key);
            clauses.association.signature_algorithm = |certificate| {
                certificate.signature_algorithm == RSA_WITH_SHA256
                    || (SPECIFIED.signature_algorithm)(certificate)
            };
        },
    },
    Fault {
        name: "CertificateWithCompressedPointAccepted",
        requirement: "TS-0003/10.1.1.1/3",
        summary: "the point of a key may be compressed",
        apply: |clauses| clauses.association.point_form = |_| true,
    },
    Fault {
        name: "CertificateWithSha1Accepted",
        requirement: "TS-0003/10.1.1.1/4",
        summary: "a certificate may be signed with SHA-1",
        apply: |clauses| {
            clauses.association.signature_algorithms = || "ECDSA+SHA256:ECDSA+SHA1";
            clauses.association.signature_algorithm = |certificate| {
                certificate.signature_algorithm == ECDSA_WITH_SHA1
                    || (SPECIFIED.signature_algorithm)(certificate)
            };
        },
    },
    Fault {
        name: "CertificateWithSha384Accepted",
        requirement: "TS-0003/10.1.1.3/1",
        summary: "a certificate may be signed with SHA-384",
        apply: |clauses| {
            clauses.association.signature_algorithms = || "ECDSA+SHA256:ECDSA+SHA384";
            clauses.association.signature_algorithm = |certificate| {
                certificate.signature_algorithm == ECDSA_WITH_SHA384
                    || (SPECIFIED.signature_algorithm)(certificate)
            };
        },
    },
];
