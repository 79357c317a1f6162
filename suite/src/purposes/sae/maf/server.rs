use super::kc::Kc;
use super::visit::{Manner, Reply, Visit};
use crate::catalogue::behaviour::{InboundOperation, Role};
use crate::profile::ServedMaf;
use crate::purposes::sae::client::host::answering;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::connection::Connection;
use crate::tester::handshake::{
    Association, Credential, Delivered, Seen, ServerConduct, Service, serve,
};
use crate::tester::http_request::RequestReader;
use crate::tester::link::{BoxFuture, Inbound, LinkError};
use crate::tester::recorder::Recorder;
use crate::tester::stand::Stand;
use crate::tester::wire::Ending;
use crate::verdict::Reason;
use onem2m_keys::Psk;
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::watch;

/// The most requests that are answered within an association.
const MOST: usize = 64;

/// The tester as the MAF of the IUT.
#[derive(Clone)]
pub struct Maf<'a> {
    recorder: &'a Recorder<'a>,
    /// What the IUT was told of it.
    pub served: &'a ServedMaf,
    /// Where it is.
    pub stand: Stand,
    /// Its MAF-FQDN.
    pub fqdn: String,
    credential: Credential,
    patience: Duration,
    /// From which all randomness follows.
    seed: String,
}

/// What it does for a while.
#[derive(Clone, Default)]
pub struct Script {
    /// With connections.
    pub manner: Manner,
    /// In handshakes.
    pub conduct: ServerConduct,
    /// What it shows in handshakes, if not what is right.
    pub shown: Option<Credential>,
    /// With retrievals, by RelativeKeyID; there are no other keys.
    pub replies: BTreeMap<String, Reply>,
}

impl Script {
    /// It has a key as well, and answers so when that is retrieved.
    pub fn with(mut self, kc: &Kc, reply: Reply) -> Self {
        self.replies.insert(kc.relative.clone(), reply);
        self
    }
}

impl<'a> Maf<'a> {
    /// The MAF with which the IUT shares a key.
    pub async fn by_key(world: &World<'a>) -> Result<Self, Stop> {
        let served = served(world)?;
        let key = Psk::new(served.km.key.octets());
        let key = key.map_err(|error| Stop::error("served_maf", error.to_string()))?;
        let credential = Credential::psk(served.km.identity.as_bytes(), key);
        Self::open(world, Stand::Maf, served.fqdn.clone(), credential).await
    }

    /// One that shows a credential.
    pub async fn open(
        world: &World<'a>,
        stand: Stand,
        fqdn: String,
        credential: Credential,
    ) -> Result<Self, Stop> {
        let recorder = world.recorder();
        let opened = recorder.stand(&stand).await;
        opened.map_err(|error| Stop::link("served_maf", &error))?;
        Ok(Self {
            recorder,
            served: served(world)?,
            stand,
            fqdn,
            credential,
            patience: world.facts().patience,
            seed: format!("{}/{}", world.facts().seed, world.canary()),
        })
    }

    /// Does something, and serves the IUT until that is done; what came of both.
    pub async fn beside<T>(
        &self,
        step: &str,
        role: Role,
        script: &Script,
        act: impl Future<Output = T>,
    ) -> Result<(T, Vec<Visit>), Stop> {
        let (tell, over) = watch::channel(false);
        let act = async {
            let done = act.await;
            tell.send_replace(true);
            done
        };
        let step = format!("{step}: MAF");
        let (done, visits) = tokio::join!(act, self.serve(&step, role, script, over));
        let visits = visits.map_err(|error| Stop::link(&step, &error))?;
        Ok((done, visits))
    }

    /// Serves every connection, all beside each other. What a connection comes to depends on what arrives on it alone.
    async fn serve(
        &self,
        step: &str,
        role: Role,
        script: &Script,
        over: watch::Receiver<bool>,
    ) -> Result<Vec<Visit>, LinkError> {
        let accept = || {
            let accepting = self
                .recorder
                .accept_until(step, role, &self.stand, over.clone());
            Some(Box::pin(accepting))
        };
        let mut accepting = accept();
        let mut number = 0;
        let mut visiting: Vec<(usize, BoxFuture<'_, Result<Visit, LinkError>>)> = Vec::new();
        let mut visits = BTreeMap::new();
        poll_fn(|context| {
            while let Some(accepted) = accepting.as_mut().map(|it| it.as_mut().poll(context)) {
                match accepted {
                    Poll::Pending => break,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Ready(Ok(None)) => accepting = None,
                    Poll::Ready(Ok(Some(connection))) => {
                        let at = At {
                            step,
                            role,
                            script,
                            number,
                            over: over.clone(),
                        };
                        visiting.push((number, Box::pin(self.visit(connection, at))));
                        number += 1;
                        accepting = accept();
                    }
                }
            }
            let mut waiting = Vec::new();
            for (number, mut visit) in std::mem::take(&mut visiting) {
                match visit.as_mut().poll(context) {
                    Poll::Pending => waiting.push((number, visit)),
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Ready(Ok(visit)) => drop(visits.insert(number, visit)),
                }
            }
            visiting = waiting;
            match accepting.is_none() && visiting.is_empty() {
                true => Poll::Ready(Ok(std::mem::take(&mut visits).into_values().collect())),
                false => Poll::Pending,
            }
        })
        .await
    }

    async fn visit(
        &self,
        mut connection: Connection<'a>,
        mut at: At<'_>,
    ) -> Result<Visit, LinkError> {
        let mut visit = Visit::default();
        match at.script.manner {
            Manner::Serving => {}
            Manner::Silent => {
                at.is_over().await;
                connection.end(Ending::Close).await?;
                return Ok(visit);
            }
            Manner::Closing => {
                connection.end(Ending::Close).await?;
                return Ok(visit);
            }
        }
        let seed = Sha256::digest(format!("{}/{}/{}", self.seed, at.step, at.number));
        let shown = at.script.shown.as_ref().unwrap_or(&self.credential);
        let service = Service {
            conduct: at.script.conduct.clone(),
            ..Service::new(shown.clone(), self.patience, seed.into())
        };
        let attempt = serve(connection, &service).await?;
        visit.end = Some(attempt.end);
        visit.seen = attempt.seen;
        match attempt.association {
            Some(mut association) => {
                self.answer_all(&mut association, &mut at, &mut visit)
                    .await?
            }
            None => {
                if let Some(mut connection) = attempt.connection {
                    connection.end(Ending::Close).await?;
                }
            }
        }
        Ok(visit)
    }

    async fn answer_all(
        &self,
        association: &mut Association<'_>,
        at: &mut At<'_>,
        visit: &mut Visit,
    ) -> Result<(), LinkError> {
        let mut reader = RequestReader::default();
        while visit.requests.len() < MOST {
            let request = match reader.take() {
                Some(Ok(request)) => request,
                Some(Err(_)) => break,
                None => match association.receive(self.patience).await? {
                    Delivered::Data(octets) => {
                        reader.push(&octets);
                        continue;
                    }
                    Delivered::Handshake(_) | Delivered::Other(..) => continue,
                    _ => break,
                },
            };
            self.recorder
                .arrived("MAF", at.step, at.role, request.clone());
            let reply = self.reply(&request, &at.script.replies);
            visit.requests.push(request.clone());
            match reply {
                Reply::Answer(status, content) => {
                    association
                        .send(&answering(&request, status, &content))
                        .await?;
                }
                Reply::Late(release, status, content) => {
                    release.wait(&mut at.over).await;
                    association
                        .send(&answering(&request, status, &content))
                        .await?;
                }
                Reply::Telling(release, status, content) => {
                    association
                        .send(&answering(&request, status, &content))
                        .await?;
                    release.release();
                }
                Reply::Cut(status, content) => {
                    let octets = answering(&request, status, &content);
                    let half = octets.get(..octets.len() - content.len() / 2);
                    association.send(half.unwrap_or_default()).await?;
                    return association.end(Ending::Reset).await;
                }
                Reply::Nothing => {
                    at.is_over().await;
                    break;
                }
            }
        }
        association.close().await
    }

    /// What a request is answered with. Registrations of clients are taken as they come.
    fn reply(&self, request: &Inbound, replies: &BTreeMap<String, Reply>) -> Reply {
        let names = &self.served.names;
        let content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
        let operation = request.operation();
        let absent = Reply::Answer(ResponseStatusCode::NOT_FOUND, String::new());
        match (operation, Visit::retrieved(request, &names.base)) {
            (Some(InboundOperation::Retrieve), Some(relative)) => {
                replies.get(&relative).cloned().unwrap_or(absent)
            }
            (Some(InboundOperation::Create), _) => match content.get(&names.client_registration) {
                Some(parameters) => {
                    let mut members = parameters.as_object().cloned().unwrap_or_default();
                    members.remove(&names.fqdn);
                    members.insert(names.registration_id.clone(), json!("iut"));
                    let client = self.served.km.entity.clone();
                    members.insert(names.client_id.clone(), json!(client));
                    let content = json!({ &names.client_registration: members });
                    Reply::Answer(ResponseStatusCode::CREATED, content.to_string())
                }
                None => Reply::Answer(ResponseStatusCode::BAD_REQUEST, String::new()),
            },
            (Some(InboundOperation::Update), _) => {
                Reply::Answer(ResponseStatusCode::UPDATED, content.to_string())
            }
            (Some(InboundOperation::Delete), _) => {
                Reply::Answer(ResponseStatusCode::DELETED, String::new())
            }
            _ => absent,
        }
    }
}

/// What a connection is served with.
struct At<'s> {
    step: &'s str,
    role: Role,
    script: &'s Script,
    number: usize,
    over: watch::Receiver<bool>,
}

impl At<'_> {
    async fn is_over(&mut self) {
        // Nobody tells any more: it is over too.
        let _ = self.over.wait_for(|over| *over).await;
    }
}

fn served<'a>(world: &World<'a>) -> Result<&'a ServedMaf, Stop> {
    world.facts().served_maf.as_ref().ok_or_else(|| {
        let detail = "the profile states no [served_maf]: of what MAF the IUT is the client";
        Stop::inconclusive("served_maf", Reason::TestBed, detail)
    })
}

/// Nothing was seen of a handshake that did not begin.
impl Default for Visit {
    fn default() -> Self {
        Self {
            end: None,
            seen: Seen::default(),
            requests: Vec::new(),
        }
    }
}
