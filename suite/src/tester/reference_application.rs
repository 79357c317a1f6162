//! The AE of the reference, which the tester makes act itself.

use super::instruction::{Act, Instruction};
use super::link::LinkError;
use super::trigger::Trigger;
use onem2m_server::{
    Application, Clauses, Clock, Connector, Cse, EndToEnd, Registration, Sessions,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::AbortHandle;

/// What an AE was told.
#[derive(Debug, Clone, Default)]
pub struct Registrations {
    /// By trigger the registrar, and beside it the one that it is also configured for.
    pub by_trigger: BTreeMap<Trigger, Vec<Registration>>,
    /// How it protects primitives end to end.
    pub end_to_end: EndToEnd,
}

/// The least time that whoever reads what the AE sends has to answer.
const ORIGINATOR: Duration = Duration::from_secs(2);

/// Has a CSE send a protected request, or register. What it comes to is seen at the CSE of the tester.
pub fn acting(cse: &Cse, order: &Instruction) {
    let cse = cse.clone();
    let Instruction { role, statement } = order.clone();
    tokio::spawn(async move {
        match role {
            Act::RegistreeCse => cse.register_with(&statement).await,
            _ => cse.originate(&statement).await,
        }
    });
}

/// An AE that acts anew at each trigger.
pub struct ReferenceApplication {
    registrations: Registrations,
    clock: Arc<dyn Clock>,
    clauses: Clauses,
    connector: Arc<dyn Connector>,
    patience: Duration,
    running: Mutex<Option<AbortHandle>>,
    sessions: Sessions,
}

impl ReferenceApplication {
    /// An AE that waits so long for an answer.
    pub fn new(
        registrations: Registrations,
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
            running: Mutex::default(),
            sessions: Sessions::default(),
        }
    }

    /// Begins what a trigger is for, with the registrar at a URL.
    pub fn act(&self, trigger: Trigger, url: &str) -> Result<(), LinkError> {
        let missing = || LinkError::NoTrigger(format!("the reference was not told of {trigger}"));
        let mut told = self
            .registrations
            .by_trigger
            .get(&trigger)
            .ok_or_else(missing)?
            .clone();
        let authority = url.split("//").nth(1).unwrap_or_default();
        let first = told.first_mut().ok_or_else(missing)?;
        first.authority = authority.to_owned();
        let application = Application::new(
            told,
            self.clock.clone(),
            self.clauses,
            self.connector.clone(),
            self.patience,
        );
        let registering = tokio::spawn(async move {
            // What it comes to is seen by whoever listens.
            drop(application.register(0).await);
        });
        self.goes_on(registering.abort_handle());
        Ok(())
    }

    /// Begins to open or to secure content.
    pub fn secure(&self, order: &Instruction) {
        // It goes by the identity of its certificate.
        let by_trigger = &self.registrations.by_trigger;
        let by_certificate = by_trigger.get(&Trigger::RegisterCertificate);
        let told = by_certificate.or_else(|| by_trigger.values().next());
        let application = Application::new(
            told.cloned().unwrap_or_default(),
            self.clock.clone(),
            self.clauses,
            self.connector.clone(),
            self.patience.max(ORIGINATOR),
        )
        .protecting(self.registrations.end_to_end.clone());
        let sessions = self.sessions.clone();
        let Instruction { role, statement } = order.clone();
        let securing = tokio::spawn(async move {
            // What it comes to is seen at the CSE.
            match role {
                Act::Target => drop(application.open_data(&statement).await),
                Act::Source => drop(application.protect_data(&statement).await),
                Act::Originator => drop(application.originate(&statement, &sessions).await),
                // A CSE does that.
                Act::OriginatorCse | Act::RegistreeCse => {}
            }
        });
        self.goes_on(securing.abort_handle());
    }

    /// Ends what was begun earlier.
    fn goes_on(&self, action: AbortHandle) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = running.replace(action) {
            earlier.abort();
        }
    }
}

impl Drop for ReferenceApplication {
    fn drop(&mut self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(registering) = running.take() {
            registering.abort();
        }
    }
}
