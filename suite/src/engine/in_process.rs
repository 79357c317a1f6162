//! Links to a fresh reference server for every attempt, with or without faults; and what can be shown of it within this
//! process only.

use super::provisioning::{Told, provision, registrations};
use super::purpose::Links;
use crate::catalogue::behaviour::identity_pattern;
use crate::catalogue::{Catalogue, Purpose};
use crate::profile::Profile;
use crate::tester::embedded::{EmbeddedLink, TESTER};
use crate::tester::link::Link;
use crate::tester::reference_application::Registrations;
use onem2m_association::DatagramSettings;
use onem2m_envelope::ContentEncryption;
use onem2m_identity::CseId;
use onem2m_server::faults::Fault;
use onem2m_server::{Clauses, Configuration, EndToEnd, Pairs, Registrar, Security};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// What the reference does beyond what `profiles/reference.toml` claims: a link within the process tells the server what
/// associations are established with, and sets a server up for each purpose.
pub const CLAIMS: [&str; 4] = [
    "PICS_TOLD_ASSOCIATION",
    // Each in a server of its own.
    "PICS_ROLE_MN_CSE",
    "PICS_ESPRIM_OFFERS_FEWER",
    "PICS_SAE_MANDATORY",
];

/// How long the reference waits for a CSE of the tester: in the same process nothing takes longer.
const PATIENCE: Duration = Duration::from_millis(100);

/// The same for what the tester has to read before it answers.
const ORIGINATOR: Duration = Duration::from_secs(2);

/// How long the reference waits for an answer to its first flight. OpenSSL takes less than 15 ms as over.
const FIRST_TIMEOUT: Duration = Duration::from_millis(40);

/// The profile of the reference with what it can show within this process.
pub fn claiming(mut profile: Profile) -> Profile {
    let claims = CLAIMS.map(|name| (name.to_owned(), true));
    profile.pics.extend(claims);
    profile
}

/// How the reference is set up within this process.
pub fn configuration() -> Configuration {
    configured(Told::of_reference())
}

fn configured(told: Told) -> Configuration {
    let configuration = Configuration {
        patience: PATIENCE,
        ..Configuration::default()
    };
    let told = Told {
        datagrams: DatagramSettings {
            first_timeout: FIRST_TIMEOUT,
            ..DatagramSettings::default()
        },
        ..told
    };
    provision(configuration, &told)
}

/// A link to a fresh CSE with these clauses, set up for a purpose, and to an AE beside it.
pub fn link(configuration: &Configuration, clauses: Clauses, purpose: &str) -> EmbeddedLink {
    EmbeddedLink::new(
        set_up(configuration.clone(), purpose),
        clauses,
        REGISTRATIONS.clone(),
    )
}

/// The configuration for one purpose: an MN-CSE that is registered with the tester, or an IN-CSE that serves the field within
/// security associations only, where the purpose is about one.
fn set_up(configuration: Configuration, purpose: &str) -> Configuration {
    let is_about = |name| PICS.get(purpose).is_some_and(|pics| pics.contains(name));
    let registrar = is_about("PICS_ROLE_MN_CSE").then(|| Registrar {
        base: format!("{}/base", *IN_CSE),
        points_of_access: vec![format!("http://{TESTER}")],
        cse_id: IN_CSE.clone(),
    });
    // Pairs come and go, and no other server has them.
    let end_to_end = configuration.end_to_end.as_deref().map(|settings| {
        Arc::new(EndToEnd {
            pairs: Arc::new(Pairs::clone(&settings.pairs)),
            protocols: match is_about("PICS_ESPRIM_OFFERS_FEWER") {
                true => vec![ContentEncryption::A256Gcm],
                false => settings.protocols.clone(),
            },
            ..settings.clone()
        })
    });
    let security = match is_about("PICS_PROVISIONING") || is_about("PICS_SAE_MAF") {
        true => configuration.security.as_deref().map(with_keys_of_its_own),
        false => configuration.security,
    };
    Configuration {
        field_entities_in_the_clear: !is_about("PICS_SAE_MANDATORY"),
        registrar: registrar.or(configuration.registrar),
        patience: match is_about("PICS_ESPRIM_ORIGINATOR") {
            // The tester reads each object before it answers.
            true => configuration.patience.max(ORIGINATOR),
            false => configuration.patience,
        },
        security,
        end_to_end,
        ..configuration
    }
}

/// The same keys in a table that no other server has: they change.
fn with_keys_of_its_own(security: &Security) -> Arc<Security> {
    let table = security.identities.as_deref().cloned();
    Arc::new(Security {
        identities: table.map(Arc::new),
        ..security.clone()
    })
}

/// The CSE-ID of the tester as the IN-CSE of an IUT.
static IN_CSE: LazyLock<CseId> = LazyLock::new(|| {
    let pattern = identity_pattern("IN1");
    CseId::parse(&pattern).unwrap_or_else(|error| unreachable!("{pattern}: {error}"))
});

/// The registrars that the AE of the reference was told of.
static REGISTRATIONS: LazyLock<Registrations> =
    LazyLock::new(|| registrations(&Configuration::default(), &Told::of_reference()));

/// The PICS of each purpose.
static PICS: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
    let catalogue = Catalogue::embedded().map_or_else(|_| Vec::new(), |found| found.purposes);
    let pics = |purpose: Purpose| (purpose.id, purpose.pics.into_iter().collect());
    catalogue.into_iter().map(pics).collect()
});

/// The reference server in the same process.
#[derive(Clone)]
pub struct InProcess {
    configuration: Configuration,
    registrations: Registrations,
    faults: Vec<&'static Fault>,
}

impl InProcess {
    /// Servers with these faults.
    pub fn new(configuration: Configuration, faults: Vec<&'static Fault>) -> Self {
        Self {
            configuration,
            registrations: REGISTRATIONS.clone(),
            faults,
        }
    }

    /// Servers without faults that read as a profile states.
    pub fn as_read(pixit: &BTreeMap<String, String>) -> Self {
        let told = Told::as_read(pixit);
        Self {
            registrations: registrations(&Configuration::default(), &told),
            configuration: configured(told),
            faults: Vec::new(),
        }
    }
}

impl Links for InProcess {
    fn open(&self, purpose: &str, _attempt: u32) -> Option<Box<dyn Link>> {
        let mut clauses = Clauses::SPECIFICATION;
        for fault in &self.faults {
            (fault.apply)(&mut clauses);
        }
        Some(Box::new(EmbeddedLink::new(
            set_up(self.configuration.clone(), purpose),
            clauses,
            self.registrations.clone(),
        )))
    }
}
