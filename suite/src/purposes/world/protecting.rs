//! How requests travel inside ESPrim Objects (TS-0003 V3.18.0, 8.4.2; TS-0004 V3.32.0, 7.6.2).

use super::{Manner, World};
use crate::catalogue::behaviour::{Key, Protection, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::tester::esprim::{
    Beginning, Ingredients, NoSession, Pair, Session, compose, opened, readings, replaced, words,
};
use crate::tester::template::Unfilled;
use crate::verdict::{Cause, Reason};
use onem2m_envelope::base64url;
use onem2m_primitive::Request;
use onem2m_primitive::serialization::write_request;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What a world knows of end-to-end protection.
#[derive(Debug, Default)]
pub struct Protecting {
    /// The pairs, by actor.
    pairs: HashMap<String, Pair>,
    /// The sessions, by their names in the scenario.
    sessions: HashMap<String, Session>,
    /// Objects that were sent, by step.
    objects: HashMap<String, Kept>,
}

/// An object, and what its answer has to fit.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its text.
    pub object: String,
    /// The session, by its name in the scenario.
    session: String,
    /// The identifier of its inner primitive.
    identifier: String,
}

/// What came back for a request inside an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// The inner response if there is one, otherwise the outer answer.
    pub answer: Answer,
    /// Whether it is the inner response.
    pub is_inner: bool,
    /// The outer answer.
    pub outer: Answer,
    /// The next receiver object, if the answer has one.
    pub next: Option<Value>,
}

/// The object, where the outer primitive has it under another name.
const OBJECT: &str = "<object>";

/// The session of steps that name none.
const SESSION: &str = "session";

impl World<'_> {
    /// From here on an actor goes by the identity that the IUT bound to this pair.
    pub fn pair(&mut self, actor: &str, pair: Pair) {
        self.go_by(actor, &pair.entity);
        self.protecting.pairs.insert(actor.to_owned(), pair);
    }

    /// From here on an actor shares this pair, under the identity that it has.
    pub fn hold(&mut self, actor: &str, pair: Pair) {
        self.protecting.pairs.insert(actor.to_owned(), pair);
    }

    /// A session that has begun.
    pub fn session(&self, name: &str) -> Option<&Session> {
        self.protecting.sessions.get(name)
    }

    /// 256 bits that follow from the seed of the run, the world and a label.
    pub fn draw(&self, label: &str) -> [u8; 32] {
        let (seed, tag) = (self.facts.seed, self.words.naming.tag());
        Sha256::digest(format!("{seed}/{tag}/esprim/{label}")).into()
    }

    /// Sends a request of an actor inside an ESPrim Object, and opens what comes back.
    pub async fn send_protected(
        &mut self,
        manner: Manner<'_>,
        actor: &str,
        step: &str,
        role: Role,
        request: Request,
        protection: &Protection,
    ) -> Result<Sealed, Stop> {
        let again = protection.again.as_ref().map(|step| self.step(step));
        let kept = match again.and_then(|step| self.protecting.objects.get(&step).cloned()) {
            Some(kept) => kept,
            None => self.seal(actor, step, &request, protection).await?,
        };
        let content = outer(&kept.object, protection);
        let to = self.find(step, protection.to.as_deref().unwrap_or("{CB}"))?;
        let outer = Request::notify(to, content);
        let answer = self.send_in(manner, actor, step, role, outer).await?;
        self.taken(step, &kept, answer)
    }

    /// The object of a request; a session begins if it names none that has begun.
    pub async fn seal(
        &mut self,
        actor: &str,
        step: &str,
        request: &Request,
        protection: &Protection,
    ) -> Result<Kept, Stop> {
        let session = protection.session.as_deref().unwrap_or(SESSION).to_owned();
        let holder = protection.pair.as_deref().unwrap_or(actor).to_owned();
        self.begin(&session, &holder, step, protection).await?;
        if let Some(next) = &protection.refresh {
            let on_the_same = Protection {
                rro_of: Some(session.clone()),
                ..Protection::default()
            };
            self.begin(next, &holder, step, &on_the_same).await?;
        }
        let (object, identifier) = self
            .compose(&session, &holder, step, request, protection)
            .await?;
        let kept = Kept {
            object,
            session,
            identifier,
        };
        self.protecting
            .objects
            .insert(step.to_owned(), kept.clone());
        Ok(kept)
    }

    /// Opens the answer to an object. From here on the Receiver has the originator object if it answered inside an object.
    pub fn taken(&mut self, step: &str, kept: &Kept, outer: Answer) -> Result<Sealed, Stop> {
        if !outer.succeeded() {
            return Ok(Sealed {
                answer: outer.clone(),
                is_inner: false,
                outer,
                next: None,
            });
        }
        let missing = || Stop::error(step, format!("no session {:?}", kept.session));
        let session = self.session(&kept.session).ok_or_else(missing)?;
        let readings = readings(&self.facts.pixit);
        let under =
            |session: &Session| opened(session, &readings, outer.content(), &kept.identifier);
        let own = under(session);
        // An object that is refused may be so within another valid session of the pair (TS-0001 V3.36.0, 11.4.2).
        let refused = || {
            let others = self.protecting.sessions.values();
            let others = others.filter(|other| other.delivered && other.pair == session.pair);
            let (response, _) = others.filter_map(|other| under(other).ok()).next()?;
            (!response.status.is_success()).then_some((response, None))
        };
        let (answer, next) = match own {
            Ok((response, next)) => {
                if let Some(session) = self.protecting.sessions.get_mut(&kept.session) {
                    session.delivered = true;
                }
                (Answer::Primitive(Box::new(response)), next)
            }
            Err(_) if let Some((response, next)) = refused() => {
                (Answer::Primitive(Box::new(response)), next)
            }
            Err(_) if self.is_of_another_run(session, &outer) => {
                let detail =
                    "the IUT answers within a session of this pair that this purpose does not know";
                return Err(Stop::inconclusive(step, Reason::Precondition, detail));
            }
            Err(detail) => (Answer::Malformed(format!("{outer} with {detail}")), None),
        };
        Ok(Sealed {
            answer,
            is_inner: true,
            outer,
            next,
        })
    }

    /// The From of inner requests, in the form that the profile states.
    fn inner_from(&self, actor: &str) -> Result<String, Unfilled> {
        let stated = self.facts.pixit.get("PIXIT_ESPRIM_ID_FORM");
        match stated.map(String::as_str) {
            Some("sp-relative") => self.words.sp_relative(actor),
            Some("absolute") => self.words.absolute(actor),
            _ => self.identity(actor),
        }
    }

    /// Whether an object may be one within a valid session that the pair has from elsewhere, where the IUT tells errors so
    /// (TS-0001 V3.36.0, 11.4.2): it names a session that this world never had.
    fn is_of_another_run(&self, session: &Session, outer: &Answer) -> bool {
        let style = self.facts.pixit.get("PIXIT_ESPRIM_ERROR_STYLE");
        let named = outer
            .content()
            .and_then(|content| header_of(content.get("m2m:seci")?.get("epo")?.as_str()?));
        let Some(header) = named.filter(|_| style.is_some_and(|style| style == "secured")) else {
            return false;
        };
        let member = |name: &str| header.get(name).and_then(Value::as_str);
        let is_known = |known: &Session| {
            member("ori") == Some(known.ori.as_str()) && member("rri") == Some(known.rri.as_str())
        };
        member("kid") == Some(session.pair.kid.as_str())
            && !self.protecting.sessions.values().any(is_known)
    }

    /// Begins a session, unless one of that name has begun.
    async fn begin(
        &mut self,
        name: &str,
        holder: &str,
        step: &str,
        protection: &Protection,
    ) -> Result<(), Stop> {
        if self.protecting.sessions.contains_key(name) {
            return Ok(());
        }
        let pair = self.pair_of(holder, step)?.clone();
        let shared = protection.rro_of.as_deref();
        let shared = shared.and_then(|name| Some(self.session(name)?.receiver.clone()));
        let receiver = match (shared, protection.rro.is_empty()) {
            (Some(receiver), _) => receiver,
            (None, false) => foreign(&protection.rro),
            (None, true) if protection.shared => self.published_object(step).await?,
            (None, true) => {
                self.receiver_object(holder, &format!("{step}: rand object"))
                    .await?
            }
        };
        let expiry = receiver
            .get("esrx")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let filled = self
            .filled(step, &json!({"oro": protection.oro}), None, &expiry)
            .await?;
        let Value::Object(oro) = filled.get("oro").cloned().unwrap_or_default() else {
            return Err(Stop::error(
                step,
                "expected members of an originator object",
            ));
        };
        let begun = Session::begin(Beginning {
            pair: &pair,
            receiver,
            protection: &Protection {
                oro,
                ..protection.clone()
            },
            readings: readings(&self.facts.pixit),
            seed: self.draw(&format!("session {name}")),
        });
        let session = begun.map_err(|error| match error {
            NoSession::Unknown(_) => Stop::error(step, error.to_string()),
            NoSession::Receiver(_) | NoSession::NotOffered(_) => {
                Stop::inconclusive(step, Reason::Precondition, error.to_string())
            }
        })?;
        self.protecting.sessions.insert(name.to_owned(), session);
        Ok(())
    }

    /// The receiver object that the IUT publishes (TS-0003 V3.18.0, 8.4.2, step B.1).
    async fn published_object(&self, step: &str) -> Result<Value, Stop> {
        let step = format!("{step}: published");
        let request = Request::retrieve(self.find(&step, "{CB}")?);
        let role = Role::SetUp;
        let answer = self.send("ADM", &step, role, request, None, &[]).await?;
        let object = answer
            .content()
            .and_then(|content| content.get("m2m:cb")?.get("esi")?.get("esro"));
        match object {
            Some(object) => Ok(object.clone()),
            None => {
                let expected = "2000 OK with a rand object in e2eSecInfo";
                let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
                Err(Stop::mismatch(&step, role, finding, &answer))
            }
        }
    }

    /// Asks the IUT for a receiver object (TS-0003 V3.18.0, 8.4.2, step B.2).
    pub async fn receiver_object(&self, actor: &str, step: &str) -> Result<Value, Stop> {
        let request = Request::notify(self.find(step, "{CB}")?, json!({"m2m:seci": {"sit": 3}}));
        let answer = self
            .send(actor, step, Role::SetUp, request, None, &[])
            .await?;
        let object = answer
            .content()
            .and_then(|content| content.get("m2m:seci")?.get("ero"));
        match object {
            Some(object) if answer.succeeded() => Ok(object.clone()),
            _ => {
                let expected = "2000 OK with an esprimRandObject";
                let finding = Finding::new(Cause::WrongDecision, expected, answer.to_string());
                Err(Stop::mismatch(step, Role::SetUp, finding, &answer))
            }
        }
    }

    /// The object of a request, and the identifier of its inner primitive.
    async fn compose(
        &mut self,
        name: &str,
        holder: &str,
        step: &str,
        request: &Request,
        protection: &Protection,
    ) -> Result<(String, String), Stop> {
        let Some(session) = self.session(name).cloned() else {
            return Err(Stop::error(step, format!("no session {name:?}")));
        };
        let other_session = match &protection.key {
            Key::SessionOf(name) => self.session(name).cloned(),
            _ => None,
        };
        let other = match &protection.key {
            Key::PairOf(actor) => Some(self.pair_of(actor, step)?.clone()),
            _ => None,
        };
        let identity = self.inner_from(holder);
        let identity = identity.map_err(|unfilled| Stop::unfilled(step, &unfilled))?;
        let inner = self.next_identifier(&format!("{holder}e"));
        let mut request = request.clone().from(identity).identified(inner.clone());
        request.release_version = self.facts.release_version().map(str::to_owned);
        let Value::Object(members) = write_request(&request) else {
            return Err(Stop::error(step, "expected a primitive of members"));
        };
        let value = serde_json::to_value(protection);
        let value = value.map_err(|error| Stop::error(step, error.to_string()))?;
        let expiry = session
            .receiver
            .get("esrx")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let filled = self.filled(step, &value, Some(&session), &expiry).await?;
        let mut protection: Protection =
            serde_json::from_value(filled).map_err(|error| Stop::error(step, error.to_string()))?;
        let next = protection.refresh.as_ref();
        if let Some(next) = next.and_then(|name| self.session(name)) {
            protection.header_more = Some(format!("\"oro\":{}", next.originator));
        }
        // What the step says of the identifier of the inner primitive is echoed.
        let identifier = match protection.inner.get("rqi") {
            Some(Value::String(stated)) => stated.clone(),
            _ => inner,
        };
        let composed = compose(&Ingredients {
            session: &session,
            protection: &protection,
            other: other.as_ref(),
            other_session: other_session.as_ref(),
            readings: readings(&self.facts.pixit),
            seed: self.draw(&format!("vector {step}")),
            inner: members,
        });
        composed
            .map(|object| (object, identifier))
            .map_err(|detail| Stop::error(step, detail))
    }

    fn pair_of(&self, actor: &str, step: &str) -> Result<&Pair, Stop> {
        let missing = || Stop::error(step, format!("{actor} shares no pairwise key with the IUT"));
        self.protecting.pairs.get(actor).ok_or_else(missing)
    }

    /// A value with its words replaced.
    async fn filled(
        &mut self,
        step: &str,
        value: &Value,
        session: Option<&Session>,
        expiry: &str,
    ) -> Result<Value, Stop> {
        let mut by = Vec::new();
        for word in words(value) {
            let meaning = match self.of_session(&word, session, expiry, step)? {
                Some(meaning) => meaning,
                None => self.fill_text(step, format!("{{{word}}}")).await?,
            };
            by.push((word, meaning));
        }
        Ok(replaced(value, &by))
    }

    /// What a word means that is about sessions and pairs; none if it is none of those.
    fn of_session(
        &self,
        word: &str,
        session: Option<&Session>,
        expiry: &str,
        step: &str,
    ) -> Result<Option<String>, Stop> {
        let (kind, name) = word.split_once(':').unwrap_or((word, ""));
        let named = match name {
            "" => session,
            name => self.session(name),
        };
        let unknown = || Stop::error(step, format!("<{word}> stands for nothing yet"));
        Ok(Some(match kind {
            "kid" if !name.is_empty() => self.pair_of(name, step)?.kid.clone(),
            "kid" => named.ok_or_else(unknown)?.pair.kid.clone(),
            "other-case-kid" => other_case(&named.ok_or_else(unknown)?.pair.kid),
            "escaped-kid" => escaped(&named.ok_or_else(unknown)?.pair.kid),
            "ori" => named.ok_or_else(unknown)?.ori.clone(),
            "rri" => named.ok_or_else(unknown)?.rri.clone(),
            "oro" => named.ok_or_else(unknown)?.originator.clone(),
            "kpsa-id" => self
                .facts
                .provisioned
                .iter()
                .find(|it| it.entity.is_some())
                .map(|it| it.identity.clone())
                .ok_or_else(|| {
                    let missing = Unfilled::TestBed("the profile has no [credentials.psk]".into());
                    Stop::unfilled(step, &missing)
                })?,
            "rrx" => expiry.to_owned(),
            // The outer primitive gets it once it is made.
            "object" => OBJECT.to_owned(),
            shifted if shifted.starts_with("rrx") => self.shifted(shifted, expiry, step)?,
            _ => return Ok(None),
        }))
    }

    /// The expiry of the receiver object, some seconds later or earlier.
    fn shifted(&self, word: &str, expiry: &str, step: &str) -> Result<String, Stop> {
        let seconds = word.trim_start_matches("rrx").parse::<i64>();
        let moment = crate::tester::template::read_basic(expiry);
        match (seconds, moment) {
            (Ok(seconds), Some(moment)) => Ok(crate::tester::template::basic(
                moment.saturating_add(time::Duration::seconds(seconds)),
            )),
            (_, None) => {
                let detail =
                    format!("the receiver object expires at {expiry:?}, which is no moment");
                Err(Stop::inconclusive(step, Reason::Precondition, detail))
            }
            (Err(_), _) => Err(Stop::error(step, format!("<{word}> stands for nothing"))),
        }
    }
}

/// The content of the outer primitive.
fn outer(object: &str, protection: &Protection) -> Value {
    let mut information = Map::new();
    information.insert("sit".into(), json!(5));
    information.insert("epo".into(), json!(object));
    for (member, value) in &protection.outer {
        match value.as_str() == Some(super::ABSENT) {
            true => {
                information.shift_remove(member);
            }
            false => {
                let value = match value.as_str() == Some(OBJECT) {
                    true => json!(object),
                    false => value.clone(),
                };
                information.insert(member.clone(), value);
            }
        }
    }
    json!({"m2m:seci": information})
}

/// A receiver object that is none of the IUT's.
fn foreign(members: &Map<String, Value>) -> Value {
    let mut object = json!({
        "esri": "rr-elsewhere", "esrv": "c3d2e1f0a9b8978685746352413f2e1d", "esrx": "20991231T235959",
        "esks": [1], "espa": [10, 11, 12],
    });
    if let Value::Object(all) = &mut object {
        all.extend(members.clone());
    }
    object
}

/// The protected header of an object.
fn header_of(object: &str) -> Option<Value> {
    let octets = base64url::decode(object.split('.').next()?).ok()?;
    serde_json::from_slice(&octets).ok()
}

fn other_case(text: &str) -> String {
    let other = |letter: char| match letter.is_ascii_lowercase() {
        true => letter.to_ascii_uppercase(),
        false => letter.to_ascii_lowercase(),
    };
    text.chars().map(other).collect()
}

/// The first character as an escape of JSON.
fn escaped(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("\\u{:04x}{}", u32::from(first), characters.as_str()),
        None => String::new(),
    }
}
