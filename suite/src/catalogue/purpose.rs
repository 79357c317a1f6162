//! One test purpose as it stands in its catalogue file.

use super::behaviour::{
    Decision, Handshakes, Identity, Links, Objects, PolicyWrite, Procedures, Prose, Scenario,
    Spoof, Tokens,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file of purposes, `suite/catalogue/GROUP.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeFile {
    /// The purposes, in the order of their ids.
    pub purpose: Vec<Purpose>,
}

/// What is to be shown of an IUT, and how.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// `<role>/<GROUP>/<SUBGROUP>/<nnn>`.
    pub id: String,
    /// The one thing that it shows.
    pub title: String,
    /// Ids of the requirements that it judges.
    pub requirements: Vec<String>,
    /// Threats of TR-0008 that it answers.
    #[serde(default)]
    pub threats: Vec<u32>,
    /// Claims that must all hold; `A|B` is either, `!A` is not claimed.
    pub pics: Vec<String>,
    /// Whether the stimulus is valid, invalid, or malformed or hostile.
    pub kind: Kind,
    /// Faults of the reference that this purpose claims to kill.
    #[serde(default)]
    pub kills: Vec<String>,
    /// Why it claims more than five.
    #[serde(default)]
    pub kills_reason: Option<String>,
    /// What a reader should know, such as a disputed reading.
    #[serde(default)]
    pub note: Option<String>,
    /// The name of the interoperability test (TS-0013) that it stands for.
    #[serde(default)]
    pub interop: Option<String>,
    /// Why the purpose has to be run alone, beyond what its behaviour implies.
    #[serde(default)]
    pub alone: Option<String>,
    /// Which set of credentials beyond those of all purposes it acts with, so that others can run beside it and have no sessions.
    #[serde(default)]
    pub credential_set: Option<usize>,
    /// Behaviour: one access decision.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// Behaviour: the administrator writes a policy that has to be refused, or may do no harm.
    #[serde(default)]
    pub policy: Option<PolicyWrite>,
    /// Behaviour: a request under a strange From.
    #[serde(default)]
    pub spoof: Option<Spoof>,
    /// Behaviour: a cell of the identity matrix.
    #[serde(default)]
    pub identity: Option<Identity>,
    /// Behaviour: one cell of the life cycle of `acpi`.
    #[serde(default)]
    pub links: Option<Links>,
    /// Behaviour: ESPrim Objects with one fault each.
    #[serde(default)]
    pub esprim: Option<Objects>,
    /// Behaviour: tokens with one fault each.
    #[serde(default)]
    pub tokens: Option<Tokens>,
    /// Behaviour: steps.
    #[serde(default, rename = "scenario")]
    pub steps: Option<Scenario>,
    /// Behaviour: handshakes.
    #[serde(default)]
    pub handshake: Option<Handshakes>,
    /// Behaviour: procedures of a key service.
    #[serde(default)]
    pub service: Option<Procedures>,
    /// Behaviour: a function of the suite, in words.
    #[serde(default)]
    pub function: Option<Prose>,
}

/// The kind of stimulus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A positive purpose.
    Valid,
    /// The stimulus must be refused.
    Invalid,
    /// A malformed or hostile stimulus.
    Robustness,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

impl Purpose {
    /// The steps that its family comes down to; none for a function.
    pub fn scenario(&self) -> Option<Scenario> {
        let decision = self.decision.as_ref().map(Decision::scenario);
        let policy = self.policy.as_ref().map(PolicyWrite::scenario);
        let spoof = self.spoof.as_ref().map(Spoof::scenario);
        let identity = self.identity.as_ref().map(Identity::scenario);
        let links = self.links.as_ref().map(Links::scenario);
        let objects = self.esprim.as_ref().map(Objects::scenario);
        let family = decision.or(policy).or(spoof).or(identity).or(links);
        let tokens = self.tokens.as_ref().map(Tokens::scenario);
        let family = family.or(objects).or(tokens);
        family.or_else(|| self.steps.clone())
    }

    /// What the suite lacks to judge it, if anything.
    pub fn lacks(&self) -> Option<&str> {
        self.function.as_ref()?.lacks.as_deref()
    }

    /// The group, which is the stem of the file: the second part of the id in lower case, with the third where a file holds
    /// one subgroup, or with the role where an AE has one of its own.
    pub fn group(&self) -> String {
        match (self.role(), self.part(1)) {
            (_, part @ ("SAE" | "RSPF")) => format!("{part}-{}", self.part(2)).to_lowercase(),
            (role @ "AE", part @ "ESDATA") => format!("{part}-{role}").to_lowercase(),
            (_, part) => part.to_lowercase(),
        }
    }

    /// The subgroup: the third part of the id.
    pub fn subgroup(&self) -> &str {
        self.part(2)
    }

    /// The role of the IUT: the first part of the id.
    pub fn role(&self) -> &str {
        self.part(0)
    }

    /// The claims that its condition names.
    pub fn claims(&self) -> impl Iterator<Item = &str> {
        self.pics
            .iter()
            .flat_map(|condition| condition.trim_start_matches('!').split('|'))
            .map(str::trim)
    }

    fn part(&self, index: usize) -> &str {
        self.id.split('/').nth(index).unwrap_or_default()
    }
}
