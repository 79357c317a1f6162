//! Links to a fresh reference server for every attempt, with or without faults; and what can be shown of it within this
//! process only.

use super::purpose::Links;
use crate::profile::Profile;
use crate::tester::embedded::EmbeddedLink;
use crate::tester::link::Link;
use onem2m_server::faults::Fault;
use onem2m_server::{Clauses, Configuration};
use std::time::Duration;

/// What the reference does beyond what `profiles/reference.toml` claims: a link within the process carries security
/// associations, which the loopback endpoint of a run does not have.
pub const CLAIMS: [&str; 5] = [
    // An AE or a CSE inside an association.
    "PICS_SAE_AE",
    "PICS_SAE_CSE",
    // Without associations no CSE may send anything, so nothing of this either.
    "PICS_MCC_REGISTRAR",
    "PICS_MCCP",
    "PICS_REMOTE_ACP",
];

/// How long the reference waits for a CSE of the tester: in the same process nothing takes longer.
const PATIENCE: Duration = Duration::from_millis(100);

/// The profile of the reference with what it can show within this process.
pub fn claiming(mut profile: Profile) -> Profile {
    let claims = CLAIMS.map(|name| (name.to_owned(), true));
    profile.pics.extend(claims);
    profile
        .pixit
        .insert("PIXIT_STRICT_MCC".into(), "yes".into());
    profile
}

/// How the reference is set up within this process.
pub fn configuration() -> Configuration {
    Configuration {
        patience: PATIENCE,
        ..Configuration::default()
    }
}

/// The reference server in the same process.
#[derive(Clone)]
pub struct InProcess {
    configuration: Configuration,
    faults: Vec<&'static Fault>,
}

impl InProcess {
    /// Servers with these faults.
    pub fn new(configuration: Configuration, faults: Vec<&'static Fault>) -> Self {
        Self {
            configuration,
            faults,
        }
    }
}

impl Links for InProcess {
    fn open(&self, _purpose: &str, _attempt: u32) -> Option<Box<dyn Link>> {
        let mut clauses = Clauses::SPECIFICATION;
        for fault in &self.faults {
            (fault.apply)(&mut clauses);
        }
        Some(Box::new(EmbeddedLink::new(
            self.configuration.clone(),
            clauses,
        )))
    }
}
