//! One step of a scenario.

mod action;
mod kind;
mod table;

pub use action::Action;
pub use kind::ResourceKind;
pub use table::StepError;

use super::{Expectation, Place, Protection, TokenOrder};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

/// One exchange, wait or observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Unique in its purpose; it names the exchange in the transcript.
    pub name: String,
    /// `ADM`, `AE1` … `AE9`, `CSE2`, `CSE3`, `CSE9`, `IN2`; of these, `AE1` to `AE4`, `CSE2` and `CSE3` are registered beforehand
    /// where no step does it.
    pub actor: String,
    /// What the step is for.
    pub role: Role,
    /// What it does.
    pub action: Action,
    /// What it expects.
    pub expect: Expectation,
    /// From, if it is not the identity of the actor; `<absent>` leaves it out. Of an inbound request, what it has to be.
    pub from: Option<String>,
    /// Header fields added to the request as they are.
    pub headers: Map<String, Value>,
    /// Path of the request on the wire, in place of that of the target.
    pub path: Option<String>,
    /// Query fields added to the request as they are.
    pub query: Map<String, Value>,
    /// Which of the tester's addresses the connection comes from, if not the usual one.
    pub source: Option<Source>,
    /// Where the IUT has to locate the originator; decides the source.
    pub place: Option<Place>,
    /// The actor inside whose security association the request travels, if not as usual for who sends it; `none` for no
    /// association.
    pub association: Option<String>,
    /// The AEs that the association may speak for, which is then that of a node.
    pub allows: Vec<String>,
    /// The Credential-ID of what the association is established with. Without an actor or AEs beside it, nothing else is
    /// known of the association.
    pub credential: Option<String>,
    /// The App-ID in the certificate of the association.
    pub certifies: Option<String>,
    /// How the request travels inside an ESPrim Object; none if it does not.
    pub protect: Option<Protection>,
    /// The tokens that the request brings.
    pub tokens: Vec<TokenOrder>,
    /// A PIXIT with the seconds within which the answer has to come, where others than the IUT may delay it.
    pub within: Option<String>,
    /// Only if this step was answered with success.
    pub when: Option<String>,
    /// Only if this step was not answered with success.
    pub unless: Option<String>,
    /// How often it is done.
    pub repeat: u32,
    /// Attributes that the answer has to show, with these values.
    pub sees: Map<String, Value>,
    /// Attributes that the answer may not show.
    pub lacks: Vec<String>,
    /// What each member of the group answers, by its name, where a success is the aggregated answer of
    /// a fan-out point.
    pub members: BTreeMap<String, Expectation>,
    /// Resources of which the answer to a permitted request has to say something, wherever in it.
    pub shows: Vec<String>,
    /// Resources of which it may say nothing.
    pub hides: Vec<String>,
    /// Texts that no answer may hold, nor what arrives.
    pub conceals: Vec<String>,
    /// Whether the answer may not call itself partial.
    pub whole: bool,
    /// The representation has to be the one before the first stimulus.
    pub unchanged: bool,
    /// Of a registration, the first characters that the stem may have which the IUT assigns; the actor goes by that stem
    /// from then on.
    pub assigns: Option<String>,
    /// In which world it runs, if not in both.
    only: Option<World>,
}

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Makes the precondition; its failure is inconclusive.
    SetUp,
    /// The same exchange as a stimulus without the one thing under test; has to succeed.
    Twin,
    /// What is judged.
    Stimulus,
    /// Shows the effect, or that there was none.
    ReadBack,
    /// Shows that the IUT still serves everybody; the first of a pair is the measure of the second.
    Invariant,
    /// Removes what was made; never judged.
    CleanUp,
}

/// One of the addresses of the tester (`tester.sources`).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The first IPv4 address.
    #[default]
    First,
    /// Another IPv4 address.
    Second,
    /// The first IPv6 address.
    Ipv6,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum World {
    Tested,
    Twin,
}

impl Step {
    /// Whether the step belongs to the twin alone.
    pub fn only_in_twin(&self) -> bool {
        self.only == Some(World::Twin)
    }

    /// Whether the step is run in the twin: set-up, waits and stimuli are, observations are not.
    pub fn runs_in_twin(&self) -> bool {
        self.only != Some(World::Tested) && matches!(self.role, Role::SetUp | Role::Stimulus)
    }

    /// Whether nothing about the request differs from what its actor usually sends.
    pub fn is_usual(&self) -> bool {
        self.from.is_none()
            && self.headers.is_empty()
            && self.path.is_none()
            && self.query.is_empty()
            && self.source.is_none()
            && self.place.is_none()
            && self.association.is_none()
            && self.allows.is_empty()
            && self.credential.is_none()
            && self.certifies.is_none()
            && self.protect.is_none()
            && self.tokens.is_empty()
            && self.within.is_none()
            && self.members.is_empty()
    }

    /// Turns a stimulus into its twin, which has to succeed.
    pub fn become_twin(&mut self) {
        self.when = None;
        self.unless = None;
        if self.role == Role::Stimulus {
            self.role = Role::Twin;
            self.expect = Expectation::Permit;
            for member in self.members.values_mut() {
                *member = Expectation::Permit;
            }
            self.sees.clear();
            self.lacks.clear();
            self.shows.clear();
            self.hides.clear();
            self.conceals.clear();
            self.whole = false;
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(formatter)
    }
}
