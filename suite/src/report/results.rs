//! The results of a run, as `results.json` holds them.

use super::{
    Counts, ProfileFinding, PurposeResult, StaleWaiver, Timestamp, Waiver, outcome, stale_waivers,
};
use crate::catalogue::{Ledger, Partition};
use crate::profile::Provisioned;
use crate::verdict::{Outcome, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// Names the schema that `results.json` follows.
pub const SCHEMA: &str = "https://onem2m-conform.example/schema/results-1.json";

/// The results of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("$id" = SCHEMA))]
pub struct Results {
    /// The schema that they follow.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// What was known at the start.
    #[serde(flatten)]
    pub header: Header,
    /// How long the run took.
    pub duration_ms: u64,
    /// What it came to.
    pub outcome: Outcome,
    /// How many purposes stand how.
    pub counts: Counts,
    /// Waivers that have to go; each is a finding.
    pub stale_waivers: Vec<StaleWaiver>,
    /// Claims of the profile that the IUT contradicts.
    #[serde(default)]
    pub profile_findings: Vec<ProfileFinding>,
    /// The purposes, in the order of their ids.
    pub purposes: Vec<PurposeResult>,
    /// What becomes of every requirement.
    pub ledger: Ledger,
}

/// What is known of a run when it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// What judged.
    pub tool: Tool,
    /// SHA-256 of the profile, in hexadecimal.
    pub profile_sha256: String,
    /// What was judged.
    pub iut: Iut,
    /// The seed of everything random.
    pub seed: u64,
    /// When the run started.
    pub started: Timestamp,
    /// Whether all purposes were selected, and all parts of the selection are here.
    pub scope: Scope,
    /// What was selected.
    pub selection: Selected,
    /// The parts of the selection that are here, if not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<Partition>,
    /// Whether advisory fails count.
    pub strict: bool,
    /// What the profile and the defaults came to.
    pub resolved: Resolved,
    /// The known nonconformities that the profile names.
    pub waivers: Vec<Waiver>,
}

/// What was selected, before it was parted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Selected {
    /// Globs over ids, groups or official names; none for everything.
    pub patterns: Vec<String>,
    /// Whether they leave nothing out.
    pub scope: Scope,
}

/// What judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The commit that it was built from, if known.
    pub commit: Option<String>,
    /// SHA-256 of the catalogue, in hexadecimal.
    pub catalogue_sha256: String,
    /// The specifications with their versions.
    pub specifications: Vec<String>,
}

/// What was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Iut {
    /// Name of the product.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// Its version.
    pub version: String,
}

/// What the profile and the defaults came to: all that is needed to judge the transcripts again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resolved {
    /// The roles that were judged.
    pub roles: Vec<String>,
    /// The oneM2M release that the IUT claims.
    pub release: u8,
    /// How the CSE names itself.
    pub cse: Cse,
    /// Where the IUT was reached, by binding; empty for the reference that the run itself started.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub endpoints: BTreeMap<String, String>,
    /// Identities that the tester took.
    pub identities: Identities,
    /// The tester's source addresses, as the IUT saw them.
    pub sources: Vec<String>,
    /// Claims, by name.
    pub pics: BTreeMap<String, bool>,
    /// Values and readings, by name, defaults included.
    pub pixit: BTreeMap<String, String>,
    /// Names of the values that are defaults.
    pub defaults_used: Vec<String>,
    /// The symmetric keys that the IUT was provisioned with, by what is no secret of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
}

/// A provisioned symmetric key without the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credential {
    /// Its name in the profile.
    pub name: String,
    /// The identity that goes with it.
    pub identity: String,
    /// The AE-ID-Stem or CSE-ID that the IUT was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
}

impl From<&Provisioned> for Credential {
    fn from(provisioned: &Provisioned) -> Self {
        Self {
            name: provisioned.name.clone(),
            identity: provisioned.identity.clone(),
            entity: provisioned.entity.clone(),
        }
    }
}

/// How the CSE names itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cse {
    /// The CSE-ID in its SP-relative form.
    pub id: String,
    /// The resource name of the `<CSEBase>`.
    pub base: String,
    /// The M2M-SP-ID without its slashes, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sp_domain: Option<String>,
}

/// Identities that the tester took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Identities {
    /// The originator of preconditions and read-backs.
    pub admin: String,
    /// How the AE-IDs of the tester began.
    pub ae_stem: String,
}

impl Tool {
    /// This very program.
    pub fn this(
        commit: Option<String>,
        catalogue_sha256: String,
        specifications: Vec<String>,
    ) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            commit,
            catalogue_sha256,
            specifications,
        }
    }
}

impl Results {
    /// Concludes a run: applies the waivers of the header, finds the stale ones, counts, and decides
    /// the outcome.
    pub fn conclude(
        header: Header,
        mut purposes: Vec<PurposeResult>,
        ledger: Ledger,
        duration: Duration,
    ) -> Self {
        purposes.sort_by(|left, right| left.id.cmp(&right.id));
        for purpose in &mut purposes {
            purpose.waive(&header.waivers, header.started);
        }
        let stale = stale_waivers(&header.waivers, &purposes, header.started);
        Self {
            schema: SCHEMA.into(),
            duration_ms: duration.as_millis().try_into().unwrap_or(u64::MAX),
            outcome: outcome(&purposes, &stale, header.strict),
            counts: Counts::of(&purposes, header.strict),
            stale_waivers: stale,
            profile_findings: Vec::new(),
            header,
            purposes,
            ledger,
        }
    }
}
