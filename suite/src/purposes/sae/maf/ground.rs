use super::kc::Kc;
use super::server::{Maf, Script};
use super::visit::{Reply, Visit};
use crate::catalogue::behaviour::{Ends, InboundOperation, Role};
use crate::purposes::sae::client::refusal::fail;
use crate::purposes::sae::holder::Holder;
use crate::purposes::sae::outcome::{Next, compare};
use crate::purposes::sae::prepared::Prepared;
use crate::purposes::sae::standing::{attempt, close, standing};
use crate::purposes::stop::Stop;
use crate::purposes::world::{Remains, World};
use crate::tester::handshake::{Credential, Handshake};
use crate::verdict::{Cause, Reason};
use onem2m_association::messages::AlertDescription;
use onem2m_keys::Psk;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Map;
use std::time::Duration;

/// The AEs.
const FIRST: &str = "AE1";
const SECOND: &str = "AE2";

/// How a key is refused that the MAF does not give.
const NO_KEY: [u8; 5] = [
    AlertDescription::UNKNOWN_PSK_IDENTITY.0,
    AlertDescription::DECRYPT_ERROR.0,
    AlertDescription::BAD_RECORD_MAC.0,
    AlertDescription::INTERNAL_ERROR.0,
    AlertDescription::ACCESS_DENIED.0,
];

/// An MAF, and two AEs that have keys there in which nothing is wrong.
#[derive(Clone)]
pub struct Ground<'a> {
    /// The MAF.
    pub maf: Maf<'a>,
    /// The key of the first AE.
    pub kc: Kc,
    /// The first AE.
    pub holder: Holder,
    /// The key of the second AE.
    pub second_kc: Kc,
    /// The second AE.
    pub second: Holder,
    /// What the MAF does while nothing is wrong.
    pub script: Script,
}

impl<'a> Ground<'a> {
    /// Nothing has happened yet.
    pub async fn new(world: &mut World<'a>, maf: Maf<'a>) -> Result<Self, Stop> {
        let source = absolute(world, FIRST)?;
        let kc = Kc::draw(world, "right", &source)?;
        let source = absolute(world, SECOND)?;
        let second_kc = Kc::draw(world, "right of the second", &source)?;
        Ok(Self {
            holder: holder_of(world, &maf.fqdn, FIRST, &kc)?,
            second: holder_of(world, &maf.fqdn, SECOND, &second_kc)?,
            script: Script::default()
                .with(&kc, kc.given(maf.served))
                .with(&second_kc, second_kc.given(maf.served)),
            maf,
            kc,
            second_kc,
        })
    }

    /// An actor that has a key.
    pub fn holder_of(&self, world: &World<'_>, actor: &str, kc: &Kc) -> Result<Holder, Stop> {
        holder_of(world, &self.maf.fqdn, actor, kc)
    }

    /// An actor that sends an identity and has these octets for a key.
    pub fn holder_with(
        &self,
        world: &World<'_>,
        actor: &str,
        identity: &str,
        key: &[u8],
    ) -> Result<Holder, Stop> {
        holder_with(world, actor, identity, key)
    }

    /// The Key Identifier of a key (TS-0003 V3.18.0, 10.3.5).
    pub fn identity_of(&self, kc: &Kc) -> String {
        format!("{}@{}", kc.relative, self.maf.fqdn)
    }

    /// A key of the same AE that the IUT has never asked for.
    pub fn another(&self, world: &mut World<'_>, name: &str) -> Result<Kc, Stop> {
        let source = self.kc.source.clone().unwrap_or_default();
        Kc::draw(world, name, &source)
    }

    /// The script, with a key more.
    pub fn giving(&self, kc: &Kc) -> Script {
        let reply = kc.given(self.maf.served);
        self.script.clone().with(kc, reply)
    }

    /// A handshake of a holder; the IUT may first wait for the MAF.
    pub fn handshake(&self, world: &World<'_>, step: &str, holder: &Holder) -> Handshake {
        let longest = Duration::from_secs(world.facts().seconds("PIXIT_T_MAF") + 1);
        let handshake = world.handshake(step, holder.credential.clone());
        Handshake {
            patience: handshake.patience.max(longest),
            ..handshake
        }
    }

    /// An AE registers over its key, as a precondition.
    pub async fn register(&self, world: &mut World<'a>, holder: &Holder) -> Result<(), Stop> {
        let step = format!("register {}", holder.actor);
        let script = &self.script;
        let enrolled = self.enrol(world, &step, Role::SetUp, holder, script);
        enrolled.await.map(drop)
    }

    /// An AE registers over its key, which is looked at; what the MAF saw of it.
    pub async fn enrol(
        &self,
        world: &mut World<'a>,
        step: &str,
        role: Role,
        holder: &Holder,
        script: &Script,
    ) -> Result<Vec<Visit>, Stop> {
        let actor = &holder.actor;
        world.associate(
            actor,
            holder.identity("credential")?,
            holder.credential.clone(),
        );
        let (request, path) = world.registration(actor, step, &Map::new()).await?;
        let prepared = Prepared::new(world, holder, step, role, request, None)?;
        let handshake = self.handshake(world, step, holder);
        let asking = async {
            let attempt = attempt(world, step, role, &handshake).await?;
            let mut association = standing(step, role, attempt)?;
            let answer = prepared.ask(world, &mut association).await?;
            close(step, &mut association).await?;
            Ok(answer)
        };
        let (answer, visits) = self.maf.beside(step, role, script, asking).await?;
        world.enrol(actor, step, path, &answer?)?;
        Ok(visits)
    }

    /// The AE is served over the right key.
    pub async fn is_served(&self, world: &World<'a>, step: &str, role: Role) -> Result<(), Stop> {
        let handshake = self.handshake(world, step, &self.holder);
        let own = Prepared::own(world, &self.holder, &format!("{step}: retrieve"), role)?;
        let serving = async {
            let attempt = attempt(world, step, role, &handshake).await?;
            let mut association = standing(step, role, attempt)?;
            own.ask(world, &mut association).await?;
            close(step, &mut association).await
        };
        let (served, _) = self.maf.beside(step, role, &self.script, serving).await?;
        served
    }

    /// A handshake that comes to no association; what the MAF saw of it.
    pub async fn refuses(
        &self,
        world: &mut World<'a>,
        step: &str,
        holder: &Holder,
        script: &Script,
    ) -> Result<Vec<Visit>, Stop> {
        let handshake = self.handshake(world, step, holder);
        self.refuses_by(world, step, &handshake, script).await
    }

    /// The same for a handshake of its own kind.
    pub async fn refuses_by(
        &self,
        world: &mut World<'a>,
        step: &str,
        handshake: &Handshake,
        script: &Script,
    ) -> Result<Vec<Visit>, Stop> {
        let role = Role::Stimulus;
        let attempting = attempt(world, step, role, handshake);
        let (attempt, visits) = self.maf.beside(step, role, script, attempting).await?;
        if let Next::Done(Some(note)) =
            compare(step, &Ends::Refused(NO_KEY.to_vec()), &attempt?.end)?
        {
            world.note(note);
        }
        Ok(visits)
    }

    /// The same over a key of its own, which the IUT asks for and for which the MAF has this reply. What it refuses without
    /// having asked says nothing of the reply.
    pub async fn refuses_reply(
        &self,
        world: &mut World<'a>,
        step: &str,
        kc: &Kc,
        reply: Reply,
    ) -> Result<(), Stop> {
        let holder = self.holder_of(world, "AE1", kc)?;
        let script = self.script.clone().with(kc, reply);
        let visits = self.refuses(world, step, &holder, &script).await?;
        match self.retrievals(&visits, kc) {
            0 => {
                let detail = format!("the IUT did not ask the MAF for {}", kc.relative);
                Err(Stop::inconclusive(step, Reason::Precondition, detail))
            }
            _ => Ok(()),
        }
    }

    /// A handshake that comes to an association, or to none: whether it stands, and what the MAF saw of it.
    pub async fn either(
        &self,
        world: &mut World<'a>,
        step: &str,
        holder: &Holder,
        script: &Script,
    ) -> Result<(bool, Vec<Visit>), Stop> {
        let handshake = self.handshake(world, step, holder);
        let role = Role::Stimulus;
        let attempting = async {
            let attempt = attempt(world, step, role, &handshake).await?;
            let next = compare(step, &Ends::Either, &attempt.end)?;
            if let Some(mut association) = attempt.association {
                close(step, &mut association).await?;
            }
            Ok::<_, Stop>(next)
        };
        let (next, visits) = self.maf.beside(step, role, script, attempting).await?;
        let stands = match next? {
            Next::Serve => true,
            Next::Done(note) => {
                world.note(note.unwrap_or_else(|| format!("{step}: refused")));
                false
            }
        };
        Ok((stands, visits))
    }

    /// Every retrieval asks for one of these keys, and for nothing else.
    pub fn asks_for(&self, step: &str, visits: &[Visit], keys: &[&str]) -> Result<(), Stop> {
        let base = &self.maf.served.names.base;
        let requests = visits.iter().flat_map(|visit| &visit.requests);
        for request in requests {
            if request.operation() != Some(InboundOperation::Retrieve) {
                continue;
            }
            let relative = Visit::retrieved(request, base);
            if !keys.iter().any(|key| relative.as_deref() == Some(key)) {
                let expected = match keys {
                    [] => "no retrieval".to_owned(),
                    keys => format!("a retrieval of {}", keys.join(" or ")),
                };
                let observed = format!("{} {}", request.method, request.target);
                return Err(fail(step, Cause::WrongDecision, &expected, &observed));
            }
        }
        Ok(())
    }

    /// How often a key was retrieved.
    pub fn retrievals(&self, visits: &[Visit], kc: &Kc) -> usize {
        let base = &self.maf.served.names.base;
        let requests = visits.iter().flat_map(|visit| &visit.requests);
        requests
            .filter(|request| {
                request.operation() == Some(InboundOperation::Retrieve)
                    && Visit::retrieved(request, base).as_deref() == Some(&kc.relative)
            })
            .count()
    }

    /// Who registered over a key leaves while the MAF is still there.
    pub async fn end(&self, world: &mut World<'a>) {
        let made = world.made().iter().rev();
        let made = made.filter(|made| [FIRST, SECOND].contains(&made.actor.as_str()));
        let made: Vec<Remains> = made.cloned().collect();
        let (step, role) = ("clean up", Role::CleanUp);
        let leaving = async {
            let mut left = Vec::new();
            for remains in made {
                let request = Request::delete(remains.path.clone());
                let sent = world.send(&remains.actor, step, role, request, None, &[]);
                let absent = ResponseStatusCode::NOT_FOUND.number();
                if let Ok(answer) = sent.await
                    && (answer.succeeded() || answer.code() == Some(absent))
                {
                    left.push(remains.path);
                }
            }
            left
        };
        let gone = self.maf.beside(step, role, &self.script, leaving).await;
        // What stays is told where everything is removed.
        let (gone, _) = gone.unwrap_or_default();
        world.forget(&gone);
    }
}

/// An actor that has a key.
fn holder_of(world: &World<'_>, fqdn: &str, actor: &str, kc: &Kc) -> Result<Holder, Stop> {
    let identity = format!("{}@{fqdn}", kc.relative);
    holder_with(world, actor, &identity, &kc_octets(world, kc))
}

fn holder_with(world: &World<'_>, actor: &str, identity: &str, key: &[u8]) -> Result<Holder, Stop> {
    let entity = identity_of(world, actor)?;
    let key = Psk::new(key);
    let key = key.map_err(|error| Stop::error("credential", error.to_string()))?;
    Ok(Holder {
        actor: actor.to_owned(),
        entities: vec![entity],
        credential: Credential::psk(identity.as_bytes(), key),
    })
}

/// Kc, as the profile reads the texts (TS-0003 V3.18.0, 8.2.2.3 and 8.8.1).
pub fn kc_octets(world: &World<'_>, kc: &Kc) -> Vec<u8> {
    let reading = world.facts().pixit.get("PIXIT_KC_PSK").map(String::as_str);
    match reading {
        Some("first-half") => first_half(&kc.value),
        _ => kc.value.to_vec(),
    }
}

/// What Kc is in the other reading.
pub fn other_octets(world: &World<'_>, kc: &Kc) -> Vec<u8> {
    match kc_octets(world, kc).len() == kc.value.len() {
        true => first_half(&kc.value),
        false => kc.value.to_vec(),
    }
}

fn first_half(octets: &[u8]) -> Vec<u8> {
    octets.get(..octets.len() / 2).unwrap_or_default().to_vec()
}

pub fn identity_of(world: &World<'_>, actor: &str) -> Result<String, Stop> {
    let identity = world.identity(actor);
    identity.map_err(|unfilled| Stop::unfilled("credential", &unfilled))
}

/// The absolute identifier of an AE (TS-0001 V3.36.0, 7.2).
pub fn absolute(world: &World<'_>, actor: &str) -> Result<String, Stop> {
    let stem = identity_of(world, actor)?;
    let facts = world.facts();
    let sp = &facts.sp_domain;
    if sp.is_empty() {
        let detail = "the profile does not say cse.sp_domain, which absolute identifiers need";
        return Err(Stop::inconclusive("credential", Reason::TestBed, detail));
    }
    Ok(match stem.starts_with('C') {
        true => format!("//{sp}/{}/{stem}", facts.cse_id),
        false => format!("//{sp}/{stem}"),
    })
}
