//! The link to the reference server in the same process: the same octets through the same parser as
//! on a socket, without the socket, and with a clock that only moves when it is told to.

use super::embedded_datagrams::{AssociationWire, CoapWire, ask};
use super::embedded_stands::EmbeddedStands;
use super::http;
use super::instruction::{Act, Instruction};
use super::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use super::provisioning::{KeyAnswer, KeyOrder};
use super::reference_application::{ReferenceApplication, Registrations, acting};
use super::reference_keys;
use super::sources::Sources;
use super::stand::Stand;
use super::stream_wire::StreamWire;
use super::target::{NotificationTarget, cse_path};
use super::trigger::Trigger;
use super::wire::{Connected, Dial, Wire};
use crate::catalogue::behaviour::{Endpoint, ScriptedAnswer, Source};
use onem2m_identity::Entity;
use onem2m_server::{
    Allowed, Associated, Clauses, Clock, Configuration, Connecting, Connector, Cse, Duplex,
    KeyService, Opening, Peer, ServiceRole, ServiceSettings, VirtualClock,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use time::OffsetDateTime;
use time::macros::datetime;

/// A Thursday, in the middle of everything.
const BEGINNING: OffsetDateTime = datetime!(2025-11-20 13:27:30 UTC);

/// How long a real answer may take; it only ends what would hang.
const PATIENCE: Duration = Duration::from_secs(10);

/// Octets in flight between the two ends.
const PIPE: usize = 64 * 1024;

const AUTHORITY: &str = "cse.invalid:80";
/// Where the server reaches the tester.
pub const TESTER: &str = "tester.invalid:80";

/// Where the tester comes from: the addresses of the profile of the reference.
const FIRST: Ipv4Addr = Ipv4Addr::LOCALHOST;
const SECOND: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 23);
const IPV6: Ipv6Addr = Ipv6Addr::LOCALHOST;

/// The first port of the tester.
const PORT: u16 = 49152;

/// A server and the link to it; both end together.
pub struct EmbeddedLink {
    cse: Cse,
    services: Vec<(ServiceRole, KeyService)>,
    clock: Arc<VirtualClock>,
    target: NotificationTarget,
    stands: EmbeddedStands,
    application: ReferenceApplication,
    ports: AtomicU16,
}

impl EmbeddedLink {
    /// Starts a fresh server with these clauses, and beside it an AE with the same that was told of registrars.
    pub fn new(
        configuration: Configuration,
        clauses: Clauses,
        registrations: Registrations,
    ) -> Self {
        let clock = Arc::new(VirtualClock::new(BEGINNING));
        let target = NotificationTarget::default();
        let stands = EmbeddedStands::default();
        let connector = Arc::new(ToTester {
            target: target.clone(),
            stands: stands.clone(),
        });
        let application = ReferenceApplication::new(
            registrations,
            clock.clone(),
            clauses,
            connector.clone(),
            PATIENCE,
        );
        let services = configuration.services.iter().filter_map(|settings| {
            let service = service(settings, &clock, &clauses)?;
            Some((settings.role, service))
        });
        let services = services.collect();
        let cse = Cse::new(configuration, clock.clone(), clauses, connector);
        Self {
            cse,
            services,
            clock,
            target,
            stands,
            application,
            ports: AtomicU16::new(PORT),
        }
    }

    /// Who the server takes the tester for outside any association.
    fn plain_peer(source: Source) -> Peer {
        Peer::plain(Self::address(source))
    }

    fn address(source: Source) -> SocketAddr {
        let address = match source {
            Source::First => IpAddr::V4(FIRST),
            Source::Second => IpAddr::V4(SECOND),
            Source::Ipv6 => IpAddr::V6(IPV6),
        };
        SocketAddr::new(address, PORT)
    }

    /// The address of a socket for datagrams; each has a port of its own.
    fn own_address(&self, source: Source) -> SocketAddr {
        let mut address = Self::address(source);
        address.set_port(self.ports.fetch_add(1, Ordering::Relaxed).max(PORT));
        address
    }

    /// Who the server takes the tester for.
    fn peer(&self, call: &Call) -> Result<Peer, LinkError> {
        let peer = Self::plain_peer(call.way.source);
        let way = &call.way;
        if !way.is_associated() {
            return Ok(peer);
        }
        let entity = |text: &String| {
            Entity::parse(text, self.cse.home())
                .map_err(|error| LinkError::NoWay(format!("association as {text}: {error}")))
        };
        let allowed = match &way.association {
            Some(association) => Allowed::One(entity(association)?),
            None if way.allows.is_empty() => Allowed::Unknown,
            None => Allowed::Several(way.allows.iter().map(entity).collect::<Result<_, _>>()?),
        };
        Ok(peer.within(Associated {
            credential: way.credential.clone(),
            app_id: way.app_id.clone(),
            allowed,
        }))
    }

    fn service(&self, role: ServiceRole) -> Result<KeyService, LinkError> {
        let mut services = self.services.iter();
        let found = services.find(|(found, _)| *found == role);
        let missing = || LinkError::NoWay(format!("no endpoints.{}", role.name()));
        found
            .map(|(_, service)| service.clone())
            .ok_or_else(missing)
    }

    fn path(entity: &str) -> String {
        cse_path(entity).unwrap_or_else(|| format!("/{entity}"))
    }
}

/// A key service that keeps nothing beyond its end.
fn service(
    settings: &ServiceSettings,
    clock: &Arc<VirtualClock>,
    clauses: &Clauses,
) -> Option<KeyService> {
    let settings = ServiceSettings {
        state: None,
        ..settings.clone()
    };
    KeyService::new(settings, clock.clone(), clauses).ok()
}

/// How the server reaches the tester.
struct ToTester {
    target: NotificationTarget,
    stands: EmbeddedStands,
}

impl Connector for ToTester {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        Box::pin(async move {
            if let Some(stream) = self.stands.stream(authority) {
                return Ok(Box::new(stream) as Box<dyn Duplex>);
            }
            if authority != TESTER {
                let refused = std::io::ErrorKind::ConnectionRefused;
                return Err(std::io::Error::new(
                    refused,
                    format!("nobody is at {authority}"),
                ));
            }
            let (near, far) = tokio::io::duplex(PIPE);
            let target = self.target.clone();
            tokio::spawn(async move { target.serve(far).await });
            Ok(Box::new(near) as Box<dyn Duplex>)
        })
    }

    fn datagrams<'a>(&'a self, authority: &'a str) -> Opening<'a> {
        Box::pin(async move {
            let refused = || std::io::ErrorKind::ConnectionRefused.into();
            self.stands.datagrams(authority).ok_or_else(refused)
        })
    }
}

impl Link for EmbeddedLink {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            http::sendable(&call.request)
                .map_err(|error| LinkError::Unsendable(error.to_string()))?;
            if call.way.endpoint == Some(Endpoint::Coap) {
                let address = self.own_address(call.way.source);
                return ask(CoapWire::new(self.cse.clone(), address), &call.request).await;
            }
            let (near, far) = tokio::io::duplex(PIPE);
            let cse = self.cse.clone();
            let peer = self.peer(call)?;
            let server = tokio::spawn(async move { cse.serve_connection(far, peer).await });
            let received = http::exchange(near, AUTHORITY, &call.request, PATIENCE).await;
            server.abort();
            Ok(received)
        })
    }

    fn connect<'a>(&'a self, dial: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>> {
        Box::pin(async move {
            let peer = Self::plain_peer(dial.source);
            match dial.endpoint {
                Endpoint::Http => {
                    let (near, far) = tokio::io::duplex(PIPE);
                    let cse = self.cse.clone();
                    tokio::spawn(async move { cse.serve_connection(far, peer).await });
                    Ok(Connected::Open(Box::new(StreamWire::new(near))))
                }
                Endpoint::Https => {
                    let (near, far) = tokio::io::duplex(PIPE);
                    let cse = self.cse.clone();
                    let address = Self::address(dial.source);
                    tokio::spawn(async move { cse.serve_association(far, address).await });
                    Ok(Connected::Open(Box::new(StreamWire::new(near))))
                }
                Endpoint::Maf | Endpoint::Mef => {
                    let role = match dial.endpoint {
                        Endpoint::Maf => ServiceRole::Maf,
                        _ => ServiceRole::Mef,
                    };
                    let service = self.service(role)?;
                    let (near, far) = tokio::io::duplex(PIPE);
                    let address = Self::address(dial.source);
                    tokio::spawn(async move { service.serve_association(far, address).await });
                    Ok(Connected::Open(Box::new(StreamWire::new(near))))
                }
                Endpoint::Coap => {
                    let address = self.own_address(dial.source);
                    let wire = CoapWire::new(self.cse.clone(), address);
                    Ok(Connected::Open(Box::new(wire)))
                }
                Endpoint::Coaps => {
                    let address = self.own_address(dial.source);
                    let wire = AssociationWire::new(self.cse.clone(), address);
                    Ok(Connected::Open(Box::new(wire)))
                }
            }
        })
    }

    fn stand<'a>(&'a self, stand: &'a Stand) -> BoxFuture<'a, Result<String, LinkError>> {
        Box::pin(async move { Ok(self.stands.url(stand)) })
    }

    fn accept<'a>(
        &'a self,
        stand: &'a Stand,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Box<dyn Wire>>, LinkError>> {
        Box::pin(async move { Ok(self.stands.accept(stand, patience).await) })
    }

    fn trigger(&self, trigger: Trigger) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            self.stands.forget().await;
            let url = self.stands.url(&trigger.stand());
            self.application.act(trigger, &url)
        })
    }

    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        Box::pin(async move { Ok(reference_keys::change(&self.cse, change)) })
    }

    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>> {
        match order.role {
            Act::OriginatorCse | Act::RegistreeCse => acting(&self.cse, order),
            _ => self.application.secure(order),
        }
        Box::pin(async { Ok(()) })
    }

    fn beginning(&self) -> Result<OffsetDateTime, LinkError> {
        Ok(BEGINNING)
    }

    fn elapsed(&self) -> Result<Duration, LinkError> {
        Ok((self.clock.now() - BEGINNING).unsigned_abs())
    }

    fn wait(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.clock.advance(duration);
        Box::pin(async {})
    }

    fn inbound<'a>(
        &'a self,
        entity: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>> {
        Box::pin(async move { Ok(self.target.next(&Self::path(entity), patience).await) })
    }

    fn script(&self, entity: &str, answers: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        self.target.script(&Self::path(entity), answers);
        Ok(())
    }

    fn reply(
        &self,
        entity: &str,
        identifier: &str,
        answer: ScriptedAnswer,
    ) -> Result<(), LinkError> {
        self.target.reply(&Self::path(entity), identifier, answer);
        Ok(())
    }

    fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        Ok(match cse_path(entity) {
            Some(_) => format!("http://{TESTER}"),
            None => format!("http://{TESTER}{}", Self::path(entity)),
        })
    }

    fn sources(&self) -> Sources {
        vec![IpAddr::V4(FIRST), IpAddr::V4(SECOND), IpAddr::V6(IPV6)].into()
    }

    fn outlives_purpose(&self) -> bool {
        false
    }
}
