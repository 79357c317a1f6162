use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use onem2m_identity::Home;
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::clauses::Clauses;
use crate::clock::Clock;
use crate::configuration::Configuration;
use crate::connector::Connector;
use crate::elsewhere::{Elsewhere, Question};
use crate::http::{self, Encoded};
use crate::notify::Notice;
use crate::outbound::{Addressing, send_to_first};
use crate::peer::Peer;
use crate::plant;
use crate::receive::{self, Carried, Desk, Outcome, Pass};
use crate::refusal::Refusal;
use crate::scene::Arrival;
use crate::tree::Tree;

/// How often a request is decided anew: once for policies of other CSEs, once for groups that these name.
const ROUNDS: usize = 3;

/// An IN-CSE, or an MN-CSE if it has a registrar. Clones are the same CSE.
#[derive(Clone)]
pub struct Cse(Arc<Shared>);

struct Shared {
    configuration: Configuration,
    home: Home,
    clock: Arc<dyn Clock>,
    clauses: Clauses,
    connector: Arc<dyn Connector>,
    state: Mutex<State>,
}

struct State {
    tree: Tree,
    sent: u64,
}

impl Cse {
    /// A CSE with nothing but its `<CSEBase>`, the administrator's `<AE>` and the ACP that lets the administrator do
    /// everything with the `<CSEBase>` and others retrieve it.
    pub fn new(
        configuration: Configuration,
        clock: Arc<dyn Clock>,
        clauses: Clauses,
        connector: Arc<dyn Connector>,
    ) -> Self {
        let home = Home::new(configuration.sp.clone(), configuration.cse_id.clone());
        let tree = plant::planted(&configuration, &home, &clauses, clock.now());
        Self(Arc::new(Shared {
            configuration,
            home,
            clock,
            clauses,
            connector,
            state: Mutex::new(State { tree, sent: 0 }),
        }))
    }

    /// Answers on a stream that comes from `peer` until the other side closes it.
    pub async fn serve_connection(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: Peer,
    ) {
        http::serve(self, stream, peer).await;
    }

    /// Answers on every connection to a socket.
    ///
    /// # Errors
    ///
    /// The error with which the socket stops to accept.
    pub async fn listen(self, listener: TcpListener) -> std::io::Result<()> {
        loop {
            let (stream, address) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let cse = self.clone();
            let peer = Peer::plain(address);
            tokio::spawn(async move { cse.serve_connection(stream, peer).await });
        }
    }

    /// The context in which it reads identifiers.
    pub fn home(&self) -> &Home {
        &self.0.home
    }

    pub(crate) fn configuration(&self) -> &Configuration {
        &self.0.configuration
    }

    pub(crate) fn encode(&self, response: &Response) -> Encoded {
        (self.0.clauses.encode)(response)
    }

    /// Answers one request. The state is locked only while the request is judged and carried out, never while others are
    /// asked.
    pub(crate) async fn handle(&self, request: Request, peer: &Peer) -> Response {
        let now = self.0.clock.now();
        let mut arrival = Arrival {
            received: now,
            at: now,
            peer: peer.clone(),
            elsewhere: Elsewhere::default(),
        };
        let mut carried = self.decided(&request, &mut arrival, Pass::First).await;
        if let Ok(Carried::Verify(notices)) = carried {
            carried = if self.all_agree(notices).await {
                self.decided(&request, &mut arrival, Pass::Verified).await
            } else {
                Err(receive::unverified())
            };
        }
        let result = match carried {
            Ok(Carried::Done {
                status,
                content,
                is_partial,
                notices,
            }) => {
                self.tell(notices);
                Ok((status, content, is_partial))
            }
            Ok(Carried::Retarget {
                addresses,
                addressing,
                request,
            }) => self.retarget(&addresses, addressing, &request).await,
            Ok(Carried::Ask(_)) => Err(receive::refused()),
            Ok(Carried::Verify(_)) => Err(receive::unverified()),
            Err(refusal) => Err(refusal),
        };
        receive::respond(&self.0.clauses, &request, result)
    }

    /// Carries a request out as soon as what other CSEs host of its policies has been read.
    async fn decided(&self, request: &Request, arrival: &mut Arrival, pass: Pass) -> Outcome {
        let mut carried = self.carry_out(request, arrival, pass);
        for _ in 0..ROUNDS {
            let Ok(Carried::Ask(questions)) = carried else {
                break;
            };
            self.ask(questions, &mut arrival.elsewhere).await;
            carried = self.carry_out(request, arrival, pass);
        }
        carried
    }

    /// Asks all questions at once.
    async fn ask(&self, questions: Vec<Question>, elsewhere: &mut Elsewhere) {
        let mut answers = JoinSet::new();
        for question in questions {
            let cse = self.clone();
            answers.spawn(async move {
                let notice = Notice {
                    addresses: question.addresses.clone(),
                    addressing: Addressing::Target,
                    request: question.request.clone(),
                };
                let answer = cse.send(notice).await;
                (question, answer)
            });
        }
        while let Some(answered) = answers.join_next().await {
            if let Ok((question, answer)) = answered {
                elsewhere.learn(&self.0.clauses, &question, answer);
            }
        }
    }

    fn carry_out(&self, request: &Request, arrival: &Arrival, pass: Pass) -> Outcome {
        let mut state = self.lock();
        let overdue = self.catch_up(&mut state.tree, arrival);
        let carried = receive::receive(&self.desk(arrival), &mut state.tree, request, pass);
        drop(state);
        self.tell(overdue);
        carried
    }

    /// Does what time has brought: performs postponed requests and deletes what is past its expirationTime, each at its
    /// moment.
    fn catch_up(&self, tree: &mut Tree, arrival: &Arrival) -> Vec<Notice> {
        let mut notices = Vec::new();
        while let Some((due, postponed)) = tree.take_due(arrival.at) {
            let then = Arrival {
                at: due,
                ..postponed.arrival.clone()
            };
            notices.extend(sweep(&self.desk(&then), tree));
            notices.extend(receive::resume(&self.desk(&then), tree, &postponed));
        }
        notices.extend(sweep(&self.desk(arrival), tree));
        notices
    }

    fn desk<'a>(&'a self, arrival: &'a Arrival) -> Desk<'a> {
        Desk {
            clauses: &self.0.clauses,
            configuration: &self.0.configuration,
            home: &self.0.home,
            arrival,
        }
    }

    async fn all_agree(&self, notices: Vec<Notice>) -> bool {
        for notice in notices {
            let answer = self.send(notice).await;
            if answer.is_none_or(|answer| !answer.status.is_success()) {
                return false;
            }
        }
        true
    }

    async fn retarget(
        &self,
        addresses: &[String],
        addressing: Addressing,
        request: &Request,
    ) -> Result<(ResponseStatusCode, Option<Value>, Option<bool>), Refusal> {
        let patience = self.0.configuration.patience;
        let connector = self.0.connector.as_ref();
        send_to_first(connector, addresses, addressing, request, patience)
            .await
            .map(|answer| {
                let is_partial = answer.content_status.map(|status| status == 1);
                (answer.status, answer.content, is_partial)
            })
            .map_err(|reason| {
                Refusal::new(ResponseStatusCode::TARGET_NOT_REACHABLE, reason.to_string())
            })
    }

    /// Sends notifications in their order, and does not wait for it: their targets may be slow, or wait for the response
    /// themselves.
    fn tell(&self, notices: Vec<Notice>) {
        if notices.is_empty() {
            return;
        }
        let cse = self.clone();
        tokio::spawn(async move {
            for notice in notices {
                cse.send(notice).await;
            }
        });
    }

    async fn send(&self, notice: Notice) -> Option<Response> {
        let number = {
            let mut state = self.lock();
            state.sent += 1;
            state.sent
        };
        let request = notice.request.identified(format!("notify-{number:07}"));
        let patience = self.0.configuration.patience;
        send_to_first(
            self.0.connector.as_ref(),
            &notice.addresses,
            notice.addressing,
            &request,
            patience,
        )
        .await
        .ok()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Deletes what is past its expirationTime (TS-0004 V3.32.0, 7.3.3.5).
fn sweep(desk: &Desk<'_>, tree: &mut Tree) -> Vec<Notice> {
    let mut notices = Vec::new();
    for id in tree.expired(desk.arrival.at) {
        let is_expired = tree
            .get(&id)
            .is_some_and(|resource| (desk.clauses.expired)(resource, desk.arrival.at));
        if is_expired {
            notices.extend(receive::remove(desk, tree, &id));
        }
    }
    notices
}
