//! What an Originator is told to do, and how it shows what came of it.

use std::sync::Arc;

use onem2m_envelope::base64url;
use onem2m_identity::{Entity, Home, PublicDomainName, ResourceAddress};
use onem2m_keys::{PairwiseEsPrimKey, Suid};
use onem2m_primitive::serialization::read_request;
use onem2m_primitive::{Request, Response};
use serde_json::{Value, json};
use thiserror::Error;
use zeroize::Zeroizing;

use super::exchange::Originator;
use super::outcome::Unprotected;
use super::peer::Receiver;
use crate::end_to_end::EndToEnd;
use crate::end_to_end::derived::{self, Derive};
use crate::end_to_end::pairs::{Pair, Pairs};

/// The type number of a `<contentInstance>` (TS-0004 V3.32.0, 6.3.4.2.1).
const CONTENT_INSTANCE: u32 = 4;

/// A pre-provisioned symmetric key for ESPrim (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
const PROVISIONED: Suid = Suid(13);

/// Why a statement does not say what an Originator is to do.
#[derive(Debug, Error)]
#[error("expected a statement of a protected request: {0}")]
pub struct NoOrder(pub(super) String);

/// One request to one Receiver.
pub(crate) struct Order {
    /// The point of access of the CSE that leads there, for whoever is not told otherwise.
    pub(crate) cse: Option<String>,
    pub(crate) receiver: Receiver,
    key: Key,
    pub(crate) request: Request,
    /// The container in which to show what came of it.
    observe: String,
}

/// The key that is shared with the Receiver.
enum Key {
    /// It was provisioned.
    Shared(Pair),
    /// It is established first, with whoever has a certificate with this name (TS-0003 V3.18.0, 8.7.2).
    ByCertificate(PublicDomainName),
}

impl Order {
    pub(crate) fn read(statement: &Value, derive: Derive) -> Result<Self, NoOrder> {
        let text = |name: &str| {
            let text = statement.pointer(name).and_then(Value::as_str);
            text.ok_or_else(|| NoOrder(format!("no text at {name}")))
        };
        let wrong = |detail: &dyn std::fmt::Display| NoOrder(detail.to_string());
        let entity = entity(text("/identity")?)?;
        let key = match text("/key/by-certificate") {
            Ok(name) => {
                Key::ByCertificate(PublicDomainName::parse(name).map_err(|error| wrong(&error))?)
            }
            Err(_) => {
                let octets = base64url::decode(text("/key/octets")?);
                let octets = octets.map(Zeroizing::new).map_err(|error| wrong(&error))?;
                let said = statement.pointer("/key/derived");
                let octets = derived::in_use(derive, said, &octets);
                let octets = octets.ok_or_else(|| wrong(&"no derivation at /key/derived"))?;
                Key::Shared(Pair {
                    id: text("/key/id")?.to_owned(),
                    key: PairwiseEsPrimKey::new(&octets),
                    entity: entity.clone(),
                    expires: None,
                    usage: PROVISIONED,
                })
            }
        };
        let request = statement.get("request").unwrap_or(&Value::Null);
        Ok(Self {
            cse: text("/cse").ok().map(str::to_owned),
            key,
            receiver: Receiver {
                entity,
                target: text("/receiver")?.to_owned(),
                information: text("/information")?.to_owned(),
            },
            request: read_request(request).map_err(|error| wrong(&error))?,
            observe: text("/observe")?.to_owned(),
        })
    }

    /// The settings of whoever carries it out, with its pair; without any where one is established first.
    pub(crate) fn settings(&self, own: &EndToEnd) -> Result<EndToEnd, Unprotected> {
        let pairs = match &self.key {
            Key::Shared(pair) => {
                let pairs = Pairs::clone(&own.pairs);
                let provisioned = pairs.provision(pair.clone());
                provisioned.map_err(|_| Unprotected::NoKey)?;
                pairs
            }
            Key::ByCertificate(_) => Pairs::new(),
        };
        Ok(EndToEnd {
            pairs: Arc::new(pairs),
            ..own.clone()
        })
    }

    /// Sends the request, once there is a key.
    pub(crate) async fn carried_out(
        &self,
        originator: &Originator<'_>,
        request: Request,
    ) -> Result<Response, Unprotected> {
        if let Key::ByCertificate(name) = &self.key {
            originator.establish(&self.receiver, name).await?;
        }
        originator.request(&self.receiver, request).await
    }

    /// The request that shows what came of it.
    pub(crate) fn shown(&self, outcome: &Result<Response, Unprotected>) -> Request {
        let shown = match outcome {
            Ok(response) => json!({ "rsc": response.status.number(), "pc": response.content }),
            Err(failure) => json!({ "failure": failure.to_string() }),
        };
        let content =
            json!({ "m2m:cin": { "cnf": "application/json:0", "con": shown.to_string() } });
        Request::create(self.observe.clone(), CONTENT_INSTANCE, content)
    }
}

/// A CSE by its absolute identifier.
fn entity(identity: &str) -> Result<Entity, NoOrder> {
    let address = ResourceAddress::parse(identity).map_err(|error| NoOrder(error.to_string()))?;
    let (Some(sp), Some(cse)) = (address.sp(), address.cse()) else {
        return Err(NoOrder(format!("{identity:?} is no absolute CSE-ID")));
    };
    Ok(Entity::hosting(&Home::new(sp.clone(), cse.clone())))
}
