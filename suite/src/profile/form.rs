//! The members of a profile file.

use super::{
    Certificates, Control, Credentials, KeyServiceForm, KnownIssuer, KnownPeers, KnownService,
    Provisioned, ProvisionedHost, ServedMaf, ServedMafForm, Trigger, scalar,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What the tester has to know of an IUT.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What the IUT is.
    pub iut: Iut,
    /// How the CSE names itself.
    pub cse: Cse,
    /// Where it is reached.
    #[serde(default)]
    pub endpoints: Endpoints,
    /// How the MAF names itself.
    #[serde(default)]
    pub maf: Option<KeyServiceForm>,
    /// How the MEF names itself.
    #[serde(default)]
    pub mef: Option<KeyServiceForm>,
    /// The MAF that the tester plays for an IUT that is its client.
    #[serde(default)]
    pub served_maf: Option<ServedMafForm>,
    /// Identities that the tester may take.
    pub identities: Identities,
    /// Claims, by name; what is absent is not claimed.
    #[serde(default)]
    pub pics: BTreeMap<String, bool>,
    /// Values and readings, by name; numbers and truth values are held as text.
    #[serde(default, deserialize_with = "scalar::texts")]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub pixit: BTreeMap<String, String>,
    /// The tester's own side.
    #[serde(default)]
    pub tester: Tester,
    /// How to make the IUT act, by name.
    #[serde(default)]
    pub trigger: BTreeMap<String, Trigger>,
    /// Keys and certificates that the IUT knows.
    #[serde(default)]
    pub credentials: Credentials,
    /// How to start, reset and stop the IUT.
    #[serde(default)]
    pub control: Option<Control>,
    /// How fast and how long.
    #[serde(default)]
    pub limits: Limits,
    /// Known nonconformities.
    #[serde(default)]
    pub waiver: Vec<Waiver>,
    /// The symmetric keys of associations, read.
    #[serde(skip)]
    pub provisioned: Vec<Provisioned>,
    /// The pairwise keys of ESPrim, read.
    #[serde(skip)]
    pub pairwise: Vec<Provisioned>,
    /// The hosts with keys of their own, read.
    #[serde(skip)]
    pub hosts: Vec<ProvisionedHost>,
    /// The certificates of ordinary associations, read.
    #[serde(skip)]
    pub certificates: Certificates,
    /// The authorities and peers, read.
    #[serde(skip)]
    pub known_peers: KnownPeers,
    /// The token issuers, read.
    #[serde(skip)]
    pub token_issuers: Vec<KnownIssuer>,
    /// The key services, read.
    #[serde(skip)]
    pub known_services: Vec<KnownService>,
    /// The MAF of the tester, read.
    #[serde(skip)]
    pub known_maf: Option<ServedMaf>,
    /// SHA-256 of the text of the file, after what the command line set, in hexadecimal.
    #[serde(skip)]
    pub sha256: String,
    /// Whether it is the embedded profile of the reference implementation.
    #[serde(skip)]
    pub(super) embedded: bool,
}

/// What the IUT is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Iut {
    /// Name of the product.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// Its version.
    pub version: String,
    /// The roles that are judged.
    pub roles: Vec<RoleName>,
    /// The oneM2M release that it claims.
    pub release: u8,
}

/// A role of an IUT.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum RoleName {
    /// Common services entity.
    Cse,
    /// M2M authentication function.
    Maf,
    /// M2M enrolment function.
    Mef,
    /// Application entity.
    Ae,
}

impl fmt::Display for RoleName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

/// How the CSE names itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cse {
    /// The CSE-ID in its SP-relative form, `/id-in`.
    pub id: String,
    /// The resource name of the `<CSEBase>`.
    pub base: String,
    /// The M2M-SP-ID without its slashes, for absolute ids.
    #[serde(default)]
    pub sp_domain: Option<String>,
}

/// Where the IUT and its peers are reached; any subset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Endpoints {
    /// `http://…`
    pub http: Option<String>,
    /// `https://…`
    pub https: Option<String>,
    /// `coap://…`
    pub coap: Option<String>,
    /// `coaps://…`
    pub coaps: Option<String>,
    /// `mqtt://…`
    pub mqtt: Option<String>,
    /// `mqtts://…`
    pub mqtts: Option<String>,
    /// `ws://…`
    pub ws: Option<String>,
    /// `wss://…`
    pub wss: Option<String>,
    /// The MAF, `https://…` or `coaps://…`.
    pub maf: Option<String>,
    /// The MEF, `https://…` or `coaps://…`.
    pub mef: Option<String>,
}

/// Identities that the tester may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identities {
    /// An originator that may create and delete below the `<CSEBase>`.
    pub admin: String,
    /// How AE-IDs begin that the tester may register.
    pub ae_stem: String,
}

/// The tester's own side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tester {
    /// Where it accepts notifications and plays MAF, MEF and DAS.
    pub listen: String,
    /// How the IUT reaches it, without the port.
    pub advertise: String,
    /// Its source addresses, as the IUT sees them.
    pub sources: Vec<String>,
    /// The host name by which the IUT finds it, for associations that the IUT opens; that of `advertise` without it.
    pub name: Option<String>,
    /// Where it is the registrar of an AE under test: an address with its port, for TLS and DTLS.
    pub registrar: Option<String>,
    /// Addresses at which that AE would find it in the clear.
    pub beside: Vec<String>,
}

impl Default for Tester {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:0".into(),
            advertise: "http://127.0.0.1".into(),
            sources: vec!["127.0.0.1".into()],
            name: None,
            registrar: None,
            beside: Vec::new(),
        }
    }
}

/// How fast and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// How long an answer may take.
    pub response_timeout_ms: u64,
    /// Requests a second at most; 0 is no limit.
    pub requests_per_second: u32,
    /// Purposes, or trials of a campaign, that run at a time.
    pub jobs: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            response_timeout_ms: 3000,
            requests_per_second: 0,
            jobs: 8,
        }
    }
}

/// A known nonconformity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Id of the purpose that fails.
    pub purpose: String,
    /// Who answers for it.
    pub owner: String,
    /// Why it is known and let be.
    pub reason: String,
    /// The last day on which it holds.
    #[serde(deserialize_with = "scalar::date")]
    #[schemars(with = "String")]
    pub expires: time::Date,
}
