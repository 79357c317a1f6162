use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ::http::HeaderMap;
use onem2m_association::{Allowed, ConfigurationError, PskKey, PskTable, Server, Transport};
use onem2m_identity::{Entity, Home};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

use crate::aggregation::collect;
use crate::associations::{self, DatagramAssociation, Servers};
use crate::clauses::Clauses;
use crate::clock::Clock;
use crate::coap;
use crate::configuration::Configuration;
use crate::connector::Connector;
use crate::elsewhere::{Elsewhere, Question};
use crate::end_to_end;
use crate::fan_out::fan_out;
use crate::hop::Hop;
use crate::http::{self, Encoded};
use crate::maf_client::Registrations;
use crate::notify::Notice;
use crate::outbound::{Addressing, send_to_first};
use crate::peer::Peer;
use crate::receive::{self, Carried, Desk, Errand, Outcome, Pass};
use crate::refusal::Refusal;
use crate::scene::Arrival;
use crate::tree::Tree;
use crate::{plant, polling};

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
    servers: Servers,
    registrations: Registrations,
    state: Mutex<State>,
}

/// What the CSE carries out.
#[derive(Clone, Copy)]
pub(crate) enum Order<'a> {
    /// A request that came.
    Received(&'a Request),
    /// A request of the CSE's own to itself.
    Own(&'a Request),
    /// The request to a member of a group.
    Errand(&'a Errand),
}

/// What an order comes to in the end: status, content and whether that is partial.
pub(crate) type Fulfilling<'a> = Pin<Box<dyn Future<Output = Fulfilled> + Send + 'a>>;

type Fulfilled = Result<(ResponseStatusCode, Option<Value>, Option<bool>), Refusal>;

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
            servers: Servers::default(),
            registrations: Registrations::default(),
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

    /// Answers within a security association on a stream that comes from an address: as TLS server, and once the
    /// association is established with HTTP, until the other side closes it (TS-0003 V3.18.0, 8.2.1). A handshake that
    /// fails ends it, with an alert.
    ///
    /// # Errors
    ///
    /// The CSE was not provisioned for associations with TLS.
    pub async fn serve_association(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        client: SocketAddr,
    ) -> Result<(), ConfigurationError> {
        let server = self.server(Transport::Tls)?;
        (self.0.clauses.accept)(self.clone(), server, Box::new(stream), client).await;
        Ok(())
    }

    /// Answers within a security association on every connection to a socket.
    ///
    /// # Errors
    ///
    /// The CSE was not provisioned for associations with TLS, or the error with which the socket stops to accept.
    pub async fn listen_tls(self, listener: TcpListener) -> std::io::Result<()> {
        associations::listen_tls(self, listener).await
    }

    /// Answers the datagrams of a socket with CoAP, outside any security association (TS-0008 V3.9.0).
    ///
    /// # Errors
    ///
    /// The error with which the socket stops to receive.
    pub async fn listen_coap(self, socket: UdpSocket) -> std::io::Result<()> {
        coap::listen(self, socket).await
    }

    /// A security association to come with a client at an address, for whoever carries its datagrams: DTLS, and once it is
    /// established CoAP.
    ///
    /// # Errors
    ///
    /// The CSE was not provisioned for associations with DTLS.
    pub fn datagram_association(
        &self,
        client: SocketAddr,
    ) -> Result<DatagramAssociation, ConfigurationError> {
        DatagramAssociation::new(self, &*self.server(Transport::Dtls)?, client)
    }

    /// Answers within security associations on the datagrams of a socket.
    ///
    /// # Errors
    ///
    /// The CSE was not provisioned for associations with DTLS, or the error with which the socket stops to receive.
    pub async fn listen_dtls(self, socket: UdpSocket) -> std::io::Result<()> {
        associations::listen_dtls(self, socket).await
    }

    /// Gives it a symmetric key of the default authority under a KpsaID, for at most one entity (TS-0003 V3.18.0, 8.2.2.1 and
    /// 10.5). From then on associations are established with it.
    ///
    /// # Errors
    ///
    /// The identity is no KpsaID, or another key has it; or the CSE was not set up for symmetric keys.
    pub fn provision_key(
        &self,
        identity: &[u8],
        key: PskKey,
        entity: Option<Entity>,
    ) -> Result<(), ConfigurationError> {
        let allowed = entity.map_or(Allowed::Unstated, Allowed::Entity);
        let table = self.keys().ok_or(ConfigurationError::NoCredential)?;
        (self.0.clauses.association.provision)(table, identity, key, allowed)
    }

    /// Withdraws a symmetric key of the default authority; false if there is none under this identity. No association is
    /// established with it any more, and no session that it authenticated is resumed (TS-0001 V3.36.0, 11.3.2).
    pub fn withdraw_key(&self, identity: &[u8]) -> bool {
        let withdraw = self.0.clauses.association.withdraw;
        self.keys().is_some_and(|table| withdraw(table, identity))
    }

    pub(crate) fn keys(&self) -> Option<&PskTable> {
        let security = self.0.configuration.security.as_ref()?;
        security.identities.as_deref()
    }

    /// The context in which it reads identifiers.
    pub fn home(&self) -> &Home {
        &self.0.home
    }

    pub(crate) fn configuration(&self) -> &Configuration {
        &self.0.configuration
    }

    pub(crate) fn server(&self, transport: Transport) -> Result<Arc<Server>, ConfigurationError> {
        self.0.servers.of(self, transport)
    }

    pub(crate) fn source(&self, peer: &Peer, headers: &HeaderMap) -> IpAddr {
        (self.0.clauses.source)(peer, headers)
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.0.clock.as_ref()
    }

    pub(crate) fn shared_clock(&self) -> Arc<dyn Clock> {
        self.0.clock.clone()
    }

    pub(crate) fn connector(&self) -> &dyn Connector {
        self.0.connector.as_ref()
    }

    /// Its client registrations.
    pub(crate) fn registrations(&self) -> &Registrations {
        &self.0.registrations
    }

    pub(crate) fn clauses(&self) -> &Clauses {
        &self.0.clauses
    }

    /// Does something with the resources while nothing else does.
    pub(crate) fn with_tree<T>(
        &self,
        arrival: &Arrival,
        act: impl FnOnce(&Desk<'_>, &mut Tree) -> T,
    ) -> T {
        act(&self.desk(arrival), &mut self.lock().tree)
    }

    pub(crate) fn encode(&self, response: &Response) -> Encoded {
        (self.0.clauses.encode)(response)
    }

    /// Answers one request. The state is locked only while the request is judged and carried out, never while others are
    /// asked.
    pub(crate) async fn handle(&self, request: Request, peer: &Peer) -> Response {
        let now = self.0.clock.now();
        let arrival = Arrival {
            received: now,
            at: now,
            peer: peer.clone(),
            elsewhere: Elsewhere::default(),
            announced: None,
            protected: None,
            tokens: OnceLock::new(),
        };
        let result = self.fulfil(Order::Received(&request), &arrival).await;
        receive::respond(&self.0.clauses, &request, result)
    }

    /// Carries out an order and waits for those who have a part in it.
    pub(crate) fn fulfil<'a>(&'a self, order: Order<'a>, arrival: &'a Arrival) -> Fulfilling<'a> {
        Box::pin(async move {
            let mut arrival = arrival.clone();
            let mut carried = self.decided(order, &mut arrival, Pass::First).await;
            if let Ok(Carried::Verify(notices)) = carried {
                carried = if self.all_agree(notices, &arrival).await {
                    self.decided(order, &mut arrival, Pass::Verified).await
                } else {
                    Err(receive::unverified())
                };
            }
            match carried? {
                Carried::Done {
                    status,
                    content,
                    is_partial,
                    notices,
                } => {
                    self.tell(notices, &arrival);
                    Ok((status, content, is_partial))
                }
                Carried::Protected(inner) => {
                    let (status, content) = end_to_end::perform(self, &arrival, &inner).await?;
                    Ok((status, content, None))
                }
                Carried::Retarget {
                    hops,
                    addressing,
                    request,
                } => self.retarget(&hops, addressing, &request).await,
                Carried::FanOut(members) => {
                    let (status, content) = fan_out(self, &arrival, &members).await?;
                    Ok((status, content, None))
                }
                Carried::Deliver { channel, request } => {
                    let answer = polling::deliver(self, &arrival, &channel, *request).await?;
                    Ok((answer.status, answer.content, None))
                }
                Carried::Collect {
                    aggregation,
                    notifications,
                } => {
                    let status = collect(self, &arrival, &aggregation, notifications).await?;
                    Ok((status, None, None))
                }
                Carried::Poll { channel, until } => {
                    let request = polling::poll(self, &arrival, &channel, until).await?;
                    Ok((ResponseStatusCode::OK, Some(request), None))
                }
                Carried::Ask(_) | Carried::Announce(_) => Err(receive::refused()),
                Carried::Verify(_) => Err(receive::unverified()),
            }
        })
    }

    /// Carries an order out as soon as what other CSEs host of its policies has been read, and the IN-CSE has answered to
    /// the announcement of an AE.
    async fn decided(&self, order: Order<'_>, arrival: &mut Arrival, pass: Pass) -> Outcome {
        let mut carried = self.carry_out(order, arrival, pass);
        for _ in 0..ROUNDS {
            match carried {
                Ok(Carried::Ask(questions)) => self.ask(questions, &mut arrival.elsewhere).await,
                Ok(Carried::Announce(announcement)) => {
                    arrival.announced = Some(self.send(*announcement).await);
                }
                _ => break,
            }
            carried = self.carry_out(order, arrival, pass);
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
                    hops: question.hops.clone(),
                    channel: None,
                    is_for_itself: false,
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

    fn carry_out(&self, order: Order<'_>, arrival: &Arrival, pass: Pass) -> Outcome {
        let mut state = self.lock();
        let overdue = self.catch_up(&mut state.tree, arrival);
        let desk = self.desk(arrival);
        end_to_end::publish(&desk, &mut state.tree);
        let carried = match order {
            Order::Received(request) => receive::receive(&desk, &mut state.tree, request, pass),
            Order::Own(request) => receive::carry_out_own(&desk, &mut state.tree, request),
            Order::Errand(errand) => receive::carry_out(&desk, &mut state.tree, errand, pass),
        };
        drop(state);
        self.tell(overdue, arrival);
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

    async fn all_agree(&self, notices: Vec<Notice>, arrival: &Arrival) -> bool {
        // What is not settled in one pass lets others through first.
        tokio::task::yield_now().await;
        for notice in notices {
            let answer = match &notice.channel {
                Some(channel) => polling::deliver(self, arrival, channel, notice.request)
                    .await
                    .ok(),
                None => self.send(notice).await,
            };
            if answer.is_none_or(|answer| !answer.status.is_success()) {
                return false;
            }
        }
        true
    }

    async fn retarget(&self, hops: &[Hop], addressing: Addressing, request: &Request) -> Fulfilled {
        let patience = self.0.configuration.patience;
        let connector = self.0.connector.as_ref();
        send_to_first(connector, hops, addressing, request, patience)
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
    fn tell(&self, notices: Vec<Notice>, arrival: &Arrival) {
        let (own, notices): (Vec<_>, Vec<_>) =
            notices.into_iter().partition(|notice| notice.is_for_itself);
        for notice in own {
            let (cse, arrival) = (self.clone(), arrival.clone());
            // Each waits for others to be sent together with.
            tokio::spawn(async move { cse.fulfil(Order::Own(&notice.request), &arrival).await });
        }
        let (polled, notices): (Vec<_>, Vec<_>) = notices
            .into_iter()
            .partition(|notice| notice.channel.is_some());
        let mut state = self.lock();
        for notice in polled {
            if let Some(channel) = &notice.channel
                && let Some(channels) = state.tree.channels_with(channel)
            {
                channels.put(channel, notice.request);
            }
        }
        drop(state);
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

    pub(crate) async fn send(&self, notice: Notice) -> Option<Response> {
        let number = {
            let mut state = self.lock();
            state.sent += 1;
            state.sent
        };
        let request = notice.request.identified(format!("notify-{number:07}"));
        let patience = self.0.configuration.patience;
        send_to_first(
            self.0.connector.as_ref(),
            &notice.hops,
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
