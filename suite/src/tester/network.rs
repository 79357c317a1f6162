//! The link to a live IUT over HTTP.

use super::http;
use super::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use super::target::NotificationTarget;
use crate::catalogue::behaviour::Source;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio::sync::Mutex;

/// What all purposes share on the network.
pub struct Network {
    /// Host and port of the endpoint.
    pub authority: String,
    /// Path before that of the binding; empty if there is none.
    pub prefix: String,
    /// How long an answer may take.
    pub patience: Duration,
    /// The least time between two requests; zero for no limit.
    pub pace: Duration,
    /// Where notifications arrive and how the IUT reaches it, such as `http://127.0.0.1:4711`.
    pub target: Option<(NotificationTarget, String)>,
    /// The tester's address as the IUT sees it.
    pub source: String,
    /// Another IPv4 address of the tester, if it has one.
    pub second_source: Option<IpAddr>,
    /// When the next request may be sent.
    pub next: Mutex<Instant>,
}

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
        format!("/{}/{entity}", self.tag)
    }

    async fn keep_pace(&self) {
        if self.network.pace.is_zero() {
            return;
        }
        let mut next = self.network.next.lock().await;
        let slot = (*next).max(Instant::now());
        *next = slot + self.network.pace;
        drop(next);
        tokio::time::sleep_until(slot.into()).await;
    }
}

impl Link for NetworkLink {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            http::sendable(&call.request)
                .map_err(|error| LinkError::Unsendable(error.to_string()))?;
            if let Some(entity) = &call.way.association {
                let missing = format!("no security association as {entity}");
                return Err(LinkError::NoWay(missing));
            }
            let source = match (call.way.source, self.network.second_source) {
                (Source::First, _) => None,
                (Source::Second, Some(second)) => Some(second),
                _ => return Err(LinkError::NoWay("no further source address".into())),
            };
            self.keep_pace().await;
            let mut request = call.request.clone();
            request.target.insert_str(0, &self.network.prefix);
            let patience = self.network.patience;
            let connect = connect(&self.network.authority, source);
            Ok(match tokio::time::timeout(patience, connect).await {
                Err(_) => Received::Unreachable("connecting took too long".into()),
                Ok(Err(error)) => Received::Unreachable(error.to_string()),
                Ok(Ok(stream)) => {
                    // Nagle would delay the second segment of a request with a body.
                    let _ = stream.set_nodelay(true);
                    http::exchange(stream, &self.network.authority, &request, patience).await
                }
            })
        })
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

    fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        match &self.network.target {
            Some((_, base)) => Ok(format!("{base}{}", self.path(entity))),
            None => Err(LinkError::NoTarget("tester.listen is not usable".into())),
        }
    }

    fn source(&self) -> String {
        self.network.source.clone()
    }

    fn outlives_purpose(&self) -> bool {
        true
    }
}

/// Connects from an address of the tester, if one is named.
async fn connect(authority: &str, source: Option<IpAddr>) -> std::io::Result<TcpStream> {
    let Some(source) = source else {
        return TcpStream::connect(authority).await;
    };
    let mut found = lookup_host(authority).await?;
    let address = found
        .find(SocketAddr::is_ipv4)
        .ok_or(std::io::ErrorKind::AddrNotAvailable)?;
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(source, 0))?;
    socket.connect(address).await
}
