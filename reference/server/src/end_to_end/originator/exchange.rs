use std::sync::MutexGuard;

use onem2m_envelope::esprim::{
    PairwiseKey, ReceiverRand, Session, Wanted, accept_response, contribute, seal,
};
use onem2m_primitive::json::parse;
use onem2m_primitive::serialization::read_response;
use onem2m_primitive::{Request, Response};

use super::carrier::Carrier;
use super::memory::{Memory, Sessions};
use super::outcome::Unprotected;
use super::peer::Receiver;
use crate::clock::Clock;
use crate::end_to_end::Clauses;
use crate::end_to_end::settings::EndToEnd;

/// An entity that sends requests inside ESPrim Objects.
pub(crate) struct Originator<'a> {
    pub(crate) clauses: &'a Clauses,
    pub(crate) settings: &'a EndToEnd,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) carrier: &'a dyn Carrier,
    pub(crate) memory: &'a Sessions,
}

impl Originator<'_> {
    /// Sends a request to a Receiver inside an object, and gives the inner response.
    pub(crate) async fn request(
        &self,
        receiver: &Receiver,
        request: Request,
    ) -> Result<Response, Unprotected> {
        let table = &self.clauses.originating;
        let inner = (table.inner)(request);
        let mut attempts = 0;
        loop {
            let failure = match self.attempt(receiver, &inner).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            attempts += 1;
            match failure {
                Unprotected::Refused(code) if (table.again)(code, attempts) => {
                    if let Some(key) = self.key(receiver) {
                        self.memory().forget(&key.id);
                    }
                }
                failure if (table.in_the_clear)(&failure) => {
                    let answer = self.carrier.send(inner.clone()).await;
                    return answer.ok_or(Unprotected::Unanswered);
                }
                failure => return Err(failure),
            }
        }
    }

    async fn attempt(&self, receiver: &Receiver, inner: &Request) -> Result<Response, Unprotected> {
        let table = &self.clauses.originating;
        let key = self.key(receiver).ok_or(Unprotected::NoKey)?;
        let name = key.id.clone();
        let now = self.clock.now();
        let kept = self.memory().session(&name, now);
        let is_first = kept.is_none();
        let learnt = self.memory().next(&name, now);
        let session = match kept {
            Some(session) => session,
            None => self.begin(receiver, &key, learnt.clone()).await?,
        };
        let object = self.sealed(&session, is_first, learnt.as_ref(), inner)?;
        let outer = (table.outer)(inner, &receiver.target, &object);
        let answer = self.carrier.send(outer).await;
        let answer = answer.ok_or(Unprotected::Unanswered)?;
        if let Some(result) = (table.clear_result)(&answer, inner) {
            return Ok(result);
        }
        let object = (table.object)(&answer)?;
        let esprim = &self.clauses.esprim;
        let readings = &self.settings.readings;
        let accepted = accept_response(esprim, object, readings, &session, self.clock.now());
        let next = (table.learnt)(object, accepted.as_ref().ok());
        let accepted = match accepted {
            Ok(accepted) => {
                self.memory().keep(&name, session);
                Ok(accepted)
            }
            Err(discard) => Err(Unprotected::Discarded(discard.to_string())),
        };
        if let Some(next) = next {
            self.memory().learn(&name, next);
        }
        let response = parse(&accepted?.plaintext)
            .ok()
            .and_then(|value| read_response(&value).ok());
        let no_response = || Unprotected::Discarded("no response primitive".to_owned());
        let response = response.ok_or_else(no_response)?;
        let (sent, got) = (
            inner.request_identifier.as_deref(),
            response.request_identifier.as_deref(),
        );
        match (table.correlates)(sent, got) {
            true => Ok(response),
            false => Err(Unprotected::Discarded(
                "the response to another request".to_owned(),
            )),
        }
    }

    /// A session with a Receiver, on an object that it gave in band or gives now.
    async fn begin(
        &self,
        receiver: &Receiver,
        key: &PairwiseKey,
        learnt: Option<ReceiverRand>,
    ) -> Result<Session, Unprotected> {
        let table = &self.clauses.originating;
        let object = match learnt {
            Some(object) => object,
            None => self.receiver_object(receiver).await?,
        };
        let settings = self.settings;
        let now = self.clock.now();
        let unsealed = |_| Unprotected::Unsealed;
        let encoding = settings.readings.value_encoding;
        let wanted = Wanted {
            id: &(table.rand_id)(&settings.randomness).map_err(unsealed)?,
            value: &(table.rand_value)(&settings.randomness, encoding).map_err(unsealed)?,
            supported: &settings.protocols,
            expires: (table.wanted_expiry)(now, settings.lifetime),
        };
        let esprim = &self.clauses.esprim;
        let own = contribute(esprim, &object, &wanted, now)?;
        Session::begin(esprim, &settings.readings, key, &own, &object, now)
            .map_err(|_| Unprotected::Unsealed)
    }

    /// A rand object of the Receiver (TS-0003 V3.18.0, 8.4.2, steps B.2a to B.2f).
    async fn receiver_object(&self, receiver: &Receiver) -> Result<ReceiverRand, Unprotected> {
        let table = &self.clauses.originating;
        if (table.looks)() {
            let request = Request::retrieve(receiver.information.clone());
            let answer = self.carrier.send(request).await;
            let support = (table.support)(answer.as_ref()).ok_or(Unprotected::Unsupported)?;
            let now = self.clock.now();
            let usable = |shared: &ReceiverRand| (table.usable)(&self.clauses.esprim, shared, now);
            if let Some(shared) = support.shared.filter(usable) {
                return Ok(shared);
            }
        }
        let request = Request::notify(receiver.target.clone(), (table.rand_request)());
        let answer = self.carrier.send(request).await;
        let answer = answer.ok_or(Unprotected::Unanswered)?;
        (table.rand_answer)(&answer).ok_or(Unprotected::NoObject)
    }

    fn sealed(
        &self,
        session: &Session,
        is_first: bool,
        learnt: Option<&ReceiverRand>,
        inner: &Request,
    ) -> Result<String, Unprotected> {
        let table = &self.clauses.originating;
        let header = (table.header)(session, is_first, learnt).ok_or(Unprotected::Unsealed)?;
        let vector = (table.vector)(&self.settings.randomness, session);
        let vector = vector.map_err(|_| Unprotected::Unsealed)?;
        let octets = self.settings.readings.content_key;
        let plaintext = (table.plaintext)(inner);
        seal(&header, &session.key, octets, &vector, &plaintext).map_err(|_| Unprotected::Unsealed)
    }

    fn key(&self, receiver: &Receiver) -> Option<PairwiseKey> {
        let (entity, now) = (receiver.entity.absolute(), self.clock.now());
        let is_it = |key: &PairwiseKey| {
            key.entity == entity
                && key.for_esprim
                && key.expires.is_none_or(|expires| now < expires)
        };
        self.settings.pairs.with(|rows| {
            let mut keys = rows.iter().map(|(key, _)| key);
            keys.find(|key| is_it(key)).cloned()
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock()
    }
}
