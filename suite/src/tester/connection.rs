//! A connection of octets with its part of the transcript.

use super::association_end::AssociationEnd;
use super::link::{LinkError, Octets};
use super::recorder::Recorder;
use super::transcript::{ConnectionEvent, Happened, recorded_octets};
use super::wire::{Arrived, Ending, Wire};
use crate::catalogue::behaviour::{Endpoint, Role};
use bytes::Bytes;
use std::time::Duration;
use tokio::sync::watch;

/// A connection whose octets are recorded under the step that it is at.
pub struct Connection<'a> {
    recorder: &'a Recorder<'a>,
    wire: Box<dyn Wire + 'a>,
    /// None where the octets travel in requests, which are recorded.
    number: Option<u32>,
    endpoint: Endpoint,
    step: String,
    role: Role,
    /// Tells when what it is for is over.
    over: Option<watch::Receiver<bool>>,
}

impl<'a> Connection<'a> {
    /// A connection that was opened in a step.
    pub(super) fn new(
        recorder: &'a Recorder<'a>,
        mut wire: Box<dyn Wire>,
        number: u32,
        endpoint: Endpoint,
        step: &str,
        role: Role,
    ) -> Self {
        wire.begin(role);
        Self {
            recorder,
            wire,
            number: Some(number),
            endpoint,
            step: step.to_owned(),
            role,
            over: None,
        }
    }

    /// The same until something is over: what does not come before that is silence.
    pub fn until(self, over: watch::Receiver<bool>) -> Self {
        Self {
            over: Some(over),
            ..self
        }
    }

    /// A connection whose octets travel in requests of a step.
    pub(super) fn carried(
        recorder: &'a Recorder<'a>,
        mut wire: Box<dyn Wire + 'a>,
        endpoint: Endpoint,
        step: &str,
        role: Role,
    ) -> Self {
        wire.begin(role);
        Self {
            recorder,
            wire,
            number: None,
            endpoint,
            step: step.to_owned(),
            role,
            over: None,
        }
    }

    /// What follows belongs to another step.
    pub fn begin(&mut self, step: &str, role: Role) {
        self.step = step.to_owned();
        self.role = role;
        self.wire.begin(role);
    }

    /// Where it leads.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// The step that it is at, and what that is for.
    pub fn step(&self) -> (&str, Role) {
        (&self.step, self.role)
    }

    /// Sends octets.
    pub async fn send(&mut self, octets: impl Into<Bytes>) -> Result<(), LinkError> {
        let octets = octets.into();
        let recorded = recorded_octets(&Octets(octets.clone()));
        self.keep(ConnectionEvent::Sent(recorded));
        self.wire.send(octets).await
    }

    /// What comes next.
    pub async fn receive(&mut self, patience: Duration) -> Result<Arrived, LinkError> {
        let receiving = self.wire.receive(patience);
        let arrived = match &mut self.over {
            None => receiving.await?,
            // What is there goes first: a recording has everything at once.
            Some(over) => tokio::select! {
                biased;
                arrived = receiving => arrived?,
                _ = over.wait_for(|over| *over) => Arrived::Silence,
            },
        };
        self.keep(ConnectionEvent::Arrived(arrived.clone()));
        Ok(arrived)
    }

    /// Ends the tester's side.
    pub async fn end(&mut self, ending: Ending) -> Result<(), LinkError> {
        self.keep(ConnectionEvent::Ended(ending));
        self.wire.end(ending).await
    }

    /// Records what the attempt at an association came to.
    pub fn conclude(&self, end: &AssociationEnd) {
        self.keep(ConnectionEvent::Concluded(end.clone()));
    }

    /// The recorder.
    pub fn recorder(&self) -> &'a Recorder<'a> {
        self.recorder
    }

    fn keep(&self, event: ConnectionEvent) {
        if let Some(connection) = self.number {
            self.recorder.keep_event(Happened {
                step: self.step.clone(),
                role: self.role,
                connection,
                event,
            });
        }
    }
}
