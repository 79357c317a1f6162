//! Tokens of the actors of a world.

use super::World;
use crate::catalogue::behaviour::{IssuerChoice, TokenOrder};
use crate::profile::{KnownIssuer, TokenClass};
use crate::purposes::stop::Stop;
use crate::tester::template::Unfilled;
use crate::tester::tokens::{Foreign, Ingredients, NoToken, compose, published};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

/// For how many seconds before and after the present a token is valid.
const BEFORE: i64 = 60;
const AFTER: i64 = 3600;

impl World<'_> {
    /// The tokens that a step brings for a target.
    pub async fn tokens(
        &mut self,
        step: &str,
        actor: &str,
        target: &str,
        orders: &[TokenOrder],
    ) -> Result<Vec<String>, Stop> {
        let mut tokens = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            let label = format!("{step} {number}");
            let token = self.token(step, &label, actor, target, order).await?;
            let copies = order.copies.unwrap_or(1);
            tokens.extend(std::iter::repeat_n(token, copies));
        }
        Ok(tokens)
    }

    /// The certificate that the tester publishes in place of that of a certified issuer, in base64.
    pub fn certificate_to_publish(&mut self, step: &str) -> Result<String, Stop> {
        let now = self.now(step)?;
        let issuer = self.issuer(IssuerChoice::Certified, step)?;
        published(issuer, now).map_err(|error| untold(step, &error))
    }

    async fn token(
        &mut self,
        step: &str,
        label: &str,
        actor: &str,
        target: &str,
        order: &TokenOrder,
    ) -> Result<String, Stop> {
        let now = self.now(step)?;
        let claims = self.claims(step, label, actor, target, order, now).await?;
        let published = self.find(step, actor)?;
        let issuer = self.issuer(order.issuer, step)?;
        let facts = self.facts();
        let ingredients = Ingredients {
            issuer,
            order,
            claims,
            now,
            seed: format!("{}/{}/{label}", facts.seed, self.words.naming.tag()),
            foreign: Foreign {
                pairwise: facts.pairwise.first(),
                association: facts.provisioned.iter().find(|it| it.entity.is_some()),
            },
            published,
        };
        compose(&ingredients).map_err(|error| untold(step, &error))
    }

    async fn claims(
        &mut self,
        step: &str,
        label: &str,
        actor: &str,
        target: &str,
        order: &TokenOrder,
        now: OffsetDateTime,
    ) -> Result<Map<String, Value>, Stop> {
        let holder = order.holder.as_deref().unwrap_or(actor);
        let holder = self.fill_text(step, format!("{{abs-ID:{holder}}}")).await?;
        let sender = self.fill_text(step, format!("{{abs-ID:{actor}}}")).await?;
        let about = order.about.as_deref().unwrap_or(target);
        let about = self.fill_text(step, format!("{{abs:{about}}}")).await?;
        let cse = self.fill_text(step, "//{SP}/{IUT}").await?;
        let issuer = self.issuer(order.issuer, step)?.form.identity.clone();
        let name: String = label
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '-'
                }
            })
            .collect();
        let usual = json!({
            "tkvr": "1",
            "jti": format!("{name}@das.example.com"),
            "iss": issuer,
            "azp": holder,
            "nbf": now.unix_timestamp() - BEFORE,
            "exp": now.unix_timestamp() + AFTER,
            "aud": [cse],
            "tkps": { "pm": [{
                "ris": [about],
                "pv": { "acr": [{ "acor": [sender], "acop": 63 }] },
            }] },
        });
        let Value::Object(mut claims) = usual else {
            return Ok(Map::new());
        };
        let Value::Object(changes) = self.fill(step, &json!(order.claims)).await? else {
            return Err(Stop::error(step, "expected claims"));
        };
        for (claim, value) in changes {
            match (claim.as_str(), &value) {
                ("nbf" | "exp", Value::Number(seconds)) => {
                    let seconds = seconds.as_i64().unwrap_or_default();
                    claims.insert(claim, (now.unix_timestamp() + seconds).into());
                }
                (_, Value::String(text)) if text == super::ABSENT => {
                    claims.shift_remove(&claim);
                }
                _ => {
                    claims.insert(claim, value);
                }
            }
        }
        if let Some(length) = order.extension {
            claims.insert("tkex".into(), "A".repeat(length).into());
        }
        Ok(claims)
    }

    fn issuer(&self, choice: IssuerChoice, step: &str) -> Result<&KnownIssuer, Stop> {
        let (signed, encrypted, nested) = (
            TokenClass::SignatureOnly,
            TokenClass::EncryptionOnly,
            TokenClass::Nested,
        );
        let fits = |issuer: &&KnownIssuer| match choice {
            IssuerChoice::Any => issuer.is_for(&[signed, encrypted, nested]),
            IssuerChoice::SignatureOnly => issuer.is_for(&[signed]) && issuer.form.uri.is_none(),
            IssuerChoice::EncryptionOnly => issuer.is_for(&[encrypted]),
            IssuerChoice::NestedOnly => issuer.is_for(&[nested]),
            IssuerChoice::Certified => issuer.form.uri.is_some(),
            IssuerChoice::Unsecured => issuer.form.classes.contains(&TokenClass::Unsecured),
        };
        let found = self.facts.token_issuers.iter().find(fits);
        found.ok_or_else(|| {
            let missing = format!("the profile has no such [credentials.token_issuer]: {choice:?}");
            Stop::unfilled(step, &Unfilled::TestBed(missing))
        })
    }
}

fn untold(step: &str, error: &NoToken) -> Stop {
    Stop::unfilled(step, &Unfilled::TestBed(error.to_string()))
}
