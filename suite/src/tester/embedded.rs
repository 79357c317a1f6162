//! The link to the reference server in the same process: the same octets through the same parser as
//! on a socket, without the socket, and with a clock that only moves when it is told to.

use super::http;
use super::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use super::sources::Sources;
use super::target::{NotificationTarget, cse_path};
use crate::catalogue::behaviour::{ScriptedAnswer, Source};
use onem2m_identity::Entity;
use onem2m_server::{
    Clauses, Clock, Configuration, Connecting, Connector, Cse, Duplex, Peer, VirtualClock,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
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
const TESTER: &str = "tester.invalid:80";

/// Where the tester comes from: the addresses of the profile of the reference.
const FIRST: Ipv4Addr = Ipv4Addr::LOCALHOST;
const SECOND: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 23);
const IPV6: Ipv6Addr = Ipv6Addr::LOCALHOST;

/// A server and the link to it; both end together.
pub struct EmbeddedLink {
    cse: Cse,
    clock: Arc<VirtualClock>,
    target: NotificationTarget,
}

impl EmbeddedLink {
    /// Starts a fresh server with these clauses.
    pub fn new(configuration: Configuration, clauses: Clauses) -> Self {
        let clock = Arc::new(VirtualClock::new(BEGINNING));
        let target = NotificationTarget::default();
        let connector = Arc::new(ToTester(target.clone()));
        let cse = Cse::new(configuration, clock.clone(), clauses, connector);
        Self { cse, clock, target }
    }

    /// Who the server takes the tester for.
    fn peer(&self, call: &Call) -> Result<Peer, LinkError> {
        let address = match call.way.source {
            Source::First => IpAddr::V4(FIRST),
            Source::Second => IpAddr::V4(SECOND),
            Source::Ipv6 => IpAddr::V6(IPV6),
        };
        let peer = Peer::plain(SocketAddr::new(address, 49152));
        let Some(entity) = &call.way.association else {
            return Ok(peer);
        };
        let entity = Entity::parse(entity, self.cse.home())
            .map_err(|error| LinkError::NoWay(format!("association as {entity}: {error}")))?;
        Ok(peer.associated(entity))
    }

    fn path(entity: &str) -> String {
        cse_path(entity).unwrap_or_else(|| format!("/{entity}"))
    }
}

/// How the server reaches the tester.
struct ToTester(NotificationTarget);

impl Connector for ToTester {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        Box::pin(async move {
            if authority != TESTER {
                let refused = std::io::ErrorKind::ConnectionRefused;
                return Err(std::io::Error::new(
                    refused,
                    format!("nobody is at {authority}"),
                ));
            }
            let (near, far) = tokio::io::duplex(PIPE);
            let target = self.0.clone();
            tokio::spawn(async move { target.serve(far).await });
            Ok(Box::new(near) as Box<dyn Duplex>)
        })
    }
}

impl Link for EmbeddedLink {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            http::sendable(&call.request)
                .map_err(|error| LinkError::Unsendable(error.to_string()))?;
            let (near, far) = tokio::io::duplex(PIPE);
            let cse = self.cse.clone();
            let peer = self.peer(call)?;
            let server = tokio::spawn(async move { cse.serve_connection(far, peer).await });
            let received = http::exchange(near, AUTHORITY, &call.request, PATIENCE).await;
            server.abort();
            Ok(received)
        })
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
