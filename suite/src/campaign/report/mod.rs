//! What a campaign came to, in the formats of those who read it.

mod json;
mod junit;
mod page;
mod sarif;

pub use json::json;
pub use junit::junit;
pub use page::page;
pub use sarif::sarif;

use super::finding::{Circumstances, Finding};
use super::hunt::Hunted;
use std::time::Duration;
use time::OffsetDateTime;

/// A campaign that has ended.
pub struct Account<'a> {
    /// Where it took place.
    pub around: &'a Circumstances,
    /// What it came to.
    pub hunted: &'a Hunted,
    /// When it began.
    pub started: OffsetDateTime,
    /// How long it took.
    pub elapsed: Duration,
    /// The name of the IUT.
    pub iut: &'a str,
}

impl Account<'_> {
    /// The findings with the names of their files.
    pub fn findings(&self) -> impl Iterator<Item = (String, &Finding)> {
        let numbered = self.hunted.findings.iter().enumerate();
        numbered.map(|(position, finding)| (file_name(position + 1, finding), finding))
    }
}

/// The longest stem of a file's name.
const LONGEST: usize = 100;

/// The file of a finding below the folder of the campaign.
pub fn file_name(number: usize, finding: &Finding) -> String {
    let stem: String = finding.id.chars().take(LONGEST).collect();
    format!("findings/{number:03}-{stem}.json")
}

/// The cause of a finding as a word.
fn cause(finding: &Finding) -> String {
    finding.trouble.cause.to_string()
}
