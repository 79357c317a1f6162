//! A request that is laid out before it is sent within an association, with what has to come back.

use super::holder::Holder;
use crate::catalogue::behaviour::{Expectation, Role};
use crate::purposes::answer::Answer;
use crate::purposes::check::{self, Asked};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::coap::OptionNumbers;
use crate::tester::handshake::Association;
use crate::tester::http_octets::AnswerReader;
use crate::tester::link::{Call, Received, Way};
use bytes::Bytes;
use onem2m_primitive::{Operation, Request, ResponseStatusCode};
use serde_json::json;

const CONTENT_INSTANCE: u32 = 4;

/// A request of the holder of an association.
#[derive(Debug, Clone)]
pub struct Prepared {
    call: Call,
    identifier: String,
    asked: Asked,
    expectation: Expectation,
    options: OptionNumbers,
}

impl Prepared {
    /// A request that has to be carried out; it has the identity of the holder in From unless another one is given.
    pub fn new(
        world: &World<'_>,
        holder: &Holder,
        step: &str,
        role: Role,
        request: Request,
        from: Option<&str>,
    ) -> Result<Self, Stop> {
        let from = match from {
            Some(from) => from,
            None => holder.identity(step)?,
        };
        let operation = request.operation;
        let asked = match (operation, request.to.rsplit('/').next()) {
            (Operation::Retrieve, Some(name)) => Asked {
                canary: Some(world.canary()),
                ..Asked::about(operation, name.to_owned())
            },
            _ => Asked::of(operation),
        };
        let (request, identifier) = world.prepare(&holder.actor, step, request, Some(from))?;
        let call = Call {
            actor: holder.actor.clone(),
            step: step.to_owned(),
            role,
            way: Way::default(),
            patience: None,
            request,
        };
        Ok(Self {
            call,
            identifier,
            asked,
            expectation: Expectation::Permit,
            options: world.facts().option_numbers(),
        })
    }

    /// The Retrieve of a resource of the world.
    pub fn retrieve(
        world: &World<'_>,
        holder: &Holder,
        step: &str,
        role: Role,
        target: &str,
    ) -> Result<Self, Stop> {
        let request = Request::retrieve(world.find(step, target)?);
        Self::new(world, holder, step, role, request, None)
    }

    /// The Retrieve of the holder's own registration.
    pub fn own(world: &World<'_>, holder: &Holder, step: &str, role: Role) -> Result<Self, Stop> {
        Self::retrieve(world, holder, step, role, &holder.actor)
    }

    /// The Retrieve of a resource with the identity of somebody else in From, which has to be refused: the association is not
    /// theirs (TS-0003 V3.18.0, 7.2.1).
    pub fn foreign(
        world: &World<'_>,
        holder: &Holder,
        other: &Holder,
        step: &str,
        target: &str,
    ) -> Result<Self, Stop> {
        let request = Request::retrieve(world.find(step, target)?);
        let from = Some(other.identity(step)?);
        let prepared = Self::new(world, holder, step, Role::Stimulus, request, from)?;
        let refused = ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED.number();
        Ok(prepared.expecting(&[refused]))
    }

    /// The Create of a contentInstance in a container of the world.
    pub fn instance(
        world: &World<'_>,
        holder: &Holder,
        step: &str,
        role: Role,
        container: &str,
    ) -> Result<Self, Stop> {
        let content = json!({"m2m:cin": {"con": "a contentInstance of the tester"}});
        let parent = world.find(step, container)?;
        let request = Request::create(parent, CONTENT_INSTANCE, content);
        Self::new(world, holder, step, role, request, None)
    }

    /// The same with other response status codes.
    pub fn expecting(self, codes: &[u16]) -> Self {
        Self {
            expectation: Expectation::Codes(codes.to_vec()),
            ..self
        }
    }

    /// The same with a header field more.
    pub fn with_header(mut self, name: &str, value: String) -> Self {
        self.call.request.headers.push((name.to_owned(), value));
        self
    }

    /// The same with so many spaces behind its content, which is whole without them.
    pub fn with_spaces(mut self, number: usize) -> Self {
        let body = &mut self.call.request.body.0;
        *body = [body.as_ref(), &vec![b' '; number]].concat().into();
        self
    }

    /// The step.
    pub fn step(&self) -> &str {
        &self.call.step
    }

    /// What the step is for.
    pub fn role(&self) -> Role {
        self.call.role
    }

    /// The request with its way.
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// The numbers of the options of oneM2M in it, over CoAP.
    pub fn option_numbers(&self) -> OptionNumbers {
        self.options
    }

    /// Its octets.
    pub fn octets(&self, world: &World<'_>) -> Bytes {
        world.octets(&self.call.request)
    }

    /// Sends it, and checks what comes back.
    pub async fn ask(
        &self,
        world: &World<'_>,
        association: &mut Association<'_>,
    ) -> Result<Answer, Stop> {
        self.check(&self.received(world, association).await?)
    }

    /// Sends it; what comes back is judged elsewhere.
    pub async fn received(
        &self,
        world: &World<'_>,
        association: &mut Association<'_>,
    ) -> Result<Received, Stop> {
        let received = world.call_over(association, &self.call).await;
        received.map_err(|error| Stop::link(self.step(), &error))
    }

    /// Awaits and checks what comes back where the octets were sent already.
    pub async fn answered(
        &self,
        world: &World<'_>,
        association: &mut Association<'_>,
        reader: &mut AnswerReader,
    ) -> Result<Answer, Stop> {
        let received = world.answer_over(association, reader, &self.call).await;
        self.check(&received.map_err(|error| Stop::link(self.step(), &error))?)
    }

    /// The answer, read and nothing more.
    pub fn read(&self, received: &Received) -> Answer {
        Answer::read(received, &self.identifier)
    }

    /// Checks an answer.
    pub fn check(&self, received: &Received) -> Result<Answer, Stop> {
        let answer = self.read(received);
        match check::check(&self.asked, &self.expectation, &answer) {
            Ok(_) => Ok(answer),
            Err(finding) => Err(Stop::mismatch(self.step(), self.role(), finding, &answer)),
        }
    }
}
