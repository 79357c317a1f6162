//! What becomes of every requirement.

use super::{Catalogue, Level, Requirement};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every requirement with its disposition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ledger {
    /// How many requirements there are of each disposition.
    pub counts: LedgerCounts,
    /// The requirements, by id.
    pub requirements: Vec<LedgerEntry>,
}

/// One requirement in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEntry {
    /// Its id.
    pub id: String,
    /// How strongly it binds.
    pub level: Level,
    /// What becomes of it.
    #[serde(flatten)]
    pub disposition: Disposition,
}

/// What becomes of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "disposition")]
pub enum Disposition {
    /// These purposes judge it.
    Tested {
        /// Their ids.
        purposes: Vec<String>,
    },
    /// Purposes will come.
    Planned {
        /// The group in which they will be.
        group: String,
    },
    /// No black box can show it.
    Untestable {
        /// Why not.
        reason: String,
    },
    /// The suite does not judge it.
    OutOfProfile {
        /// Why not.
        reason: String,
    },
    /// Nothing was decided: a gap.
    Undisposed,
}

/// Numbers of requirements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerCounts {
    /// All of them.
    pub total: usize,
    /// Judged by a purpose.
    pub tested: usize,
    /// To be judged.
    pub planned: usize,
    /// Not to be shown by a black box.
    pub untestable: usize,
    /// Not judged.
    pub out_of_profile: usize,
    /// Gaps.
    pub undisposed: usize,
}

impl Catalogue {
    /// The disposition of every requirement.
    pub fn ledger(&self) -> Ledger {
        let mut purposes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let judging = self.purposes.iter();
        for purpose in judging.filter(|purpose| purpose.lacks().is_none()) {
            for requirement in &purpose.requirements {
                purposes
                    .entry(requirement)
                    .or_default()
                    .push(purpose.id.clone());
            }
        }
        let requirements: Vec<LedgerEntry> = self
            .requirements
            .values()
            .map(|requirement| LedgerEntry {
                id: requirement.id.clone(),
                level: requirement.level,
                disposition: requirement.disposition(purposes.remove(requirement.id.as_str())),
            })
            .collect();
        Ledger {
            counts: count(&requirements),
            requirements,
        }
    }
}

impl Requirement {
    /// A purpose that judges it decides; else what its entry says.
    fn disposition(&self, purposes: Option<Vec<String>>) -> Disposition {
        if let Some(purposes) = purposes {
            return Disposition::Tested { purposes };
        }
        match (&self.planned, &self.untestable, &self.out_of_profile) {
            (Some(group), None, None) => Disposition::Planned {
                group: group.clone(),
            },
            (None, Some(reason), None) => Disposition::Untestable {
                reason: reason.clone(),
            },
            (None, None, Some(reason)) => Disposition::OutOfProfile {
                reason: reason.clone(),
            },
            _ => Disposition::Undisposed,
        }
    }
}

fn count(entries: &[LedgerEntry]) -> LedgerCounts {
    let mut counts = LedgerCounts {
        total: entries.len(),
        ..LedgerCounts::default()
    };
    for entry in entries {
        let one = match entry.disposition {
            Disposition::Tested { .. } => &mut counts.tested,
            Disposition::Planned { .. } => &mut counts.planned,
            Disposition::Untestable { .. } => &mut counts.untestable,
            Disposition::OutOfProfile { .. } => &mut counts.out_of_profile,
            Disposition::Undisposed => &mut counts.undisposed,
        };
        *one += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(dispositions: &[&str]) -> Ledger {
        let mut requirements = String::new();
        for (index, disposition) in dispositions.iter().enumerate() {
            requirements += &format!(
                "[[requirement]]\nid = \"TS-0003/7.1.5/{index}\"\nspec = \"s\"\nclause = \"7.1.5\"\nlevel = \"shall\"\n\
                 subject = \"CSE\"\ntext = \"t\"\ntestable = \"black-box\"\n{disposition}\n"
            );
        }
        let purpose = "[[purpose]]\nid = \"CSE/ACP/OPS/001\"\ntitle = \"t\"\n\
                       requirements = [\"TS-0003/7.1.5/0\"]\npics = []\nkind = \"valid\"\n";
        Catalogue::from_files([
            ("requirements/a.toml", requirements.as_str()),
            ("acp.toml", purpose),
        ])
        .expect("a small catalogue")
        .ledger()
    }

    #[test]
    fn purpose_makes_a_requirement_tested() {
        let purposes = vec!["CSE/ACP/OPS/001".to_owned()];
        let ledger = ledger(&[""]);
        let dispositions: Vec<_> = ledger
            .requirements
            .iter()
            .map(|entry| &entry.disposition)
            .collect();
        assert_eq!(dispositions, [&Disposition::Tested { purposes }]);
    }

    #[test]
    fn each_disposition_counts_once() {
        let ledger = ledger(&[
            "",
            "planned = \"dac\"",
            "untestable = \"r\"",
            "out_of_profile = \"r\"",
            "",
        ]);
        let counts = LedgerCounts {
            total: 5,
            tested: 1,
            planned: 1,
            untestable: 1,
            out_of_profile: 1,
            undisposed: 1,
        };
        assert_eq!(ledger.counts, counts);
    }

    #[test]
    fn two_dispositions_are_none() {
        let ledger = ledger(&["", "planned = \"dac\"\nuntestable = \"r\""]);
        assert_eq!(ledger.counts.undisposed, 1);
    }
}
