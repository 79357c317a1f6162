use std::sync::Arc;
use std::time::Duration;

use onem2m_association::Clock as AssociationClock;
use onem2m_primitive::{Request, Response};
use serde_json::json;
use thiserror::Error;

use super::attempt::attempt;
use super::registration::Registration;
use crate::clauses::Clauses;
use crate::clock::Clock;
use crate::connector::Connector;
use crate::end_to_end::EndToEnd;
use crate::outbound::Unanswered;

/// The type number of an `<AE>` (TS-0004 V3.32.0, 6.3.4.2.1).
const APPLICATION_ENTITY: u32 = 2;

/// An AE that was told of CSEs with which it registers.
pub struct Application {
    pub(super) registrations: Vec<Registration>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) clauses: Clauses,
    pub(super) connector: Arc<dyn Connector>,
    pub(super) patience: Duration,
    pub(super) end_to_end: EndToEnd,
}

/// Why an AE is not registered.
#[derive(Debug, Error)]
pub enum Unregistered {
    /// It was told of no such CSE.
    #[error("expected a registrar that the AE was told of, got number {0}")]
    Unknown(usize),
    /// None of what it may try led to an answer.
    #[error("expected an answer of the registrar, got {0}")]
    Unanswered(String),
}

impl Application {
    /// An AE that waits so long for each answer.
    pub fn new(
        registrations: Vec<Registration>,
        clock: Arc<dyn Clock>,
        clauses: Clauses,
        connector: Arc<dyn Connector>,
        patience: Duration,
    ) -> Self {
        Self {
            registrations,
            clock,
            clauses,
            connector,
            patience,
            end_to_end: EndToEnd::default(),
        }
    }

    /// The same AE with these settings of end-to-end protection, in place of the usual ones.
    #[must_use]
    pub fn protecting(self, end_to_end: EndToEnd) -> Self {
        Self { end_to_end, ..self }
    }

    /// Registers with one of the CSEs, and gives its answer.
    ///
    /// # Errors
    ///
    /// There is no answer, and nothing was said outside a security association.
    pub async fn register(&self, place: usize) -> Result<Response, Unregistered> {
        let registration = self.told(place)?;
        self.ask(registration, &request(registration))
            .await
            .map_err(|reason| Unregistered::Unanswered(reason.to_string()))
    }

    fn told(&self, place: usize) -> Result<&Registration, Unregistered> {
        let registration = self.registrations.get(place);
        registration.ok_or(Unregistered::Unknown(place))
    }

    /// Sends a request to a CSE by the first way that leads there.
    async fn ask(
        &self,
        registration: &Registration,
        request: &Request,
    ) -> Result<Response, Unanswered> {
        let clock = self.association_clock();
        let ways =
            (self.clauses.registering)(&self.clauses, &clock, registration, &self.registrations);
        let connector = self.connector.as_ref();
        let mut outcome = Err(Unanswered::NoAddress);
        for way in &ways {
            let authority = &registration.authority;
            outcome = attempt(connector, authority, way, request, self.patience).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    fn association_clock(&self) -> AssociationClock {
        let clock = self.clock.clone();
        AssociationClock::new(move || clock.now())
    }
}

/// The Create of the `<AE>` (TS-0004 V3.32.0, 7.4.5.2.1).
fn request(registration: &Registration) -> Request {
    let content = json!({ "m2m:ae": { "api": "Nreference", "rr": false, "srv": ["3"] } });
    Request::create(registration.base.clone(), APPLICATION_ENTITY, content)
        .from(registration.stem.to_string())
        .identified("register-1")
        .release("3")
}
