//! The link to a live IUT over HTTP.

use super::http;
use super::link::{BoxFuture, Call, Inbound, Link, LinkError, Received};
use super::route::route;
use super::sources::Sources;
use super::target::{NotificationTarget, cse_path};
use crate::catalogue::behaviour::ScriptedAnswer;
use std::sync::Arc;
use std::time::{Duration, Instant};
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
    /// The tester's addresses as the IUT sees them.
    pub sources: Sources,
    /// Host and port of the endpoint over IPv6, if they are others.
    pub ipv6_authority: Option<String>,
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
        match cse_path(entity) {
            Some(path) => path,
            None => format!("/{}/{entity}", self.tag),
        }
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
            let route = route(&self.network, call.way.source)?;
            self.keep_pace().await;
            let mut request = call.request.clone();
            request.target.insert_str(0, &self.network.prefix);
            let patience = call.patience.unwrap_or(self.network.patience);
            let Ok(connected) = tokio::time::timeout(patience, route.connect()).await else {
                return Ok(Received::Unreachable("connecting took too long".into()));
            };
            Ok(match connected? {
                Err(error) => Received::Unreachable(error.to_string()),
                Ok(stream) => {
                    // Nagle would delay the second segment of a request with a body.
                    let _ = stream.set_nodelay(true);
                    http::exchange(stream, &route.authority, &request, patience).await
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

    fn script(&self, entity: &str, answers: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        match &self.network.target {
            Some((target, _)) => {
                target.script(&self.path(entity), answers);
                Ok(())
            }
            None => Err(LinkError::NoTarget("tester.listen is not usable".into())),
        }
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
