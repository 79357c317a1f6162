//! Credentials with which one purpose acts alone, so that others can run beside it.

use super::facts::Facts;
use super::{escertke, esprim};
use crate::catalogue::Purpose;

/// A set of credentials of the profile beyond the first, which all other purposes share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialSet {
    number: usize,
    /// How many further ones it takes.
    further: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The pairwise key of an AE.
    Pair,
    /// The certificate of an AE that initiates, and of one that does not.
    Parties,
}

impl CredentialSet {
    /// The set that a purpose names; one of several pairs goes on behind it.
    pub fn of(purpose: &Purpose) -> Option<Self> {
        let kind = match purpose.group().as_str() {
            "escertke" => Kind::Parties,
            _ => Kind::Pair,
        };
        let number = purpose.credential_set?;
        let paired = purpose
            .scenario()
            .map_or(0, |scenario| scenario.paired.len());
        let further = paired.saturating_sub(1);
        Some(Self {
            number,
            further,
            kind,
        })
    }

    /// Its number, from one.
    pub fn number(self) -> usize {
        self.number
    }

    /// Whether the profile has it.
    pub fn is_there(self, facts: &Facts) -> bool {
        let last = self.number.saturating_add(self.further);
        match self.kind {
            Kind::Pair => esprim::has_set(facts, last),
            Kind::Parties => escertke::has_set(facts, last),
        }
    }
}
