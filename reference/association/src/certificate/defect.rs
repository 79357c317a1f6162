use openssl_sys as sys;
use thiserror::Error;

/// Why a certification path is not valid (RFC 5280, 6.1), as OpenSSL finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum PathDefect {
    /// Its end of validity is past.
    #[error("certificate has expired")]
    Expired,
    /// Its beginning of validity is to come.
    #[error("certificate is not yet valid")]
    NotYetValid,
    /// No path leads to a trust anchor.
    #[error("no path from the certificate to a trust anchor")]
    UnknownIssuer,
    /// It is signed by its own key, and is no trust anchor.
    #[error("certificate is self-signed and no trust anchor")]
    SelfSigned,
    /// A signature in the path is wrong.
    #[error("signature of a certificate is wrong")]
    Signature,
    /// An issuer is no certificate authority.
    #[error("issuer is no certificate authority")]
    NotAuthority,
    /// An issuer may not sign certificates.
    #[error("keyUsage of the issuer lacks keyCertSign")]
    CertificateSigning,
    /// There are more authorities than one of them permits.
    #[error("path is longer than pathLenConstraint permits")]
    PathLength,
    /// There are more certificates than any path may have.
    #[error("path is too long")]
    TooLong,
    /// A name is outside the permitted, or inside the excluded, subtrees.
    #[error("name violates the name constraints of an authority")]
    NameConstraints,
    /// A constraint has a form that cannot be applied.
    #[error("name constraints have a form that cannot be applied")]
    ConstraintForm,
    /// A critical extension is not known.
    #[error("critical extension is unknown")]
    CriticalExtension,
    /// extKeyUsage does not name the role of the peer.
    #[error("extKeyUsage does not allow this use")]
    Purpose,
    /// Anything else, with the number that OpenSSL gives it.
    #[error("path is not valid (X509_V_ERR {0})")]
    Other(i32),
}

impl PathDefect {
    pub(crate) fn from_openssl(code: i32) -> Self {
        match code {
            sys::X509_V_ERR_CERT_HAS_EXPIRED => Self::Expired,
            sys::X509_V_ERR_CERT_NOT_YET_VALID => Self::NotYetValid,
            sys::X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT
            | sys::X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
            | sys::X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE
            | sys::X509_V_ERR_CERT_UNTRUSTED => Self::UnknownIssuer,
            sys::X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
            | sys::X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN => Self::SelfSigned,
            sys::X509_V_ERR_CERT_SIGNATURE_FAILURE
            | sys::X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE => Self::Signature,
            sys::X509_V_ERR_INVALID_CA | sys::X509_V_ERR_INVALID_NON_CA => Self::NotAuthority,
            sys::X509_V_ERR_KEYUSAGE_NO_CERTSIGN => Self::CertificateSigning,
            sys::X509_V_ERR_PATH_LENGTH_EXCEEDED => Self::PathLength,
            sys::X509_V_ERR_CERT_CHAIN_TOO_LONG => Self::TooLong,
            sys::X509_V_ERR_PERMITTED_VIOLATION | sys::X509_V_ERR_EXCLUDED_VIOLATION => {
                Self::NameConstraints
            }
            sys::X509_V_ERR_SUBTREE_MINMAX
            | sys::X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE
            | sys::X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX
            | sys::X509_V_ERR_UNSUPPORTED_NAME_SYNTAX => Self::ConstraintForm,
            sys::X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION => Self::CriticalExtension,
            sys::X509_V_ERR_INVALID_PURPOSE => Self::Purpose,
            other => Self::Other(other),
        }
    }
}

/// Why a certificate or raw public key is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum CertificateDefect {
    /// It is not DER of X.509.
    #[error("certificate does not parse")]
    Malformed,
    /// Its path is not valid.
    #[error(transparent)]
    Path(#[from] PathDefect),
    /// A key in the path is not on secp256r1 (TS-0003 V3.18.0, 10.1.1.1).
    #[error("key is not on secp256r1")]
    Curve,
    /// A point in the path is not uncompressed (TS-0003 V3.18.0, 10.1.1.1).
    #[error("point of the key is not uncompressed")]
    PointForm,
    /// A certificate is not signed with ecdsa-with-SHA256 (TS-0003 V3.18.0, 10.1.1.1 and 10.1.1.3).
    #[error("certificate is not signed with ecdsa-with-SHA256")]
    SignatureAlgorithm,
    /// keyUsage is missing, or lacks digitalSignature (TS-0003 V3.18.0, 10.1.1.1).
    #[error("keyUsage with digitalSignature is missing")]
    KeyUsage,
    /// A name has a wildcard (TS-0003 V3.18.0, 10.1.1.5 to 10.1.1.8).
    #[error("subjectAltName has a wildcard")]
    Wildcard,
    /// It matches no peer that is configured (TS-0003 V3.18.0, 8.1.2.5).
    #[error("no identifier in subjectAltName is one that is expected")]
    Name,
    /// The raw public key matches no identifier that is configured (TS-0003 V3.18.0, 10.1.2).
    #[error("raw public key matches no identifier that is expected")]
    PublicKey,
}

impl CertificateDefect {
    /// The number by which OpenSSL chooses the alert that fits best (RFC 5246, 7.2.2).
    pub(crate) fn for_openssl(self) -> i32 {
        match self {
            Self::Malformed | Self::Name | Self::PublicKey | Self::Wildcard | Self::PointForm => {
                sys::X509_V_ERR_CERT_REJECTED
            }
            Self::Curve | Self::KeyUsage | Self::SignatureAlgorithm => {
                sys::X509_V_ERR_INVALID_PURPOSE
            }
            Self::Path(path) => match path {
                PathDefect::Expired => sys::X509_V_ERR_CERT_HAS_EXPIRED,
                PathDefect::UnknownIssuer => sys::X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
                PathDefect::SelfSigned => sys::X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
                PathDefect::TooLong => sys::X509_V_ERR_CERT_CHAIN_TOO_LONG,
                PathDefect::Purpose | PathDefect::CriticalExtension => {
                    sys::X509_V_ERR_INVALID_PURPOSE
                }
                PathDefect::NotYetValid
                | PathDefect::Signature
                | PathDefect::NotAuthority
                | PathDefect::CertificateSigning
                | PathDefect::PathLength
                | PathDefect::NameConstraints
                | PathDefect::ConstraintForm => sys::X509_V_ERR_CERT_REJECTED,
                PathDefect::Other(code) => code,
            },
        }
    }
}
