//! Runs handshakes: holders register, the twin stands, each attempt comes to what it has to, and everybody is served after.

use super::foreign_cookie;
use super::holder::{Holder, holder, spoilt};
use super::intrusion::{Intruder, is_answered};
use super::outcome::{Next, compare, compare_datagrams, unserved, wrong};
use super::prepared::Prepared;
use super::sight::Look;
use super::standing::{attempt_at, attempt_over, close, standing};
use crate::catalogue::behaviour::{
    Ends, Fixture, Handshakes, Refusals, Role, Run, Sight, Unrequested,
};
use crate::purposes::answer::Answer;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::coap;
use crate::tester::handshake::{
    Association, Attempt, Conduct, Credential, Earlier, Handshake, Seen,
};
use crate::verdict::{Cause, Judgement, Reason};
use onem2m_primitive::Request;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::Duration;

/// Within what time a flight that is not answered has to come again.
const REPETITION: Duration = Duration::from_secs(10);

/// Whether the data can be run.
pub fn check(handshakes: &Handshakes) -> Result<(), String> {
    if !handshakes.begins_with_what_stands() {
        return Err("expected a twin, or a first attempt that has to stand, got neither".into());
    }
    for run in &handshakes.runs {
        for (name, value) in run.attempts() {
            conduct(&value).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}

fn conduct(value: &Map<String, Value>) -> Result<Conduct, String> {
    serde_json::from_value(Value::Object(value.clone())).map_err(|error| error.to_string())
}

/// Runs them in a world.
pub async fn run(world: &mut World<'_>, handshakes: &Handshakes) -> Result<(), Stop> {
    let mut holders = BTreeMap::new();
    let registered_first = handshakes.registered_first();
    for fixture in handshakes.holders() {
        let mut holder = holder(world, fixture)?;
        if let Some(same) = known(&holders, &holder) {
            holder.actor.clone_from(same);
        }
        if let Some(entity) = holder.entity() {
            world.associate(&holder.actor, entity, holder.credential.clone());
            if registered_first.contains(&fixture) && !world.is_registered(&holder.actor) {
                world.register(&holder.actor, &Map::new()).await?;
            }
        }
        if let Some(bits) = holder.weak_bits() {
            world.note(format!(
                "{fixture} has {bits} bits: weak, since whoever records a handshake can try keys without the IUT (RFC 4279, 7.2)"
            ));
        }
        holders.insert(fixture, holder);
    }
    let mut stage = Stage {
        world,
        handshakes,
        holders,
        twin: None,
        open: None,
    };
    if handshakes.twin {
        stage.twin = Some(stage.serves("twin", Role::Twin).await?);
    }
    let mut ends = Vec::new();
    for run in &handshakes.runs {
        for (name, value) in run.attempts() {
            let conduct = conduct(&value).map_err(|error| Stop::error(&name, error))?;
            for (name, key) in stage.keys(run, &name)? {
                ends.push(stage.attempt(run, &name, conduct.clone(), key).await?);
            }
        }
    }
    stage.serves("read-back", Role::ReadBack).await?;
    if handshakes.alike {
        alike(&ends)?;
    }
    stage.open.map_or(Ok(()), Err)
}

/// Who stands for the same entity already: one credential may be several fixtures, and an entity registers once.
fn known<'h>(holders: &'h BTreeMap<Fixture, Holder>, holder: &Holder) -> Option<&'h String> {
    let entity = holder.entity()?;
    let mut known = holders.values();
    let same = known.find(|known| known.entity() == Some(entity))?;
    Some(&same.actor)
}

/// Where handshakes happen.
struct Stage<'w, 'a> {
    world: &'w mut World<'a>,
    handshakes: &'w Handshakes,
    holders: BTreeMap<Fixture, Holder>,
    /// What the twin leaves to later handshakes.
    twin: Option<Earlier>,
    /// What no text decides, unless something else is decided.
    open: Option<Stop>,
}

impl<'a> Stage<'_, 'a> {
    /// An association in which nothing is wrong stands, and its holder is served within it; what it leaves to later ones.
    async fn serves(&mut self, name: &str, role: Role) -> Result<Earlier, Stop> {
        let holder = self.holder(name, self.handshakes.credential)?;
        let handshake = self.world.handshake(name, holder.credential.clone());
        let endpoint = self.handshakes.endpoint;
        let attempt = attempt_at(self.world, name, role, endpoint, &handshake).await?;
        let earlier = attempt.earlier();
        let mut association = standing(name, role, attempt)?;
        self.serve(name, role, &mut association, &holder, None)
            .await?;
        close(name, &mut association).await?;
        Ok(earlier)
    }

    /// The keys with which an attempt is made, each with the name of its step; none where it is that of the credential.
    fn keys(&self, run: &Run, name: &str) -> Result<Vec<(String, Option<Credential>)>, Stop> {
        if !run.every_key {
            return Ok(vec![(name.to_owned(), None)]);
        }
        let keys = self.world.facts().provisioned.iter();
        keys.map(|provisioned| {
            let holder = Holder::of(provisioned, "AE1")?;
            let name = format!("{name} with key {}", provisioned.name);
            Ok((name, Some(holder.credential)))
        })
        .collect()
    }

    /// Makes an attempt and compares what it came to.
    async fn attempt(
        &mut self,
        run: &Run,
        name: &str,
        conduct: Conduct,
        key: Option<Credential>,
    ) -> Result<AssociationEnd, Stop> {
        let fixture = run.credential.unwrap_or(self.handshakes.credential);
        let holder = self.holder(name, fixture)?;
        let credential = match (&run.defect, key) {
            (Some(defect), _) => spoilt(self.world, name, fixture, defect, run.another)?,
            (None, Some(key)) => key,
            (None, None) => holder.credential.clone(),
        };
        let mut handshake = self.world.handshake(name, credential);
        handshake.conduct = conduct;
        if let Some(another) = run.another {
            handshake.another = Some(self.another(name, another)?.credential);
        }
        handshake.earlier = self.twin.clone();
        if run.shows.contains(&Sight::RepeatedFlight) {
            handshake.patience = handshake.patience.max(REPETITION);
        }
        let endpoint = self.handshakes.endpoint;
        let Attempt {
            end,
            association,
            seen,
            ..
        } = match run.cookie {
            None => attempt_at(self.world, name, Role::Stimulus, endpoint, &handshake).await?,
            Some(cookie) => {
                let (cookie, connection) =
                    foreign_cookie::obtain(self.world, name, endpoint, cookie, &handshake).await?;
                handshake.cookie = Some(cookie);
                attempt_over(name, connection, &handshake).await?
            }
        };
        if seen.heartbeat {
            let judgement = Judgement::fail(Cause::Leak, "no answer to a heartbeat", "an answer");
            return Err(Stop::Judged(judgement.at(name)));
        }
        let next = match endpoint.is_datagram() {
            true => compare_datagrams(name, &run.ends, &end)?,
            false => compare(name, &run.ends, &end)?,
        };
        self.look(run, name, &seen, &handshake)?;
        match (next, association) {
            (Next::Done(note), _) => {
                if let Some(note) = note {
                    self.world.note(note);
                }
            }
            (Next::Serve, Some(mut association)) => {
                let registered = run.has_to_stand()
                    && self
                        .register_within(name, &mut association, &holder)
                        .await?;
                self.intrude(run, name, &mut association, &holder).await?;
                match &run.ends {
                    Ends::Unbound(refusals) => {
                        let asking = [&holder];
                        self.refuses(name, &mut association, refusals, &asking)
                            .await?;
                    }
                    Ends::AtMostOne(refusals) => {
                        let another = run.another.unwrap_or(self.handshakes.credential);
                        let asking = [&holder, &self.holder(name, another)?];
                        self.refuses(name, &mut association, refusals, &asking)
                            .await?;
                    }
                    Ends::RefusedUnlessRequested(unrequested) if !requests(&seen, unrequested) => {
                        return Err(wrong(name, Cause::WrongDecision, &run.ends, &end));
                    }
                    // Whoever registered within it was served: the IUT may end a connection behind an answer.
                    ends if registered => self.leave_open(name, ends),
                    ends => {
                        let served = self
                            .serve(name, Role::Stimulus, &mut association, &holder, None)
                            .await;
                        if let (Err(Stop::Undecided(ended)), Ends::Either | Ends::Anything) =
                            (&served, ends)
                        {
                            let observed = ended.observed.clone().unwrap_or_default();
                            self.world.note(format!("{name}: {end}, then {observed}"));
                            return Ok(end);
                        }
                        served?;
                        self.leave_open(name, ends);
                    }
                }
                for denied in &run.denies {
                    let denied = self.holder(name, *denied)?;
                    self.serve(
                        name,
                        Role::Stimulus,
                        &mut association,
                        &holder,
                        Some(&denied),
                    )
                    .await?;
                }
                if run.ends != Ends::Established {
                    self.world.note(format!("{name}: {end}"));
                }
                close(name, &mut association).await?;
            }
            (Next::Serve, None) => return Err(Stop::error(name, "no association to serve in")),
        }
        Ok(end)
    }

    /// The holder registers within its association, unless it did so before; whether it did so now.
    async fn register_within(
        &mut self,
        name: &str,
        association: &mut Association<'_>,
        holder: &Holder,
    ) -> Result<bool, Stop> {
        if holder.entity().is_none() || self.world.is_registered(&holder.actor) {
            return Ok(false);
        }
        let step = format!("{name}: register");
        let with = Map::new();
        let (request, path) = self.world.registration(&holder.actor, &step, &with).await?;
        let answer = Prepared::new(self.world, holder, &step, Role::Stimulus, request, None)?
            .ask(self.world, association)
            .await?;
        self.world.enrol(&holder.actor, &step, path, &answer)?;
        Ok(true)
    }

    /// Sends what somebody sends who knows no keys.
    async fn intrude(
        &mut self,
        run: &Run,
        name: &str,
        association: &mut Association<'_>,
        holder: &Holder,
    ) -> Result<(), Stop> {
        let Some(entity) = holder.entity().filter(|_| !run.after.is_empty()) else {
            return Ok(());
        };
        let link = |error| Stop::link(name, &error);
        let request = Request::retrieve(self.world.find(name, &holder.actor)?);
        let (outgoing, _) = self
            .world
            .prepare(&holder.actor, name, request, Some(entity))?;
        let message = coap::numbered(&outgoing, self.world.facts().option_numbers(), association)
            .map_err(link)?;
        let request = coap::written(&message).map_err(link)?;
        let step = format!("{name}: of nobody");
        let handshake = self.world.handshake(&step, holder.credential.clone());
        let intruder = Intruder {
            request: &request,
            handshake: &handshake,
        };
        for intrusion in &run.after {
            let intruded = intruder.intrude(association, *intrusion).await;
            intruded.map_err(link)?;
        }
        if run.shows.contains(&Sight::NoClearAnswer) {
            let patience = self.world.facts().patience;
            let answered = is_answered(association, patience).await;
            if answered.map_err(link)? {
                let judgement =
                    Judgement::fail(Cause::Leak, "no answer to what is in the clear", "one");
                return Err(Stop::Judged(judgement.at(name)));
            }
        }
        Ok(())
    }

    /// Looks at what the run has to show.
    fn look(
        &mut self,
        run: &Run,
        name: &str,
        seen: &Seen,
        handshake: &Handshake,
    ) -> Result<(), Stop> {
        let look = Look {
            seen,
            handshake,
            facts: self.world.facts(),
        };
        for sight in &run.shows {
            let note = look
                .at(*sight)
                .map_err(|finding| Stop::found(name, finding))?;
            if let Some(note) = note {
                self.world.note(format!("{name}: {note}"));
            }
        }
        Ok(())
    }

    /// An association that no text tells the IUT to refuse, over what every text forbids the tester.
    fn leave_open(&mut self, name: &str, ends: &Ends) {
        let is_open = matches!(
            ends,
            Ends::RefusedOrInconclusive(_) | Ends::RefusedUnlessRequested(_)
        );
        if is_open && self.open.is_none() {
            let detail = "the association stands over what the profile of certificates forbids; no text tells the IUT to look";
            self.open = Some(Stop::inconclusive(name, Reason::TestBed, detail));
        }
    }

    /// At least one of those who ask is refused with one of the codes.
    async fn refuses(
        &mut self,
        name: &str,
        association: &mut Association<'_>,
        refusals: &Refusals,
        asking: &[&Holder],
    ) -> Result<(), Stop> {
        let mut last = None;
        for holder in asking {
            let Some(entity) = holder.entity() else {
                continue;
            };
            let step = format!("{name}: retrieve as {}", holder.actor);
            let answer = self
                .ask(&step, Role::Stimulus, association, holder, entity)
                .await?;
            if answer
                .code()
                .is_some_and(|code| refusals.codes.contains(&code))
            {
                return Ok(());
            }
            last = Some((step, answer));
        }
        let codes: Vec<String> = refusals.codes.iter().map(ToString::to_string).collect();
        let expected = format!("a refusal of the identity: {}", codes.join(" or "));
        match last {
            Some((step, answer)) => Err(unserved(&step, Role::Stimulus, &expected, &answer)),
            None => Ok(()),
        }
    }

    /// The holder is served within its association; somebody else under its own name is not.
    async fn serve(
        &mut self,
        name: &str,
        role: Role,
        association: &mut Association<'_>,
        holder: &Holder,
        denied: Option<&Holder>,
    ) -> Result<(), Stop> {
        if holder.entity().is_none() {
            return Ok(());
        }
        let prepared = match denied {
            Some(denied) => {
                let step = format!("{name}: as {}", denied.actor);
                Prepared::foreign(self.world, holder, denied, &step, &holder.actor)?
            }
            None => Prepared::own(self.world, holder, &format!("{name}: retrieve"), role)?,
        };
        prepared.ask(self.world, association).await.map(drop)
    }

    /// The answer to a Retrieve of the holder's own registration, under some From.
    async fn ask(
        &mut self,
        step: &str,
        role: Role,
        association: &mut Association<'_>,
        holder: &Holder,
        from: &str,
    ) -> Result<Answer, Stop> {
        let request = Request::retrieve(self.world.find(step, &holder.actor)?);
        let prepared = Prepared::new(self.world, holder, step, role, request, Some(from))?;
        let received = prepared.received(self.world, association).await?;
        Ok(prepared.read(&received))
    }

    fn holder(&self, step: &str, fixture: Fixture) -> Result<Holder, Stop> {
        let holder = self.holders.get(&fixture).cloned();
        holder.ok_or_else(|| Stop::error(step, format!("nobody holds {fixture}")))
    }

    /// A credential of which a conduct takes parts; its holder need not register.
    fn another(&self, step: &str, fixture: Fixture) -> Result<Holder, Stop> {
        match self.holder(step, fixture) {
            Ok(holder) => Ok(holder),
            Err(_) => holder(self.world, fixture),
        }
    }
}

/// Whether the CertificateRequest lists what the tester uses.
fn requests(seen: &Seen, unrequested: &Unrequested) -> bool {
    let Some(request) = &seen.certificate_request else {
        return false;
    };
    let types = &request.certificate_types;
    let has_type = unrequested
        .certificate_type
        .is_none_or(|wanted| types.iter().any(|kind| kind.0 == wanted));
    let has_algorithm = request
        .supported_signature_algorithms
        .iter()
        .any(|scheme| unrequested.signature_algorithms.contains(&scheme.0));
    has_type && has_algorithm
}

/// An IUT that answers alike tells nothing by how it answers (RFC 4279, 2).
fn alike(ends: &[AssociationEnd]) -> Result<(), Stop> {
    let Some((first, others)) = ends.split_first() else {
        return Ok(());
    };
    match others.iter().find(|other| *other != first) {
        None => Ok(()),
        Some(other) => Err(Stop::inconclusive(
            "ends",
            Reason::Unstable,
            format!("attempts end differently: {first}; {other}"),
        )),
    }
}
