//! A token from its order.

use super::{NoToken, encryption, signature};
use crate::catalogue::behaviour::{Forgery, TokenOrder};
use crate::profile::{KnownIssuer, Provisioned, TokenClass};
use serde_json::{Map, Value};
use time::OffsetDateTime;

/// What a token is composed of.
pub struct Ingredients<'i> {
    /// Who issues it.
    pub issuer: &'i KnownIssuer,
    /// What is special about it.
    pub order: &'i TokenOrder,
    /// Its claims.
    pub claims: Map<String, Value>,
    /// The time on the IUT's clock.
    pub now: OffsetDateTime,
    /// What is random of it.
    pub seed: String,
    /// Keys that are for something else.
    pub foreign: Foreign<'i>,
    /// The identifier of the resource that publishes a certificate.
    pub published: String,
}

/// Keys that an IUT has for something else than tokens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Foreign<'i> {
    /// For ESPrim.
    pub pairwise: Option<&'i Provisioned>,
    /// For associations.
    pub association: Option<&'i Provisioned>,
}

/// Composes a token.
pub fn compose(ingredients: &Ingredients<'_>) -> Result<String, NoToken> {
    let order = ingredients.order;
    let claims = Value::from(ingredients.claims.clone()).to_string();
    let mut token = match (order.class, order.forged) {
        (TokenClass::SignatureOnly | TokenClass::Unsecured, _) => {
            signature::sign(ingredients, &claims, &order.header)?
        }
        (TokenClass::EncryptionOnly, _) => encryption::seal(ingredients, &claims, None)?,
        (TokenClass::Nested, Some(Forgery::InnerBare)) => {
            encryption::seal(ingredients, &claims, Some(0))?
        }
        (TokenClass::Nested, _) => {
            let inner = signature::sign(ingredients, &claims, &Map::new())?;
            encryption::seal(ingredients, &inner, Some(0))?
        }
    };
    for layer in 1..=order.layers.unwrap_or_default() {
        token = encryption::seal(ingredients, &token, Some(layer))?;
    }
    Ok(token)
}
