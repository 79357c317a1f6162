//! The link to a live IUT: HTTP or CoAP, in the clear or within an association.

use super::coap;
use super::datagram_wire::DatagramWire;
use super::http;
use super::instruction::Instruction;
use super::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use super::opened::Opened;
use super::ordinary::Associations;
use super::provisioning::{KeyAnswer, KeyOrder};
use super::route::{connect, route};
use super::sources::Sources;
use super::stand::Stand;
use super::stands::Stands;
use super::stream_wire::StreamWire;
use super::target::{NotificationTarget, cse_path};
use super::trigger::{Actuator, Trigger};
use super::wire::{Connected, Dial, Wire};
use crate::catalogue::behaviour::{Endpoint, ScriptedAnswer};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use time::OffsetDateTime;
use tokio::sync::Mutex;

/// What all purposes share on the network.
pub struct Network {
    /// The endpoint of ordinary requests.
    pub ordinary: Endpoint,
    /// Path before that of the binding; empty if there is none.
    pub prefix: String,
    /// How long an answer may take.
    pub patience: Duration,
    /// The least time between two requests; zero for no limit.
    pub pace: Duration,
    /// Where notifications arrive and how the IUT reaches it, such as `http://127.0.0.1:4711`.
    pub target: Option<(NotificationTarget, String)>,
    /// The tester's addresses as the IUT sees them.
    pub sources: Sources,
    /// Host and port of the endpoint over IPv6, if they are others.
    pub ipv6_authority: Option<String>,
    /// Host and port of each endpoint.
    pub authorities: HashMap<Endpoint, String>,
    /// The administrator, whose credential its requests need.
    pub administrator: String,
    /// With what associations are made.
    pub associations: Associations,
    /// Where the IUT opens associations with the tester.
    pub stands: Stands,
    /// How it is made to do so.
    pub actuator: Box<dyn Actuator>,
    /// Numbers of CoAP messages.
    pub numbers: coap::Numbers,
    /// Numbers of the options in them.
    pub options: coap::OptionNumbers,
    /// When the next request may be sent.
    pub next: Mutex<Instant>,
}

impl Network {
    /// Host and port of the endpoint of ordinary requests.
    pub fn authority(&self) -> &str {
        let authority = self.authorities.get(&self.ordinary);
        authority.map(String::as_str).unwrap_or_default()
    }

    /// Its URL without a path.
    pub fn url(&self) -> String {
        format!("{}://{}", self.ordinary.key(), self.authority())
    }

    /// Waits until the next request may be sent.
    pub(super) async fn keep_pace(&self) {
        if self.pace.is_zero() {
            return;
        }
        let mut next = self.next.lock().await;
        let slot = (*next).max(Instant::now());
        *next = slot + self.pace;
        drop(next);
        tokio::time::sleep_until(slot.into()).await;
    }

    /// By which endpoint a request goes, and whose credential it needs there.
    ///
    /// The credential is that of the entity for which the way is associated, or that of the administrator. Any other actor has names
    /// of this run alone, and the IUT knows no credential of such.
    fn passage<'a>(&'a self, call: &'a Call) -> Result<(Endpoint, Option<&'a str>), LinkError> {
        let way = &call.way;
        if way.is_associated() {
            let missing = || LinkError::NoWay(format!("no security association as {}", way.peer()));
            let entity = way.association.as_deref();
            let entity =
                entity.filter(|entity| way.is_of_credential() && self.associations.holds(entity));
            let endpoint = [self.ordinary, Endpoint::Https, Endpoint::Coaps]
                .into_iter()
                .find(|endpoint| {
                    endpoint.is_associated() && self.authorities.contains_key(endpoint)
                });
            let endpoint = endpoint.filter(|_| entity.is_some());
            return Ok((endpoint.ok_or_else(missing)?, entity));
        }
        if let Some(endpoint) = way.endpoint {
            let missing = || LinkError::NoWay(format!("no endpoint for {}", endpoint.key()));
            let is_there = self.authorities.contains_key(&endpoint);
            return is_there.then_some((endpoint, None)).ok_or_else(missing);
        }
        let is_administrator = call.actor == ADMINISTRATOR || call.actor.ends_with(": ADM");
        let entity = is_administrator.then_some(self.administrator.as_str());
        Ok((self.ordinary, entity))
    }
}

/// The name of the administrator among actors.
const ADMINISTRATOR: &str = "ADM";

/// The link of one purpose.
pub struct NetworkLink {
    network: Arc<Network>,
    tag: String,
    opened: Instant,
}

impl NetworkLink {
    /// Opens a link; `tag` keeps points of access apart.
    pub fn new(network: Arc<Network>, tag: String) -> Self {
        let opened = Instant::now();
        Self {
            network,
            tag,
            opened,
        }
    }

    fn path(&self, entity: &str) -> String {
        match cse_path(entity) {
            Some(path) => path,
            None => format!("/{}/{entity}", self.tag),
        }
    }
}

impl Link for NetworkLink {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            http::sendable(&call.request)
                .map_err(|error| LinkError::Unsendable(error.to_string()))?;
            let (endpoint, entity) = self.network.passage(call)?;
            let dial = Dial {
                endpoint,
                source: call.way.source,
            };
            let message = match endpoint.is_datagram() {
                true => Some(coap::message(&call.request)?),
                false => None,
            };
            let patience = call.patience.unwrap_or(self.network.patience);
            Ok(
                match (self.network.open(&dial, entity, patience).await?, message) {
                    (Opened::Not(why), _) => Received::Unreachable(why),
                    (Opened::Datagrams(carrier), Some(mut message)) => {
                        let options = self.network.options;
                        self.network.numbers.give(&mut message);
                        options.number(&mut message);
                        options.read(coap::exchange(carrier, message, patience).await)
                    }
                    (Opened::Stream(stream, authority), _) => {
                        let mut request = call.request.clone();
                        request.target.insert_str(0, &self.network.prefix);
                        http::exchange(stream, &authority, &request, patience).await
                    }
                    (Opened::Datagrams(_), None) => {
                        return Err(LinkError::NoWay("datagrams without a message".into()));
                    }
                },
            )
        })
    }

    fn connect<'a>(&'a self, dial: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>> {
        Box::pin(async move {
            let route = route(&self.network, dial)?;
            self.network.keep_pace().await;
            let patience = self.network.patience;
            if dial.endpoint.is_datagram() {
                return Ok(match route.datagrams().await? {
                    Err(error) => Connected::Unreachable(error.to_string()),
                    Ok(socket) => Connected::Open(Box::new(DatagramWire::new(socket))),
                });
            }
            Ok(match connect(&route, patience).await? {
                Err(error) => Connected::Unreachable(error.to_string()),
                Ok(stream) => Connected::Open(Box::new(StreamWire::new(stream))),
            })
        })
    }

    fn stand<'a>(&'a self, stand: &'a Stand) -> BoxFuture<'a, Result<String, LinkError>> {
        Box::pin(self.network.stands.url(stand))
    }

    fn accept<'a>(
        &'a self,
        stand: &'a Stand,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Box<dyn Wire>>, LinkError>> {
        Box::pin(self.network.stands.accept(stand, patience))
    }

    fn trigger(&self, trigger: Trigger) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            self.network.stands.forget().await;
            let stands = &self.network.stands;
            self.network.actuator.pull(trigger, stands).await
        })
    }

    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        self.network.actuator.change_keys(change)
    }

    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>> {
        self.network.actuator.secure(order)
    }

    fn beginning(&self) -> Result<OffsetDateTime, LinkError> {
        Ok(OffsetDateTime::now_utc() - self.opened.elapsed())
    }

    fn elapsed(&self) -> Result<Duration, LinkError> {
        Ok(self.opened.elapsed())
    }

    fn wait(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn inbound<'a>(
        &'a self,
        entity: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>> {
        Box::pin(async move {
            match &self.network.target {
                Some((target, _)) => Ok(target.next(&self.path(entity), patience).await),
                None => Err(LinkError::NoTarget("tester.listen is not usable".into())),
            }
        })
    }

    fn script(&self, entity: &str, answers: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        match &self.network.target {
            Some((target, _)) => {
                target.script(&self.path(entity), answers);
                Ok(())
            }
            None => Err(LinkError::NoTarget("tester.listen is not usable".into())),
        }
    }

    fn reply(
        &self,
        entity: &str,
        identifier: &str,
        answer: ScriptedAnswer,
    ) -> Result<(), LinkError> {
        if let Some((target, _)) = &self.network.target {
            target.reply(&self.path(entity), identifier, answer);
        }
        Ok(())
    }

    fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        match &self.network.target {
            // A CSE has requests for any target of its own, and To is the whole path.
            Some((_, base)) if cse_path(entity).is_some() => Ok(base.clone()),
            Some((_, base)) => Ok(format!("{base}{}", self.path(entity))),
            None => Err(LinkError::NoTarget("tester.listen is not usable".into())),
        }
    }

    fn sources(&self) -> Sources {
        self.network.sources.clone()
    }

    fn outlives_purpose(&self) -> bool {
        true
    }
}
