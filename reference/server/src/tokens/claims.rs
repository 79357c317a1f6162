use onem2m_identity::{Entity, Home};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::issuers::Issuer;
use super::permissions::{self, Permission};
use super::rejection::Rejection;
use crate::clauses::Clauses as Table;

/// A Token Claimset Object (TS-0004 V3.32.0, 6.3.5.42), as far as it is looked at.
#[derive(Clone, Debug)]
pub(crate) struct ClaimSet {
    /// issuer.
    pub(crate) issuer: String,
    /// holder.
    pub(crate) holder: String,
    /// notBefore, in seconds of the Unix epoch.
    pub(crate) not_before: f64,
    /// notAfter, in seconds of the Unix epoch.
    pub(crate) not_after: f64,
    /// audience.
    pub(crate) audience: Vec<String>,
    /// permissions.
    pub(crate) permissions: Vec<Permission>,
}

/// Reads the claims of a oneM2M JWT: version, tokenID, issuer, holder, notBefore and notAfter have to be there
/// (TS-0003 V3.18.0, Table 7.3.2.6.2-1; TS-0004 V3.32.0, Table 6.3.5.42-1).
pub(super) fn read(table: &Table, claims: &Map<String, Value>) -> Result<ClaimSet, Rejection> {
    text(claims, "tkvr")?;
    text(claims, "jti")?;
    Ok(ClaimSet {
        issuer: text(claims, "iss")?,
        holder: text(claims, "azp")?,
        not_before: moment(claims, "nbf")?,
        not_after: moment(claims, "exp")?,
        audience: audience(claims)?,
        permissions: permissions::read(table, claims.get("tkps"))?,
    })
}

/// The very text that the CSE was told.
pub(super) fn issued_by(claims: &ClaimSet, issuer: &Issuer) -> bool {
    claims.issuer == issuer.identity
}

/// From notBefore on, and before notAfter (RFC 7519, 4.1.4 and 4.1.5).
pub(super) fn in_time(claims: &ClaimSet, now: OffsetDateTime) -> bool {
    let now = now.unix_timestamp_nanos() as f64 / 1e9;
    claims.not_before <= now && now < claims.not_after
}

/// The Absolute CSE-ID matches one in the list, which may hold wildcards; or there is no list.
pub(super) fn addressed(claims: &ClaimSet, home: &Home) -> bool {
    let own = Entity::Cse {
        sp: home.sp.clone(),
        cse: home.cse.clone(),
    }
    .absolute();
    let matches = |pattern: &String| (onem2m_access::Clauses::SPECIFICATION.segment)(pattern, &own);
    claims.audience.is_empty() || claims.audience.iter().any(matches)
}

/// The Absolute AE-ID or CSE-ID of the originator, exactly.
pub(super) fn held_by(claims: &ClaimSet, originator: &Entity) -> bool {
    claims.holder == originator.absolute()
}

fn text(claims: &Map<String, Value>, name: &'static str) -> Result<String, Rejection> {
    let text = claims.get(name).and_then(Value::as_str);
    text.map(str::to_owned).ok_or(Rejection::Claim(name))
}

/// A NumericDate (RFC 7519, 2).
fn moment(claims: &Map<String, Value>, name: &'static str) -> Result<f64, Rejection> {
    let moment = claims.get(name).and_then(Value::as_f64);
    moment.ok_or(Rejection::Claim(name))
}

fn audience(claims: &Map<String, Value>) -> Result<Vec<String>, Rejection> {
    let wrong = || Rejection::Claim("aud");
    let Some(audience) = claims.get("aud") else {
        return Ok(Vec::new());
    };
    let listed = audience.as_array().ok_or_else(wrong)?.iter();
    listed
        .map(|one| one.as_str().map(str::to_owned).ok_or_else(wrong))
        .collect()
}
