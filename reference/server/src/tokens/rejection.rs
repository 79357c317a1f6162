use onem2m_envelope::EnvelopeError;
use onem2m_primitive::ResponseStatusCode;
use thiserror::Error;

use crate::refusal::Refusal;

/// Why a token is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Rejection {
    /// There are more than are looked at.
    #[error("expected at most {expected} tokens, got {got}")]
    TooMany { expected: usize, got: usize },
    /// It is no m2m:dynAuthJWT, or does not follow the profile.
    #[error("expected a token: {0}")]
    Malformed(EnvelopeError),
    /// Nobody whose tokens are taken has the credential that its header names.
    #[error("expected the credential of a token issuer")]
    NoIssuer,
    /// It is not secured as its issuer permits, or its security does not hold.
    #[error("expected a token that is secured as its issuer permits: {0}")]
    Security(EnvelopeError),
    /// A claim is missing or of another type.
    #[error("expected the claim {0}")]
    Claim(&'static str),
    /// It claims to be of somebody else than who secured it.
    #[error("expected the issuer whose credential secures the token")]
    Issuer,
    /// It is not valid now.
    #[error("expected a token that is valid now")]
    Time,
    /// It is for other CSEs.
    #[error("expected a token for this cse")]
    Audience,
    /// It is held by somebody else.
    #[error("expected a token of the originator")]
    Holder,
}

/// An error, as TS-0003 V3.18.0, 7.3.2.3, step 7.1.4 demands without saying which. Beyond the form of the text nothing is said of
/// why, which would help to find out keys.
pub(super) fn refusal(rejection: &Rejection) -> Refusal {
    match rejection {
        Rejection::TooMany { .. } | Rejection::Malformed(_) => {
            Refusal::bad_request("expected few tokens of the form of m2m:dynAuthJWT")
        }
        _ => Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "expected valid tokens of the originator for this cse",
        ),
    }
}
