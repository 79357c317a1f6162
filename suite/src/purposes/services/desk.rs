use super::answers::{granted, members, text};
use super::line::Line;
use super::requests::{Parameters, octets};
use crate::catalogue::behaviour::{Endpoint, Party, Role};
use crate::profile::{KnownService, Provisioned};
use crate::purposes::answer::Answer;
use crate::purposes::sae::{attempt_at, standing};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::{Attempt, Credential, Handshake};
use crate::tester::link::{Call, OutgoingRequest, Way};
use crate::verdict::Reason;
use onem2m_keys::Psk;
use onem2m_primitive::Request;
use onem2m_server::ServiceRole;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Where the tester is client of a key service.
///
/// It acts in one world alone: whoever holds a credential is the same in both, so the twin is made of exchanges of that role.
pub struct Desk<'w, 'a> {
    /// The world.
    pub world: &'w mut World<'a>,
    /// The service.
    pub service: &'a KnownService,
    /// What keys are registered for, unless something else is said.
    pub suid: u8,
    endpoint: Endpoint,
    /// What was registered, and by whom.
    made: Vec<(Party, String)>,
    /// What no text decides, unless something else is decided.
    pub open: Option<Stop>,
}

/// The members of a response, and the octets of the key in it.
pub type Shown = (Map<String, Value>, Zeroizing<Vec<u8>>);

/// A key that was registered.
pub struct Registered {
    /// Its RelativeKeyID.
    pub id: String,
    /// Its Key Value.
    pub value: Zeroizing<Vec<u8>>,
}

impl<'w, 'a> Desk<'w, 'a> {
    /// The desk of the service with this role.
    pub fn new(world: &'w mut World<'a>, role: ServiceRole) -> Result<Self, Stop> {
        let mut services = world.facts().services.iter();
        let missing = || {
            let name = role.name();
            let detail = format!("the profile states no [{name}], or no [credentials.{name}]");
            Stop::inconclusive("service", Reason::TestBed, detail)
        };
        let service = services.find(|it| it.role == role).ok_or_else(missing)?;
        world.go_by_application("clock")?;
        world.call_it(&service.fqdn);
        Ok(Self {
            world,
            service,
            suid: match role {
                ServiceRole::Maf => 32,
                ServiceRole::Mef => 22,
            },
            endpoint: match role {
                ServiceRole::Maf => Endpoint::Maf,
                ServiceRole::Mef => Endpoint::Mef,
            },
            made: Vec::new(),
            open: None,
        })
    }

    /// Where it is.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// What a party was provisioned with.
    pub fn provisioned(&self, party: Party) -> &'a Provisioned {
        match party {
            Party::Source => &self.service.source,
            Party::Target => &self.service.target,
            Party::Other => &self.service.other,
        }
    }

    /// The absolute identifier of a party.
    pub fn id(&self, party: Party) -> String {
        let entity = self.provisioned(party).entity.as_deref();
        self.absolute(entity.unwrap_or_default())
    }

    /// The absolute form of a CSE-ID or an AE-ID-Stem (TS-0001 V3.36.0, 7.2).
    pub fn absolute(&self, entity: &str) -> String {
        let facts = self.world.facts();
        let sp = &facts.sp_domain;
        match entity {
            absolute if absolute.starts_with("//") => absolute.to_owned(),
            cse if cse.starts_with('/') => format!("//{sp}{cse}"),
            stem if stem.starts_with('C') => format!("//{sp}/{}/{stem}", facts.cse_id),
            stem => format!("//{sp}/{stem}"),
        }
    }

    /// The credential of a party.
    pub fn credential(&self, party: Party) -> Result<Credential, Stop> {
        let provisioned = self.provisioned(party);
        let key = Psk::new(provisioned.key.octets());
        let key = key.map_err(|error| Stop::error("credential", error.to_string()))?;
        Ok(Credential::psk(provisioned.identity.as_bytes(), key))
    }

    /// A handshake in which everything is right.
    pub fn handshake(&self, step: &str, party: Party) -> Result<Handshake, Stop> {
        let credential = self.credential(party)?;
        Ok(self.world.handshake(step, credential))
    }

    /// An attempt at a session.
    pub async fn attempt(
        &self,
        step: &str,
        role: Role,
        handshake: &Handshake,
    ) -> Result<Attempt<'a>, Stop> {
        attempt_at(self.world, step, role, self.endpoint, handshake).await
    }

    /// A session of a party.
    pub async fn line(&self, step: &str, role: Role, party: Party) -> Result<Line<'a>, Stop> {
        let handshake = self.handshake(step, party)?;
        self.line_by(step, role, party, &handshake).await
    }

    /// A session by a handshake.
    pub async fn line_by(
        &self,
        step: &str,
        role: Role,
        party: Party,
        handshake: &Handshake,
    ) -> Result<Line<'a>, Stop> {
        let attempt = self.attempt(step, role, handshake).await?;
        Self::over(step, role, party, attempt)
    }

    /// The session of an attempt, which has to stand.
    pub fn over(
        step: &str,
        role: Role,
        party: Party,
        attempt: Attempt<'a>,
    ) -> Result<Line<'a>, Stop> {
        let earlier = attempt.earlier();
        let exporter = attempt.seen.exporter.clone();
        Ok(Line {
            party,
            association: standing(step, role, attempt)?,
            exporter,
            earlier,
        })
    }

    /// Sends a request within a session and reads what comes back.
    pub async fn ask(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        request: Request,
    ) -> Result<Answer, Stop> {
        let from = self.id(line.party);
        self.ask_as(line, step, role, request, &from, |_| {}).await
    }

    /// The same with another From, and with a change to what is sent.
    pub async fn ask_as(
        &self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        request: Request,
        from: &str,
        change: impl FnOnce(&mut OutgoingRequest),
    ) -> Result<Answer, Stop> {
        let actor = match line.party {
            Party::Source => "source",
            Party::Target => "target",
            Party::Other => "other",
        };
        let (mut request, identifier) = self.world.prepare(actor, step, request, Some(from))?;
        change(&mut request);
        let call = Call {
            actor: actor.to_owned(),
            step: step.to_owned(),
            role,
            way: Way::default(),
            patience: None,
            request,
        };
        let received = self.world.call_over(&mut line.association, &call).await;
        let received = received.map_err(|error| Stop::link(step, &error))?;
        Ok(Answer::read(&received, &identifier))
    }

    /// Sends a request within a session of its own.
    pub async fn ask_anew(
        &self,
        party: Party,
        step: &str,
        role: Role,
        request: Request,
    ) -> Result<Answer, Stop> {
        let mut line = self.line(step, role, party).await?;
        self.ask(&mut line, step, role, request).await
    }

    /// Registers a party for the stakeholder that authorized all; the identifier of the registration.
    pub async fn enrol(&mut self, step: &str, role: Role, party: Party) -> Result<String, Stop> {
        let admin = self.service.stakeholder.clone();
        let parameters = self.client_parameters(step, &admin)?;
        let mut line = self.line(step, role, party).await?;
        let (id, _, _) = self.enrol_within(&mut line, step, role, parameters).await?;
        Ok(id)
    }

    /// Registers within a session; the identifier of the registration, the answer and its members.
    pub async fn enrol_within(
        &mut self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        parameters: Parameters,
    ) -> Result<(String, Answer, Map<String, Value>), Stop> {
        let request = self.register_client(parameters);
        let names = &self.service.names;
        let told = [&*names.client_registration, &*names.registration_id];
        self.register(line, step, role, request, told).await
    }

    /// Registers all parties for the stakeholder that authorized them.
    pub async fn enrol_all(&mut self) -> Result<String, Stop> {
        let source = self
            .enrol("register-source", Role::SetUp, Party::Source)
            .await?;
        self.enrol("register-target", Role::SetUp, Party::Target)
            .await?;
        self.enrol("register-other", Role::SetUp, Party::Other)
            .await?;
        Ok(source)
    }

    /// Registers a key of the tester for the target.
    pub async fn key(&mut self, step: &str, role: Role) -> Result<Registered, Stop> {
        let targets = [self.id(Party::Target)];
        let (suid, _) = self.usages();
        let value = self.draw(step);
        let parameters = self.key_parameters(step, suid, &targets, Some(&value))?;
        let mut line = self.line(step, role, Party::Source).await?;
        let (id, _, _) = self.key_within(&mut line, step, role, parameters).await?;
        Ok(Registered { id, value })
    }

    /// Registers a key within a session; its RelativeKeyID, the answer and its members.
    pub async fn key_within(
        &mut self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        parameters: Parameters,
    ) -> Result<(String, Answer, Map<String, Value>), Stop> {
        let request = self.register_key(parameters);
        let names = &self.service.names;
        let told = [&*names.key_registration, &*names.relative_key_id];
        self.register(line, step, role, request, told).await
    }

    /// Registers something; by the names of its object and of its identifier, the identifier, the answer and its members.
    async fn register(
        &mut self,
        line: &mut Line<'a>,
        step: &str,
        role: Role,
        request: Request,
        [object, id]: [&str; 2],
    ) -> Result<(String, Answer, Map<String, Value>), Stop> {
        let answer = self.ask(line, step, role, request).await?;
        self.keep(line.party, &answer);
        granted(step, role, &answer)?;
        let members = members(step, role, &answer, object)?;
        let id = text(step, role, &answer, &members, id)?;
        Ok((id, answer, members))
    }

    /// A party retrieves a key, in a session of its own.
    pub async fn retrieve(
        &self,
        party: Party,
        step: &str,
        role: Role,
        id: &str,
    ) -> Result<Answer, Stop> {
        self.ask_anew(party, step, role, Request::retrieve(self.path(id)))
            .await
    }

    /// The members of what a retrieval gave, and the octets of the key.
    pub fn retrieved(&self, step: &str, role: Role, answer: &Answer) -> Result<Shown, Stop> {
        granted(step, role, answer)?;
        let names = &self.service.names;
        let members = members(step, role, answer, &names.key_registration)?;
        let value = text(step, role, answer, &members, &names.key_value)?;
        let value = octets(&value).ok_or_else(|| {
            Stop::mismatch(
                step,
                role,
                crate::purposes::stop::Finding::new(
                    crate::verdict::Cause::MalformedAnswer,
                    "a Key Value in base64",
                    "another text",
                ),
                answer,
            )
        })?;
        Ok((members, Zeroizing::new(value)))
    }

    /// Octets for a key; they follow from the seed.
    pub fn draw(&self, step: &str) -> Zeroizing<Vec<u8>> {
        let text = format!("{}/{}/{step}", self.world.facts().seed, self.world.canary());
        Zeroizing::new(Sha256::digest(text).to_vec())
    }

    /// From here on what a response names is to be removed.
    pub fn keep(&mut self, party: Party, answer: &Answer) {
        let names = &self.service.names;
        let Some(content) = answer.content().filter(|_| answer.succeeded()) else {
            return;
        };
        for (object, id) in [
            (&names.client_registration, &names.registration_id),
            (&names.key_registration, &names.relative_key_id),
        ] {
            let id = content.get(object).and_then(|it| it.get(id)?.as_str());
            if let Some(id) = id {
                self.made.push((party, self.path(id)));
            }
        }
    }

    /// Where the client registration of a party is, that was made first.
    pub fn registration_of(&self, party: Party) -> Option<String> {
        let mut made = self.made.iter();
        let found = made.find(|(maker, _)| *maker == party);
        found.map(|(_, path)| path.clone())
    }

    /// What was removed needs not be removed again.
    pub fn forget(&mut self, id: &str) {
        let path = self.path(id);
        self.made.retain(|(_, made)| *made != path);
    }

    /// Ends everything that was registered, the latest first. What is there no more does not matter.
    pub async fn clean_up(&mut self) {
        for party in [Party::Source, Party::Target, Party::Other] {
            let made: Vec<String> = self
                .made
                .iter()
                .filter(|(maker, _)| *maker == party)
                .map(|(_, path)| path.clone())
                .collect();
            if made.is_empty() {
                continue;
            }
            let Ok(mut line) = self.line("clean-up", Role::CleanUp, party).await else {
                continue;
            };
            for path in made.into_iter().rev() {
                let request = Request::delete(path);
                let _ = self
                    .ask(&mut line, "clean-up", Role::CleanUp, request)
                    .await;
            }
        }
        self.made.clear();
    }
}
