//! What a specification demands, in own words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file of requirements, `suite/catalogue/requirements/*.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFile {
    /// The requirements of one group of clauses.
    pub requirement: Vec<Requirement>,
}

/// One demand of a specification.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Specification, clause and number, such as `TS-0003/7.1.5/2`.
    pub id: String,
    /// The specification with its version.
    pub spec: String,
    /// The clause that it stands in.
    pub clause: String,
    /// How strongly it binds.
    pub level: Level,
    /// Who has to obey.
    pub subject: String,
    /// The demand.
    pub text: String,
    /// Whether a black box can show it.
    pub testable: Testable,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
    /// The group in which purposes for it are planned.
    #[serde(default)]
    pub planned: Option<String>,
    /// Why no black box can show it.
    #[serde(default)]
    pub untestable: Option<String>,
    /// Why it is outside what the suite judges.
    #[serde(default)]
    pub out_of_profile: Option<String>,
}

/// The modal verb of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Level {
    /// Mandatory.
    #[serde(rename = "shall")]
    Shall,
    /// Forbidden.
    #[serde(rename = "shall not")]
    ShallNot,
    /// Recommended.
    #[serde(rename = "should")]
    Should,
    /// Advised against.
    #[serde(rename = "should not")]
    ShouldNot,
    /// Allowed.
    #[serde(rename = "may")]
    May,
}

impl Level {
    /// Whether a purpose that judges it is mandatory.
    pub fn is_mandatory(self) -> bool {
        matches!(self, Self::Shall | Self::ShallNot)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}

/// From where a requirement can be seen to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Testable {
    /// From outside.
    #[serde(rename = "black-box")]
    BlackBox,
    /// From outside, once the IUT is made to act.
    #[serde(rename = "needs-trigger")]
    NeedsTrigger,
    /// From inside alone.
    #[serde(rename = "white-box")]
    WhiteBox,
    /// From nowhere.
    #[serde(rename = "not testable")]
    NotTestable,
}
