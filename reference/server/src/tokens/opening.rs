use onem2m_envelope::token::{Permitted, Token};
use onem2m_envelope::{EnvelopeError, Header};
use serde_json::{Map, Value};

use super::certificates;
use super::claims::ClaimSet;
use super::issuers::Issuer;
use super::keys::Ring;
use super::rejection::Rejection;
use crate::scene::Scene;

/// A token whose security holds.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// What it claims, by an issuer that secured it.
    pub(crate) claims: ClaimSet,
}

/// Reads a token, opens it with what its issuer gave to the CSE, and reads its claims (TS-0003 V3.18.0, 7.3.2.6.3). Whether they
/// hold for a request is not asked here.
pub(super) fn open(scene: &Scene<'_>, text: &str) -> Result<Opened, Rejection> {
    let clauses = &scene.clauses.tokens;
    let token = (clauses.read)(text).map_err(Rejection::Malformed)?;
    let header = token.header().map_err(Rejection::Malformed)?;
    let issuer = (clauses.issuer_of)(scene, header).ok_or(Rejection::NoIssuer)?;
    let claims = (clauses.secured)(scene, issuer, &token).map_err(Rejection::Security)?;
    let claims = (clauses.claim_set)(scene.clauses, &claims)?;
    if (clauses.issued_by)(&claims, issuer) {
        Ok(Opened { claims })
    } else {
        Err(Rejection::Issuer)
    }
}

/// The issuer that has a key of that identifier, or that is named in the certificate.
pub(super) fn issuer_of<'a>(scene: &Scene<'a>, header: Header<'_>) -> Option<&'a Issuer> {
    let issuers = &scene.configuration.tokens.as_deref()?.issuers;
    let has_key = |issuer: &&Issuer| (scene.clauses.tokens.key)(issuer, header).is_some();
    let is_named = |issuer: &&Issuer| {
        let certified = issuer.certified.as_ref();
        certified.is_some_and(|certified| certificates::names(scene, certified, header))
    };
    issuers
        .iter()
        .find(has_key)
        .or_else(|| issuers.iter().find(is_named))
}

/// What the issuer said.
pub(super) fn permitted(issuer: &Issuer) -> Permitted {
    issuer.permitted.clone()
}

/// The claims, if the token is of a class and by algorithms that its issuer permits, and opens with the keys for that.
pub(super) fn secured(
    scene: &Scene<'_>,
    issuer: &Issuer,
    token: &Token,
) -> Result<Map<String, Value>, EnvelopeError> {
    let permitted = (scene.clauses.tokens.permitted)(issuer);
    token.open(&permitted, &Ring { scene, issuer })
}
