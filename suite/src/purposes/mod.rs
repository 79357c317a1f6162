//! What is judged. A purpose is a row of data that comes down to steps, or one short function.

mod acp;
mod aggregate;
pub mod answer;
mod assigned_stem;
mod associated_actors;
mod channel;
mod check;
pub mod clean_up;
mod credential_set;
mod escertke;
mod esdata;
mod esprim;
mod facts;
mod imp;
mod inbound;
mod invariant;
mod manner;
mod registration;
pub mod representation;
mod request_result;
mod sae;
pub mod scenario;
mod services;
mod stop;
mod subject;
mod telling;
pub mod world;

pub use facts::Facts;
pub use sae::{known_peer, provisioned_key};
pub use stop::{Finding, Stop};

use crate::catalogue::Purpose;
use crate::catalogue::behaviour::{
    Action, Endpoint, Expectation, Fixture, Handshakes, PairFixture, Procedures, Role, Step,
};
use crate::tester::link::BoxFuture;
use crate::tester::recorder::Recorder;
use crate::verdict::Reason;
use associated_actors::associated_actors;
use credential_set::CredentialSet;
use invariant::Invariant;
use onem2m_server::ServiceRole;
use std::collections::{BTreeMap, BTreeSet};
use world::World;

/// A purpose that is a function of its own: the twin's world, then the tested one.
pub type Function =
    for<'a, 'b> fn(&'a mut World<'b>, &'a mut World<'b>) -> BoxFuture<'a, Result<(), Stop>>;

/// A purpose ready to be run.
#[derive(Clone)]
pub struct Behaviour {
    run: Run,
    /// Whether it lets time pass.
    pub waits: bool,
    /// Whether it sends writes that may break the IUT when they are accepted, or has identities that others have too.
    exclusive: bool,
    /// The credentials that are its own, where the profile has them.
    credential_set: Option<CredentialSet>,
    /// Whether it has to leave an uninvolved entity served as before.
    is_guarded: bool,
}

#[derive(Clone)]
enum Run {
    Steps {
        associated: BTreeMap<String, Fixture>,
        /// Actors that share a pairwise key with the IUT.
        paired: BTreeMap<String, PairFixture>,
        /// Further actors that act within associations.
        provided: BTreeSet<String>,
        /// Where they do so.
        endpoint: Endpoint,
        twin: Vec<Step>,
        tested: Vec<Step>,
    },
    Handshakes(Handshakes),
    Procedures(ServiceRole, Procedures),
    Function(Function),
    /// Nothing, for want of this.
    Lacking(String),
}

/// The outcome of one attempt.
pub struct Attempted {
    /// How it ended.
    pub result: Result<(), Stop>,
    /// Structured ids of what could not be removed.
    pub left_behind: Vec<String>,
    /// What there is to say beside the outcome.
    pub notes: Vec<String>,
}

impl Behaviour {
    /// Reads the behaviour of a purpose.
    pub fn of(purpose: &Purpose) -> Result<Self, String> {
        if let Some(handshakes) = &purpose.handshake {
            sae::check(handshakes)?;
            return Ok(Self {
                run: Run::Handshakes(handshakes.clone()),
                waits: false,
                // Whoever holds a credential is the same in every purpose.
                exclusive: true,
                credential_set: None,
                is_guarded: true,
            });
        }
        if let Some(procedures) = &purpose.service {
            services::check(procedures)?;
            let role = match purpose.role() {
                "MAF" => ServiceRole::Maf,
                "MEF" => ServiceRole::Mef,
                other => return Err(format!("expected a purpose of MAF or MEF, got {other}")),
            };
            return Ok(Self {
                run: Run::Procedures(role, procedures.clone()),
                waits: false,
                exclusive: true,
                credential_set: None,
                is_guarded: false,
            });
        }
        if let Some(lacks) = purpose.lacks() {
            return Ok(Self {
                run: Run::Lacking(lacks.to_owned()),
                waits: false,
                exclusive: false,
                credential_set: None,
                is_guarded: false,
            });
        }
        if let Some(prose) = &purpose.function {
            let function = acp::function(&purpose.id)
                .or_else(|| imp::function(&purpose.id))
                .or_else(|| sae::function(&purpose.id))
                .or_else(|| esprim::function(&purpose.id))
                .or_else(|| esprim::function_apart(&purpose.id))
                .or_else(|| escertke::function(&purpose.id))
                .or_else(|| esdata::function(&purpose.id))
                .or_else(|| esdata::of_application(&purpose.id))
                .or_else(|| services::function(&purpose.id))
                .ok_or_else(|| format!("no function for {}", purpose.id))?;
            let exclusive = prose.exclusive
                || purpose.alone.is_some()
                || sae::function(&purpose.id).is_some()
                || esprim::function(&purpose.id).is_some()
                || escertke::function(&purpose.id).is_some()
                || esdata::of_application(&purpose.id).is_some()
                || services::function(&purpose.id).is_some();
            return Ok(Self {
                run: Run::Function(function),
                waits: prose.waits,
                exclusive,
                credential_set: CredentialSet::of(purpose),
                // Of an AE and of a key service there is one, and no CSE to look at.
                is_guarded: exclusive && purpose.role() == "CSE",
            });
        }
        let scenario = purpose
            .scenario()
            .ok_or_else(|| format!("{} has no behaviour", purpose.id))?;
        let tested = scenario.tested().map_err(|error| error.to_string())?;
        let twin = scenario.twin().map_err(|error| error.to_string())?;
        let endpoint = scenario.endpoint.unwrap_or(Endpoint::Https);
        let mut provided = associated_actors(twin.iter().chain(&tested));
        provided.retain(|actor| !scenario.associated.contains_key(actor));
        let is_guarded = purpose.alone.is_some() || tested.iter().any(may_break);
        Ok(Self {
            waits: tested
                .iter()
                .any(|step| matches!(step.action, Action::WaitUntil { .. })),
            // Whoever holds a credential or a pairwise key is the same in every purpose.
            exclusive: is_guarded
                || !scenario.associated.is_empty()
                || !scenario.paired.is_empty()
                || !provided.is_empty(),
            credential_set: CredentialSet::of(purpose),
            is_guarded,
            run: Run::Steps {
                associated: scenario.associated,
                paired: scenario.paired,
                provided,
                endpoint,
                twin,
                tested,
            },
        })
    }

    /// Whether no other may run beside it: it holds what others hold, or may break the IUT.
    pub fn is_exclusive(&self, facts: &Facts) -> bool {
        self.exclusive && self.own_set(facts).is_none()
    }

    /// Whether it has to leave an uninvolved entity served as before, since it may break the IUT. What others do beside it
    /// would be held against it.
    pub fn is_guarded(&self, facts: &Facts) -> bool {
        self.is_guarded && self.is_exclusive(facts)
    }

    fn own_set(&self, facts: &Facts) -> Option<CredentialSet> {
        self.credential_set.filter(|set| set.is_there(facts))
    }

    /// Runs one attempt and removes what it made.
    pub async fn attempt(
        &self,
        purpose: &str,
        facts: &Facts,
        recorder: &Recorder<'_>,
        number: u32,
    ) -> Attempted {
        let mut twin = World::new(recorder, facts, purpose, number, true);
        let mut tested = World::new(recorder, facts, purpose, number, false);
        if let Some(set) = self.own_set(facts) {
            twin.act_with_set(set.number());
            tested.act_with_set(set.number());
        }
        let result = match self.is_guarded(facts) {
            true => match Invariant::before(&mut tested).await {
                Ok(invariant) => {
                    let result = self.run(&mut twin, &mut tested).await;
                    invariant.after(&tested, result).await
                }
                Err(stop) => Err(stop),
            },
            false => self.run(&mut twin, &mut tested).await,
        };
        let mut left_behind = Vec::new();
        if recorder.outlives_purpose() {
            left_behind.extend(clean_up::clean_up(&tested).await);
            left_behind.extend(clean_up::clean_up(&twin).await);
        }
        Attempted {
            result,
            left_behind,
            notes: tested.notes().to_vec(),
        }
    }

    async fn run<'b>(&self, twin: &mut World<'b>, tested: &mut World<'b>) -> Result<(), Stop> {
        match &self.run {
            Run::Function(function) => function(twin, tested).await,
            Run::Lacking(lacks) => {
                let detail = format!("the suite cannot judge this yet: it lacks {lacks}");
                Err(Stop::inconclusive("start", Reason::NotImplemented, detail))
            }
            Run::Handshakes(handshakes) => sae::run(tested, handshakes).await,
            Run::Procedures(role, procedures) => services::run(tested, *role, procedures).await,
            Run::Steps {
                associated,
                paired,
                provided,
                endpoint,
                twin: twin_steps,
                tested: tested_steps,
            } => {
                for world in [&mut *twin, &mut *tested] {
                    world.send_to(*endpoint);
                    sae::associate(world, associated)?;
                    esprim::pair(world, paired)?;
                    sae::provide(world, provided)?;
                }
                scenario::run(twin, twin_steps).await?;
                if !associated.is_empty() || !paired.is_empty() || !provided.is_empty() {
                    // Both worlds go by the identities of the credentials.
                    clean_up::clean_up(twin).await;
                }
                scenario::run(tested, tested_steps).await
            }
        }
    }

    /// The steps of the tested world and of the twin; none for a function.
    pub fn steps(&self) -> Option<(&[Step], &[Step])> {
        match &self.run {
            Run::Steps { twin, tested, .. } => Some((tested, twin)),
            Run::Handshakes(_) | Run::Procedures(..) | Run::Function(_) | Run::Lacking(_) => None,
        }
    }
}

/// A write that has to be refused for what it holds: an IUT that takes it may break later.
fn may_break(step: &Step) -> bool {
    let refused = match &step.expect {
        Expectation::Refuse { .. } => true,
        Expectation::Codes(codes) => codes.iter().any(|code| (4000..4100).contains(code)),
        _ => false,
    };
    let writes = matches!(
        step.action,
        Action::Create { .. } | Action::Update { .. } | Action::Register { .. }
    );
    step.role == Role::Stimulus && writes && refused
}
