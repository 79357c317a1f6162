//! The tester as the target of requests of the IUT: takes them, answers them, keeps them in order. As an entity it takes
//! notifications and answers 2000; as a CSE it answers as a script says.

use super::inbound::same_target;
use super::link::{Inbound, Octets};
use crate::catalogue::behaviour::{InboundOperation, ScriptedAnswer};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use onem2m_primitive::ResponseStatusCode;
use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};

/// Requests beyond this many octets are refused.
const LARGEST_REQUEST: usize = 1024 * 1024;

/// Requests kept for one path; what comes beyond is answered and forgotten.
const LONGEST_QUEUE: usize = 64;

/// Paths that the IUT may fill; what comes to further ones is answered and forgotten.
const MOST_PATHS: usize = 4096;

/// Queues of what arrived, by path.
#[derive(Clone, Default)]
pub struct NotificationTarget {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queues: Mutex<HashMap<String, VecDeque<Inbound>>>,
    scripts: Mutex<HashMap<String, Vec<ScriptedAnswer>>>,
    /// Where the replies to held requests go, by path and Request Identifier.
    held: Mutex<HashMap<(String, String), oneshot::Sender<ScriptedAnswer>>>,
    arrival: Notify,
}

impl NotificationTarget {
    /// Serves connections of a listener until the runtime ends.
    pub fn listen(&self, listener: TcpListener) {
        let target = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let target = target.clone();
                tokio::spawn(async move { target.serve(stream).await });
            }
        });
    }

    /// Serves one connection.
    pub async fn serve<S>(&self, stream: S)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(|request| self.take(request));
        // A connection that breaks is the sender's concern.
        let _ = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service)
            .await;
    }

    /// The next request at a path, or none within the patience.
    pub async fn next(&self, path: &str, patience: Duration) -> Option<Inbound> {
        let wait = async {
            loop {
                let arrival = self.shared.arrival.notified();
                if let Some(inbound) = self.taken(path) {
                    return inbound;
                }
                arrival.await;
            }
        };
        tokio::time::timeout(patience, wait).await.ok()
    }

    /// The first request of a queue; a queue that is empty then is no longer there.
    fn taken(&self, path: &str) -> Option<Inbound> {
        let mut queues = self.queues();
        let queue = queues.get_mut(path)?;
        let inbound = queue.pop_front();
        if queue.is_empty() {
            queues.remove(path);
        }
        inbound
    }

    async fn take(
        &self,
        request: http::Request<hyper::body::Incoming>,
    ) -> Result<http::Response<Full<Bytes>>, Infallible> {
        let (head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, LARGEST_REQUEST).collect().await else {
            let mut refusal = http::Response::new(Full::default());
            *refusal.status_mut() = http::StatusCode::PAYLOAD_TOO_LARGE;
            return Ok(refusal);
        };
        let inbound = Inbound {
            method: head.method.to_string(),
            target: head.uri.to_string(),
            headers: head
                .headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body: Octets(body.to_bytes()),
        };
        let point = point_of_access(head.uri.path());
        let mut scripted = self.scripted(&point, &inbound);
        let replied = scripted.held.then(|| self.hold(&point, &inbound));
        self.keep(&point, inbound);
        if let Some(replied) = replied {
            match replied.await {
                Ok(reply) => scripted = reply,
                Err(_) => scripted.silent = true,
            }
        }
        if scripted.silent {
            std::future::pending::<()>().await;
        }
        let mut answer = http::Response::new(Full::default());
        // A test bed that answers otherwise than by its binding would judge itself.
        *answer.status_mut() = ResponseStatusCode::from(scripted.code).http_status();
        answer
            .headers_mut()
            .insert("x-m2m-rsc", scripted.code.into());
        if let Some(content) = &scripted.content {
            let json = http::HeaderValue::from_static("application/json");
            answer
                .headers_mut()
                .insert(http::header::CONTENT_TYPE, json);
            *answer.body_mut() = Full::new(content.to_string().into());
        }
        for echoed in ["x-m2m-ri", "x-m2m-rvi"] {
            if let Some(value) = head.headers.get(echoed) {
                answer.headers_mut().insert(echoed, value.clone());
            }
        }
        Ok(answer)
    }

    /// From here on requests for a CSE are answered so.
    pub fn script(&self, path: &str, answers: Vec<ScriptedAnswer>) {
        self.scripts().insert(path.to_owned(), answers);
    }

    /// Replies to a request that is held at a path; nobody waits any more where there is none.
    pub fn reply(&self, path: &str, identifier: &str, answer: ScriptedAnswer) {
        let waiting = self
            .held()
            .remove(&(path.to_owned(), identifier.to_owned()));
        if let Some(waiting) = waiting {
            // Whoever sent the request may have given up.
            let _ = waiting.send(answer);
        }
    }

    fn hold(&self, path: &str, inbound: &Inbound) -> oneshot::Receiver<ScriptedAnswer> {
        let (sender, receiver) = oneshot::channel();
        let identifier = inbound.identifier().unwrap_or_default().to_owned();
        let mut held = self.held();
        held.retain(|_, waiting| !waiting.is_closed());
        held.insert((path.to_owned(), identifier), sender);
        receiver
    }

    fn held(&self) -> MutexGuard<'_, HashMap<(String, String), oneshot::Sender<ScriptedAnswer>>> {
        let held = &self.shared.held;
        held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a request. An entity, and a CSE that is notified, agree; what a CSE was given no answer for it does
    /// not have.
    fn scripted(&self, path: &str, inbound: &Inbound) -> ScriptedAnswer {
        let operation = inbound.operation().unwrap_or_default();
        let to = inbound.to().unwrap_or_default();
        let fits = |answer: &&ScriptedAnswer| {
            answer.operation == operation && same_target(&answer.to, &to)
        };
        let found = self
            .scripts()
            .get(path)
            .and_then(|answers| answers.iter().find(fits).cloned());
        let is_taken = operation == InboundOperation::Notify || !path.starts_with("/~/");
        found.unwrap_or(ScriptedAnswer {
            operation,
            to,
            code: match is_taken {
                true => ResponseStatusCode::OK.number(),
                false => ResponseStatusCode::NOT_FOUND.number(),
            },
            content: None,
            silent: false,
            held: false,
        })
    }

    fn scripts(&self) -> MutexGuard<'_, HashMap<String, Vec<ScriptedAnswer>>> {
        self.shared
            .scripts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, path: &str, inbound: Inbound) {
        let mut queues = self.queues();
        if queues.len() < MOST_PATHS || queues.contains_key(path) {
            let queue = queues.entry(path.into()).or_default();
            if queue.len() < LONGEST_QUEUE {
                queue.push_back(inbound);
            }
        }
        drop(queues);
        self.shared.arrival.notify_waiters();
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Inbound>>> {
        self.shared
            .queues
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The path under which requests for a CSE are kept, by its CSE-ID in either form; none for what is no CSE-ID. The names
/// of the tester are its own, so the domain plays no part.
pub fn cse_path(entity: &str) -> Option<String> {
    let name = entity.strip_prefix('/')?.rsplit('/').next()?;
    Some(format!("/~/{name}"))
}

/// The path of the point of access, two segments, that a request was sent to. An IUT that retargets a
/// request may append what the request is for; for a CSE that is all there is (TS-0009 V3.9.1, 6.2.2.1).
fn point_of_access(path: &str) -> String {
    let mut segments = path.split('/').skip(1);
    match (segments.next(), segments.next(), segments.next()) {
        (Some("_"), _, Some(cse)) => format!("/~/{cse}"),
        (Some(first), Some(second), _) => format!("/{first}/{second}"),
        (Some(only), None, _) => format!("/{only}"),
        (None, ..) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_to_a_point_of_access_is_cut_off() {
        assert_eq!(point_of_access("/tag/AE1"), "/tag/AE1");
        assert_eq!(point_of_access("/tag/AE1/"), "/tag/AE1");
        assert_eq!(point_of_access("/~/tpc2/cb/x"), "/~/tpc2");
        assert_eq!(point_of_access("/_/sp.example/tpc2/cb"), "/~/tpc2");
        assert_eq!(point_of_access("/tag/AE1/cse-in/ae"), "/tag/AE1");
        assert_eq!(point_of_access("/tag"), "/tag");
    }
}
