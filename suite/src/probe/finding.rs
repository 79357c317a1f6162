//! Where claims and answers disagree.

use super::{Observation, Seen};
use crate::purposes::Facts;
use crate::report::ProfileFinding;

/// The claim, or its absence, that an answer contradicts. An answer that says nothing of the capability
/// contradicts nothing.
pub fn finding(facts: &Facts, observation: &Observation) -> Option<ProfileFinding> {
    let claimed = facts.claims(&observation.pics);
    let contradicts = match observation.seen {
        Seen::Supported => !claimed,
        Seen::Unsupported => claimed,
        Seen::Unknown => false,
    };
    contradicts.then(|| ProfileFinding {
        claim: observation.pics.clone(),
        claimed,
        asked: observation.asked.clone(),
        observed: match observation.seen {
            Seen::Supported => "as asked".into(),
            _ => observation.detail.clone(),
        },
        transcript: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::time::Duration;

    fn facts(claims: &[(&str, bool)]) -> Facts {
        let claims = claims
            .iter()
            .map(|(name, claimed)| ((*name).to_owned(), *claimed));
        Facts {
            release: 3,
            cse_id: "id-in".into(),
            cse_base: "cse-in".into(),
            sp_domain: String::new(),
            administrator: "CAdmin".into(),
            ae_stem: "Cconf".into(),
            pics: claims.collect(),
            pixit: BTreeMap::new(),
            disputes: BTreeMap::new(),
            provisioned: Vec::new(),
            pairwise: Vec::new(),
            hosts: Vec::new(),
            known_peers: crate::profile::KnownPeers::default(),
            token_issuers: Vec::new(),
            services: Vec::new(),
            served_maf: None,
            patience: Duration::ZERO,
            seed: 0,
        }
    }

    fn observation(seen: Seen) -> Observation {
        Observation {
            pics: "PICS_GROUP".into(),
            asked: "an AE creates a <group>".into(),
            seen,
            detail: "make-grpQ: expected success, got 5001".into(),
            transcript: Vec::new(),
        }
    }

    fn found(claimed: bool, seen: Seen) -> Vec<(bool, String)> {
        finding(&facts(&[("PICS_GROUP", claimed)]), &observation(seen))
            .into_iter()
            .map(|finding| (finding.claimed, finding.observed))
            .collect()
    }

    #[test]
    fn claim_that_the_iut_refuses_is_found() {
        let expected = "make-grpQ: expected success, got 5001".to_owned();
        assert_eq!(found(true, Seen::Unsupported), [(true, expected)]);
    }

    #[test]
    fn capability_that_nobody_claims_is_found() {
        assert_eq!(found(false, Seen::Supported), [(false, "as asked".into())]);
    }

    #[test]
    fn agreement_and_silence_are_no_findings() {
        assert!(found(true, Seen::Supported).is_empty());
        assert!(found(false, Seen::Unsupported).is_empty());
        assert!(found(true, Seen::Unknown).is_empty());
        assert!(found(false, Seen::Unknown).is_empty());
    }
}
