//! The tester as Terminating End-Point: Notifies of the IUT come within associations, and are answered with messages.

use crate::catalogue::behaviour::{Fixture, InboundOperation, Role};
use crate::purposes::sae::client::certificates;
use crate::purposes::sae::client::host::{answering, response};
use crate::purposes::sae::client::registering::{conducting, right};
use crate::purposes::sae::client::served::{next, open, stands};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::{Association, Credential, Delivered, Seen, ServerConduct, serve};
use crate::tester::http_request::RequestReader;
use crate::tester::link::{BoxFuture, Inbound, LinkError, Octets};
use crate::tester::stand::Stand;
use crate::tester::trigger::Trigger;
use crate::tester::wire::{Arrived, Ending, Wire};
use base64ct::{Base64, Encoding};
use bytes::Bytes;
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The least time that a request which has to come is given.
const ARRIVAL: Duration = Duration::from_secs(1);
/// How often something may come before what is waited for.
const MOST: usize = 16;

/// How a message is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// With the next one.
    Right,
    /// With the next one, and securityInfoType 5.
    OtherType,
    /// With securityInfoType 6 alone.
    WithoutMessage,
    /// With nothing.
    Nothing,
    /// With the next one, and an error.
    Refusal,
}

/// What an exchange of the IUT came to.
pub struct Came {
    /// How it ended.
    pub end: AssociationEnd,
    /// What was seen of the IUT.
    pub seen: Seen,
    /// Its Notifies.
    pub requests: Vec<Inbound>,
}

/// Makes the IUT establish a key, and is the other end: with this credential, which acts so, and tells its messages so.
pub async fn exchange(
    world: &World<'_>,
    step: &str,
    role: Role,
    credential: Credential,
    conduct: ServerConduct,
    telling: Telling,
) -> Result<Came, Stop> {
    for stand in [&Stand::Registrar, &Stand::BesideRegistrar] {
        open(world, step, stand).await?;
    }
    let pulled = world.recorder().trigger(step, Trigger::EstablishKey).await;
    let link = |error| Stop::link(step, &error);
    pulled.map_err(link)?;
    let log = Arc::new(Mutex::new(Log::default()));
    let receiver = Receiver::new(world, step, role, telling, Arc::clone(&log))?;
    let connection = world.recorder().carry(Box::new(receiver), step, role);
    let service = conducting(world, &format!("{step}: exchange"), credential, conduct);
    let served = serve(connection, &service).await;
    if let Some(stop) = lock(&log).stop.clone() {
        return Err(stop);
    }
    let attempt = served.map_err(link)?;
    let (end, seen) = (attempt.end, attempt.seen);
    match (attempt.association, attempt.connection) {
        (Some(mut association), _) => association.end(Ending::Close).await.map_err(link)?,
        (None, Some(mut connection)) => connection.end(Ending::Close).await.map_err(link)?,
        (None, None) => {}
    }
    let requests = lock(&log).requests.clone();
    Ok(Came {
        end,
        seen,
        requests,
    })
}

/// The next Notify of the IUT with a message, if one comes.
pub async fn further(world: &World<'_>, step: &str, role: Role) -> Result<Option<Inbound>, Stop> {
    let mut receiver = Receiver::new(world, step, role, Telling::Right, Arc::default())?;
    receiver.request(world.facts().patience).await
}

#[derive(Default)]
struct Log {
    requests: Vec<Inbound>,
    stop: Option<Stop>,
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection whose octets come in Notifies, and go in the answers to them.
struct Receiver<'w, 'a> {
    world: &'w World<'a>,
    step: String,
    role: Role,
    telling: Telling,
    /// With what the tester authenticates itself below the Notifies.
    credential: Credential,
    association: Option<(Association<'a>, RequestReader)>,
    /// How many associations there were.
    associations: usize,
    /// The Notify that waits for its answer.
    pending: Option<Inbound>,
    outgoing: Vec<u8>,
    log: Arc<Mutex<Log>>,
}

impl<'w, 'a> Receiver<'w, 'a> {
    fn new(
        world: &'w World<'a>,
        step: &str,
        role: Role,
        telling: Telling,
        log: Arc<Mutex<Log>>,
    ) -> Result<Self, Stop> {
        Ok(Self {
            world,
            step: step.to_owned(),
            role,
            telling,
            credential: certificates::right(world, Fixture::CseCertificate)?,
            association: None,
            associations: 0,
            pending: None,
            outgoing: Vec::new(),
            log,
        })
    }

    /// What comes next, once what waits is answered.
    async fn arrival(&mut self) -> Result<Arrived, Stop> {
        self.answer().await?;
        let patience = self.world.facts().patience.max(ARRIVAL);
        let Some(request) = self.request(patience).await? else {
            return Ok(Arrived::Silence);
        };
        let octets = message(&request).unwrap_or_default();
        lock(&self.log).requests.push(request.clone());
        self.pending = Some(request);
        Ok(Arrived::Octets(Octets(octets.into())))
    }

    /// Answers the Notify that waits, if there is anything to say.
    async fn answer(&mut self) -> Result<(), Stop> {
        if self.outgoing.is_empty() {
            return Ok(());
        }
        let flight = Base64::encode_string(&std::mem::take(&mut self.outgoing));
        let (Some(request), Some((association, _))) = (self.pending.take(), &mut self.association)
        else {
            return Ok(());
        };
        let right = json!({"m2m:seci": {"sit": 6, "eckm": flight}});
        let (status, content) = match self.telling {
            Telling::Right => (ResponseStatusCode::OK, Some(right)),
            Telling::Refusal => (ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE, Some(right)),
            Telling::OtherType => {
                let other = json!({"m2m:seci": {"sit": 5, "eckm": flight}});
                (ResponseStatusCode::OK, Some(other))
            }
            Telling::WithoutMessage => (
                ResponseStatusCode::OK,
                Some(json!({"m2m:seci": {"sit": 6}})),
            ),
            Telling::Nothing => (ResponseStatusCode::OK, None),
        };
        let content = content.map(|content| content.to_string());
        let octets = answering(&request, status, content.as_deref().unwrap_or_default());
        let sent = association.send(&octets).await;
        sent.map_err(|error| Stop::link(&self.step, &error))
    }

    /// The next Notify with a message; other requests are answered as a registrar does.
    async fn request(&mut self, patience: Duration) -> Result<Option<Inbound>, Stop> {
        let step = self.step.clone();
        let link = |error| Stop::link(&step, &error);
        for _ in 0..MOST {
            let (association, reader) = match &mut self.association {
                Some(open) => (&mut open.0, &mut open.1),
                None => match self.accepted(patience).await? {
                    Some(association) => {
                        let open = self
                            .association
                            .insert((association, RequestReader::default()));
                        (&mut open.0, &mut open.1)
                    }
                    None => return Ok(None),
                },
            };
            match association.receive(patience).await.map_err(link)? {
                Delivered::Data(octets) => reader.push(&octets),
                Delivered::Handshake(_) | Delivered::Other(..) => continue,
                Delivered::Silence => return Ok(None),
                Delivered::Alert(_)
                | Delivered::Unexpected(_)
                | Delivered::Closed
                | Delivered::Reset => {
                    self.association = None;
                    continue;
                }
            }
            match reader.take() {
                Some(Ok(request)) if message(&request).is_some() => {
                    let recorder = self.world.recorder();
                    recorder.arrived("registrar", &self.step, self.role, request.clone());
                    return Ok(Some(request));
                }
                Some(Ok(request)) => {
                    association.send(&response(&request)).await.map_err(link)?;
                }
                Some(Err(_)) => self.association = None,
                None => {}
            }
        }
        Ok(None)
    }

    /// The next association of the IUT.
    async fn accepted(&mut self, patience: Duration) -> Result<Option<Association<'a>>, Stop> {
        self.associations += 1;
        let step = format!("{}: association {}", self.step, self.associations);
        let service = right(self.world, &step, self.credential.clone());
        let (role, stand) = (self.role, &Stand::Registrar);
        let attempt = next(self.world, &step, role, stand, &service, patience).await?;
        let Some(attempt) = attempt else {
            return Ok(None);
        };
        stands(&step, self.role, attempt).map(|(_, association)| Some(association))
    }
}

/// The octets in a Notify with a message.
fn message(request: &Inbound) -> Option<Vec<u8>> {
    if request.operation() != Some(InboundOperation::Notify) {
        return None;
    }
    let content: Value = serde_json::from_slice(&request.body.0).ok()?;
    let information = content.get("m2m:seci")?;
    let is_of_type = information.get("sit").and_then(Value::as_u64) == Some(6);
    let text = information.get("eckm").and_then(Value::as_str)?;
    Base64::decode_vec(text).ok().filter(|_| is_of_type)
}

impl Wire for Receiver<'_, '_> {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        self.outgoing.extend_from_slice(&octets);
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let arrived = self.arrival().await;
            arrived.map_err(|stop| {
                lock(&self.log).stop = Some(stop);
                LinkError::Unsendable("no request came".into())
            })
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            let answered = self.answer().await;
            answered.map_err(|_| LinkError::Unsendable("an answer was not sent".into()))
        })
    }
}
