//! What a campaign knows of an IUT: all that a finding has to carry along to be replayed.

use super::model::ENTITIES;
use super::surface::Surface;
use crate::purposes::Facts;
use onem2m_oracle::Readings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An IUT as its profile describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// CSE-ID without the slash.
    pub cse_id: String,
    /// Resource name of the `<CSEBase>`.
    pub cse_base: String,
    /// SP domain without slashes; empty if the profile does not name it.
    pub sp_domain: String,
    /// The administrator.
    pub administrator: String,
    /// The stem of AE-IDs that the tester may register.
    pub ae_stem: String,
    /// oneM2M release claimed.
    pub release: u8,
    /// Claims on which what is generated depends.
    pub pics: BTreeMap<String, bool>,
    /// Readings on which decisions depend.
    pub pixit: BTreeMap<String, String>,
    /// The tester's addresses as the IUT sees them.
    pub sources: Vec<String>,
    /// The door.
    #[serde(default)]
    pub surface: Surface,
    /// The AEs that hold credentials of the profile, where they send within associations.
    #[serde(default)]
    pub holders: Vec<String>,
}

/// The claims that matter.
const PICS: [&str; 5] = [
    "PICS_ACCO_ACIP",
    "PICS_ACCO_ACTW",
    "PICS_ACOD",
    "PICS_GROUP",
    "PICS_FANOUT",
];

/// The readings that matter.
const PIXIT: [&str; 7] = [
    "PIXIT_FROM_CHECK",
    "PIXIT_AUTHN_LOCAL",
    "PIXIT_WILDCARD_EMPTY",
    "PIXIT_DOMAIN_WILDCARD",
    "PIXIT_CRON_DAYS",
    "PIXIT_ACOD_NONCREATE",
    "PIXIT_NTF_RECHECK",
];

impl Site {
    /// What the facts of a run say.
    pub fn of(facts: &Facts, sources: &[String]) -> Self {
        let claim = |name: &str| (name.to_owned(), facts.claims(name));
        let reading = |name: &str| {
            let value = facts.pixit.get(name)?;
            Some((name.to_owned(), value.clone()))
        };
        Self {
            cse_id: facts.cse_id.clone(),
            cse_base: facts.cse_base.clone(),
            sp_domain: facts.sp_domain.clone(),
            administrator: facts.administrator.clone(),
            ae_stem: facts.ae_stem.clone(),
            release: facts.release,
            pics: PICS.into_iter().map(claim).collect(),
            pixit: PIXIT.into_iter().filter_map(reading).collect(),
            sources: sources.to_vec(),
            surface: Surface::Http,
            holders: Vec::new(),
        }
    }

    /// The same by another door; `None` if it takes credentials that the profile does not have.
    pub fn by(mut self, surface: Surface, facts: &Facts) -> Option<Self> {
        self.surface = surface;
        if surface.is_associated() {
            let entities = facts
                .provisioned
                .iter()
                .filter_map(|it| it.entity.as_deref());
            let is_ae = |entity: &&str| !entity.contains('/') && entity.starts_with(['C', 'S']);
            for entity in entities.filter(is_ae) {
                if !self.holders.iter().any(|it| it == entity) {
                    self.holders.push(entity.to_owned());
                }
            }
            self.holders.truncate(ENTITIES.len());
            if self.holders.len() < ENTITIES.len() {
                return None;
            }
        }
        Some(self)
    }

    /// The AE-ID-Stem by which an AE of the tester goes, if it is that of a credential.
    pub fn holder(&self, entity: &str) -> Option<&str> {
        let position = ENTITIES.iter().position(|it| *it == entity)?;
        self.holders.get(position).map(String::as_str)
    }

    /// Whether a capability is claimed.
    pub fn claims(&self, pics: &str) -> bool {
        self.pics.get(pics).copied().unwrap_or_default()
    }

    /// Whether a reading is declared.
    pub fn reads(&self, pixit: &str, value: &str) -> bool {
        self.pixit.get(pixit).is_some_and(|read| read == value)
    }

    /// How the IUT reads what is open.
    pub fn readings(&self) -> Readings {
        Readings::of(&self.pixit)
    }

    /// The Release Version Indicator (TS-0004 V3.32.0, 6.4.1); none in Release 1.
    pub fn release_version(&self) -> Option<&'static str> {
        match self.release {
            0 | 1 => None,
            2 => Some("2a"),
            3 => Some("3"),
            4 => Some("4"),
            _ => Some("5"),
        }
    }

    /// The M2M-SP-ID, or a name that no IUT has.
    pub fn provider(&self) -> String {
        match self.sp_domain.is_empty() {
            true => "//unnamed".to_owned(),
            false => format!("//{}", self.sp_domain),
        }
    }
}
