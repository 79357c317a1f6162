//! Response status codes on which the texts disagree.

use serde::{Deserialize, Serialize};

/// The file `suite/catalogue/disputes.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeFile {
    /// The disputes.
    #[serde(default)]
    pub dispute: Vec<Dispute>,
}

/// An answer that texts or releases describe differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// The name by which an expectation refers to it.
    pub name: String,
    /// What is disputed.
    pub text: String,
    /// What each text says.
    pub reading: Vec<DisputeReading>,
}

/// What one text says, for the releases that it binds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeReading {
    /// The releases; empty for all.
    #[serde(default)]
    pub releases: Vec<u8>,
    /// The codes that this text allows.
    pub codes: Vec<u16>,
    /// Where it says so.
    pub clause: String,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
}

impl Dispute {
    /// Every code that some text of a release allows.
    pub fn codes(&self, release: u8) -> Vec<u16> {
        let mut codes: Vec<u16> = self
            .reading
            .iter()
            .filter(|reading| reading.releases.is_empty() || reading.releases.contains(&release))
            .flat_map(|reading| reading.codes.iter().copied())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_other_releases_are_left_out() {
        let reading = |releases: &[u8], code| DisputeReading {
            releases: releases.to_vec(),
            codes: vec![code],
            clause: "TS-0004 V3.32.0, 7.3.3.1".into(),
            note: None,
        };
        let dispute = Dispute {
            name: "d".into(),
            text: "t".into(),
            reading: vec![reading(&[2], 4000), reading(&[], 4102), reading(&[3], 4001)],
        };
        assert_eq!(dispute.codes(3), [4001, 4102]);
    }
}
