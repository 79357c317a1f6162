//! How requests are sent in a world.

use super::{Manner, World};
use crate::catalogue::behaviour::{Role, is_cse};
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::tester::link::{Call, OutgoingRequest, Way};
use crate::tester::primitive::encode;
use onem2m_primitive::{FilterCriteria, Request};
use std::sync::PoisonError;

/// Who makes what is needed, by the way of most requests.
const ADMINISTRATOR: &str = "ADM";

impl World<'_> {
    /// Sends a request of an actor and reads what comes back.
    ///
    /// `from` replaces the identity, `headers` are added as they are.
    pub async fn send(
        &self,
        actor: &str,
        step: &str,
        role: Role,
        request: Request,
        from: Option<&str>,
        headers: &[(String, String)],
    ) -> Result<Answer, Stop> {
        let manner = Manner {
            from,
            headers,
            ..Manner::default()
        };
        self.send_in(manner, actor, step, role, request).await
    }

    /// Sends a request of an actor in a manner of its own and reads what comes back.
    pub async fn send_in(
        &self,
        manner: Manner<'_>,
        actor: &str,
        step: &str,
        role: Role,
        request: Request,
    ) -> Result<Answer, Stop> {
        let (mut outgoing, identifier) = self.prepare(actor, step, request, manner.from)?;
        manner.shape(&mut outgoing);
        let call = Call {
            actor: format!("{}{actor}", self.prefix),
            step: step.to_owned(),
            role,
            way: manner.way.unwrap_or_else(|| self.way(actor)),
            patience: manner.patience,
            request: outgoing,
        };
        self.call(&call, &identifier).await
    }

    /// The way by which an actor sends: a CSE (TS-0003 V3.18.0, 6.1.2.2.1) and whoever has a credential within its security
    /// association.
    pub fn way(&self, actor: &str) -> Way {
        let association = match is_cse(actor) || self.credentials.contains_key(actor) {
            true => self.associated_identity(actor).ok(),
            false => None,
        };
        let is_in_the_clear = association.is_none() && actor != ADMINISTRATOR;
        Way {
            association,
            endpoint: self.in_the_clear.filter(|_| is_in_the_clear),
            ..Way::default()
        }
    }

    /// The octets of a request of an actor, and its identifier.
    pub fn prepare(
        &self,
        actor: &str,
        step: &str,
        request: Request,
        from: Option<&str>,
    ) -> Result<(OutgoingRequest, String), Stop> {
        let identifier = self.next_identifier(actor);
        let identity = match from {
            Some(from) => from.to_owned(),
            None => self
                .identity(actor)
                .map_err(|unfilled| Stop::unfilled(step, &unfilled))?,
        };
        let mut request = request.from(identity).identified(identifier.clone());
        request.release_version = self.facts.release_version().map(str::to_owned);
        let outgoing = encode(&request).map_err(|detail| Stop::error(step, detail))?;
        Ok((outgoing, identifier))
    }

    /// Sends a request as it is and reads what comes back for the identifier.
    pub async fn exchange(
        &self,
        actor: &str,
        step: &str,
        role: Role,
        request: OutgoingRequest,
        identifier: &str,
    ) -> Result<Answer, Stop> {
        let call = Call {
            actor: format!("{}{actor}", self.prefix),
            step: step.to_owned(),
            role,
            way: self.way(actor),
            patience: None,
            request,
        };
        self.call(&call, identifier).await
    }

    async fn call(&self, call: &Call, identifier: &str) -> Result<Answer, Stop> {
        let received = match self.credential_of(&call.way) {
            Some(credential) => self.call_within(credential, call).await,
            None => self.recorder.call(call).await,
        };
        let received = received.map_err(|error| Stop::link(&call.step, &error))?;
        Ok(Answer::read(&received, identifier))
    }

    /// A request identifier that the actor has not used yet; keyed by actor, so that parallel
    /// actors do not depend on each other.
    pub(super) fn next_identifier(&self, actor: &str) -> String {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = counters.entry(actor.to_owned()).or_default();
        *counter += 1;
        format!("{}{actor}{counter}", self.words.naming.tag())
    }
}

/// A discovery below a resource by labels (TS-0004 V3.32.0, 7.3.3.14).
pub fn discovery(target: String, labels: Vec<String>) -> Request {
    Request::retrieve(target).filtered(FilterCriteria {
        filter_usage: Some(1),
        labels,
        ..FilterCriteria::default()
    })
}
