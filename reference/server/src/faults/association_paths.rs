//! The path from a certificate to a trust anchor, and the profile of what is in it (RFC 5280, 6.1; TS-0003 V3.18.0,
//! 8.1.2.2 and 10.1.1).

use onem2m_association::PathDefect;

use super::Fault;

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
        name: "CertificateOfAnyHolderAccepted",
        requirement: "RFC5280/6.1/1",
        summary: "whoever has a certificate is an authority, whatever it is for",
        apply: |clauses| {
            clauses.association.tolerates = |defect| {
                matches!(
                    defect,
                    PathDefect::NotAuthority | PathDefect::Purpose | PathDefect::CertificateSigning
                )
            };
        },
    },
    Fault {
        name: "CertificateSignedAnyhow",
        requirement: "TS-0003/10.1.1.3/1",
        summary: "certificates may be signed with any algorithm",
        apply: |clauses| clauses.association.signature_algorithm = |_| true,
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
        name: "CertificateUsageUnchecked",
        requirement: "TS-0003/10.1.1.1/5",
        summary: "keyUsage is not looked at, where it is there",
        apply: |clauses| {
            clauses.association.key_usage = |certificate| certificate.digital_signature.is_some();
        },
    },
];
