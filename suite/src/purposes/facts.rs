//! What a purpose may know of the IUT and the run: resolved from the profile, or read from the
//! results of an earlier run.

use crate::catalogue::behaviour::Expectation;
use crate::profile::{
    KnownIssuer, KnownPeers, KnownService, Provisioned, ProvisionedHost, ServedMaf,
};
use crate::tester::coap::OptionNumbers;
use crate::tester::location::Locations;
use std::collections::BTreeMap;
use std::time::Duration;

/// Resolved facts, the same for all purposes of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// oneM2M release claimed.
    pub release: u8,
    /// CSE-ID without the slash.
    pub cse_id: String,
    /// Resource name of the CSEBase.
    pub cse_base: String,
    /// SP domain without slashes.
    pub sp_domain: String,
    /// The administrator.
    pub administrator: String,
    /// The stem of AE-IDs that the tester may register.
    pub ae_stem: String,
    /// Claims.
    pub pics: BTreeMap<String, bool>,
    /// Values and readings, defaults included.
    pub pixit: BTreeMap<String, String>,
    /// Codes that the claimed release allows where texts disagree, by the name of the dispute.
    pub disputes: BTreeMap<String, Vec<u16>>,
    /// Symmetric keys that the IUT was provisioned with.
    pub provisioned: Vec<Provisioned>,
    /// Keys that the IUT shares with others for ESPrim.
    pub pairwise: Vec<Provisioned>,
    /// Further hosts of the IUT, with the keys that it was provisioned with for them.
    pub hosts: Vec<ProvisionedHost>,
    /// Peers with certificates or raw public keys that the IUT was told of, and the authorities that it trusts.
    pub known_peers: KnownPeers,
    /// Issuers of tokens that the IUT takes.
    pub token_issuers: Vec<KnownIssuer>,
    /// The key services under test, or beside what is under test.
    pub services: Vec<KnownService>,
    /// The MAF that the tester plays.
    pub served_maf: Option<ServedMaf>,
    /// How long to look for something that may not come.
    pub patience: Duration,
    /// The seed of the run.
    pub seed: u64,
}

/// The least time that something which has to come is given.
const ARRIVAL: Duration = Duration::from_secs(2);

impl Facts {
    /// How long to wait for something that has to come.
    pub fn arrival(&self) -> Duration {
        self.patience.max(ARRIVAL)
    }

    /// Whether the IUT claims a capability.
    pub fn claims(&self, pics: &str) -> bool {
        self.pics.get(pics).copied().unwrap_or_default()
    }

    /// The numbers of the options of oneM2M over CoAP.
    pub fn option_numbers(&self) -> OptionNumbers {
        OptionNumbers::stated(self.pixit.get("PIXIT_COAP_OPTIONS"))
    }

    /// Where the IUT locates the tester.
    pub fn locations(&self) -> Locations {
        Locations::stated(&self.pixit)
    }

    /// A value in seconds; zero if there is none.
    pub fn seconds(&self, pixit: &str) -> u64 {
        self.pixit
            .get(pixit)
            .and_then(|value| value.parse().ok())
            .unwrap_or_default()
    }

    /// What the profile's release and readings make of an expectation.
    pub fn resolve(&self, expectation: &Expectation) -> Result<Expectation, String> {
        match expectation {
            Expectation::Dispute(name) => self
                .disputes
                .get(name)
                .cloned()
                .map(Expectation::Codes)
                .ok_or_else(|| format!("no codes for dispute {name:?}")),
            Expectation::Reading { pixit, readings } => {
                let declared = self
                    .pixit
                    .get(pixit)
                    .map(String::as_str)
                    .unwrap_or_default();
                readings
                    .iter()
                    .find(|(reading, _)| reading == declared)
                    .ok_or_else(|| format!("no reading {declared:?} of {pixit}"))
                    .and_then(|(_, expectation)| self.resolve(expectation))
            }
            other => Ok(other.clone()),
        }
    }

    /// The Release Version Indicator that requests carry (TS-0004 V3.32.0, 6.4.1); none in Release 1.
    pub fn release_version(&self) -> Option<&'static str> {
        match self.release {
            0 | 1 => None,
            2 => Some("2a"),
            3 => Some("3"),
            4 => Some("4"),
            _ => Some("5"),
        }
    }
}
