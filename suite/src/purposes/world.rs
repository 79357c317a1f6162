//! One world of a purpose: its identities, its resources, its clock, and how requests are sent in it.

mod associating;
mod carrying;
mod clock;
mod making;
mod manner;
mod point_of_access;
mod protecting;
mod provisioning;
mod sending;
mod tokens;

pub use carrying::{Between, Carriage, Carried, message_in};
pub use making::Remains;
pub use manner::{ABSENT, Manner};
pub use protecting::{Kept, Sealed};
pub use sending::discovery;

use protecting::Protecting;

use super::facts::Facts;
use super::stop::Stop;
use crate::catalogue::behaviour::{Endpoint, Place, Source};
use crate::profile::Provisioned;
use crate::tester::handshake::Credential;
use crate::tester::naming::Naming;
use crate::tester::recorder::Recorder;
use crate::tester::renaming::Renaming;
use crate::tester::template::{Unfilled, Words};
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use time::OffsetDateTime;

/// A world with its own tag. Requests may be sent from it in parallel.
pub struct World<'a> {
    recorder: &'a Recorder<'a>,
    facts: &'a Facts,
    /// Prefix of step names: empty in the tested world.
    prefix: &'static str,
    words: Words,
    /// When the scenario began: on the IUT's clock, and on the link's.
    start: Option<(OffsetDateTime, Duration)>,
    counters: Mutex<HashMap<String, u32>>,
    /// The credentials of actors that act within associations over them.
    credentials: HashMap<String, Credential>,
    /// Where they do so.
    endpoint: Endpoint,
    /// Where others send, but for the administrator, if not as usual.
    in_the_clear: Option<Endpoint>,
    /// The set of credentials that is its own; zero for the one of all purposes.
    credential_set: usize,
    /// The name by which the IUT is called, where it is not that of the CSE.
    called: Option<String>,
    protecting: Protecting,
    made: Vec<Remains>,
    /// The keys that the IUT was given; of several under one identity the first.
    given: Vec<Provisioned>,
    /// Identifiers of the pairwise keys that the IUT was given.
    shared: Vec<String>,
    notes: Vec<String>,
}

impl<'a> World<'a> {
    /// A fresh world; `twin` for the second one.
    pub fn new(
        recorder: &'a Recorder<'a>,
        facts: &'a Facts,
        purpose: &str,
        attempt: u32,
        twin: bool,
    ) -> Self {
        let kind = if twin { "twin" } else { "tested" };
        let naming = Naming::new(&facts.ae_stem, facts.seed, purpose, attempt, kind);
        Self {
            recorder,
            facts,
            prefix: if twin { "twin: " } else { "" },
            words: Words {
                naming,
                cse_base: facts.cse_base.clone(),
                cse_id: facts.cse_id.clone(),
                sp_domain: facts.sp_domain.clone(),
                administrator: facts.administrator.clone(),
                sources: recorder.sources(),
                locations: facts.locations(),
                made: HashMap::new(),
                clock: None,
                points_of_access: HashMap::new(),
                identities: HashMap::new(),
                key_identities: HashMap::new(),
                renamed: Vec::new(),
            },
            start: None,
            counters: Mutex::default(),
            credentials: HashMap::new(),
            endpoint: Endpoint::Https,
            in_the_clear: None,
            credential_set: 0,
            called: None,
            protecting: Protecting::default(),
            made: Vec::new(),
            given: Vec::new(),
            shared: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Makes its actors hold credentials of a set of their own.
    pub fn act_with_set(&mut self, number: usize) {
        self.credential_set = number;
    }

    /// The set of credentials that its actors hold.
    pub fn credential_set(&self) -> usize {
        self.credential_set
    }

    /// Keeps what a pass has to say beside that it is one.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// What was noted.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The name of a step as the transcript shows it.
    pub fn step(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The facts of the run.
    pub fn facts(&self) -> &'a Facts {
        self.facts
    }

    /// The recorder.
    pub fn recorder(&self) -> &'a Recorder<'a> {
        self.recorder
    }

    /// The identity that an actor sends in From.
    pub fn identity(&self, actor: &str) -> Result<String, Unfilled> {
        self.words.identity(actor)
    }

    /// Makes an actor go by the AE-ID-Stem that the IUT assigned.
    pub fn assign(&mut self, actor: &str, stem: &str) {
        self.words
            .identities
            .insert(actor.to_owned(), stem.to_owned());
    }

    /// Makes an actor go by an identity of the profile, also where texts of the catalogue call it by its pattern.
    fn go_by(&mut self, actor: &str, identity: &str) {
        self.assign(actor, identity);
        let renaming = Renaming::of(actor);
        if !self.words.renamed.contains(&renaming) {
            self.words.renamed.push(renaming);
        }
    }

    /// The source at a place.
    pub fn source(&self, place: Place) -> Result<Source, Unfilled> {
        self.words.locations.source(place)
    }

    /// The identity that a security association of an actor stands for, in SP-relative form, or in absolute form where it
    /// is of another domain.
    pub fn associated_identity(&self, actor: &str) -> Result<String, Unfilled> {
        self.words.sp_relative(actor)
    }

    /// Whether an actor has registered.
    pub fn is_registered(&self, actor: &str) -> bool {
        self.words.made.contains_key(actor)
    }

    /// A name of the catalogue as it is in this world.
    pub fn name(&self, pattern: &str) -> String {
        self.words.naming.rewrite(pattern)
    }

    /// The text that no refusal may show.
    pub fn canary(&self) -> String {
        self.name("tpT")
    }

    /// The name that the IUT was asked to give a resource.
    pub fn resource_name(&self, name: &str) -> String {
        self.words.naming.resource(name)
    }

    /// All ids of a resource.
    pub fn ids(&self, name: &str) -> Result<Vec<String>, Unfilled> {
        let mut ids = vec![self.words.target(name)?];
        let made = self.words.made.get(name);
        ids.extend(made.and_then(|made| made.unstructured.clone()));
        Ok(ids)
    }

    /// All ids of the resource with this structured id.
    pub fn forms(&self, path: &str) -> Vec<String> {
        let made = self.words.made.values().find(|made| made.path == path);
        let unstructured = made.and_then(|made| made.unstructured.clone());
        unstructured.into_iter().chain([path.to_owned()]).collect()
    }

    /// The structured id of a target.
    pub fn target(&self, name: &str) -> Result<String, Unfilled> {
        self.words.target(name)
    }

    /// The structured id of the target of a step.
    pub fn find(&self, step: &str, name: &str) -> Result<String, Stop> {
        let unfilled = |unfilled| Stop::unfilled(step, &unfilled);
        self.target(name).map_err(unfilled)
    }

    /// Entities that have registered.
    pub fn registered(&self) -> Vec<&str> {
        let entities = [
            "AE1", "AE2", "AE3", "AE4", "AE5", "AE6", "AE7", "AE8", "AE9",
        ];
        entities
            .into_iter()
            .filter(|entity| self.is_registered(entity))
            .collect()
    }
}
