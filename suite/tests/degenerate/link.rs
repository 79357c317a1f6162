//! The reference server behind a degenerate one.

use super::server::{Server, before_everything};
use super::wire::{DegenerateWire, DegeneratingWire};
use onem2m_conform::catalogue::behaviour::{Role, ScriptedAnswer};
use onem2m_conform::engine::in_process;
use onem2m_conform::engine::purpose::Links;
use onem2m_conform::tester::embedded::EmbeddedLink;
use onem2m_conform::tester::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use onem2m_conform::tester::provisioning::{KeyAnswer, KeyOrder};
use onem2m_conform::tester::sources::Sources;
use onem2m_conform::tester::stand::Stand;
use onem2m_conform::tester::trigger::Trigger;
use onem2m_conform::tester::wire::{Connected, Dial, Wire};
use onem2m_server::{Clauses, Configuration};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

/// Made once, since it has keys and certificates.
static CONFIGURATION: LazyLock<Configuration> = LazyLock::new(in_process::configuration);

/// Which exchanges degenerate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Every exchange.
    Throughout,
    /// The stimuli; everything else reaches the reference.
    StimulusOnly,
}

/// Links to a fresh degenerate server for every attempt.
pub struct Degenerate {
    pub server: Server,
    pub mode: Mode,
}

impl Links for Degenerate {
    fn open(&self, purpose: &str, _attempt: u32) -> Option<Box<dyn Link>> {
        let reference = in_process::link(&CONFIGURATION, Clauses::SPECIFICATION, purpose);
        Some(Box::new(DegenerateLink {
            reference,
            server: self.server,
            mode: self.mode,
            previous: Mutex::new(before_everything()),
        }))
    }
}

struct DegenerateLink {
    reference: EmbeddedLink,
    server: Server,
    mode: Mode,
    previous: Mutex<Received>,
}

impl DegenerateLink {
    fn degenerating(&self, right: Box<dyn Wire>) -> Box<dyn Wire> {
        Box::new(DegeneratingWire::new(right, self.server))
    }
}

impl Link for DegenerateLink {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            let degenerates = self.mode == Mode::Throughout || call.role == Role::Stimulus;
            let right = match !degenerates || self.server.carries_out() {
                true => Some(self.reference.call(call).await?),
                false => None,
            };
            let previous = match &right {
                Some(right) => {
                    std::mem::replace(&mut *self.previous.lock().unwrap(), right.clone())
                }
                None => before_everything(),
            };
            match right {
                Some(right) if !degenerates => Ok(right),
                right => Ok(self.server.answer(&call.request, right, previous)),
            }
        })
    }

    fn connect<'a>(&'a self, dial: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>> {
        Box::pin(async move {
            Ok(match self.mode {
                Mode::Throughout => Connected::Open(Box::new(DegenerateWire::new(self.server))),
                Mode::StimulusOnly => match self.reference.connect(dial).await? {
                    Connected::Open(right) => Connected::Open(self.degenerating(right)),
                    unreachable => unreachable,
                },
            })
        })
    }

    fn stand<'a>(&'a self, stand: &'a Stand) -> BoxFuture<'a, Result<String, LinkError>> {
        self.reference.stand(stand)
    }

    fn accept<'a>(
        &'a self,
        stand: &'a Stand,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Box<dyn Wire>>, LinkError>> {
        Box::pin(async move {
            let accepted = self.reference.accept(stand, patience).await?;
            Ok(accepted.map(|right| match self.mode {
                Mode::Throughout => Box::new(DegenerateWire::new(self.server)),
                Mode::StimulusOnly => self.degenerating(right),
            }))
        })
    }

    fn trigger(&self, trigger: Trigger) -> BoxFuture<'_, Result<(), LinkError>> {
        self.reference.trigger(trigger)
    }

    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        self.reference.change_keys(change)
    }

    fn elapsed(&self) -> Result<Duration, LinkError> {
        self.reference.elapsed()
    }

    fn wait(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.reference.wait(duration)
    }

    fn inbound<'a>(
        &'a self,
        entity: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>> {
        self.reference.inbound(entity, patience)
    }

    fn script(&self, entity: &str, answers: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        self.reference.script(entity, answers)
    }

    fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        self.reference.point_of_access(entity)
    }

    fn sources(&self) -> Sources {
        self.reference.sources()
    }

    fn outlives_purpose(&self) -> bool {
        self.reference.outlives_purpose()
    }
}
