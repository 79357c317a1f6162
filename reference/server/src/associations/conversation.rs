use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use onem2m_association::State;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::datagram::DatagramAssociation;
use crate::coap::Outgoing;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(30);

/// How long an association lasts in which nothing is said.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// How many messages of one association are dealt with at once; more are dropped, and come again if they are confirmable.
const AT_ONCE: usize = 64;

/// How many messages of one association wait to be sent.
const QUEUE: usize = 16;

/// One association over a socket that many share, until it is closed, expires, or nobody hands it datagrams anymore.
pub(super) struct Conversation {
    pub(super) association: DatagramAssociation,
    /// The datagrams of its client.
    pub(super) arrivals: mpsc::Receiver<Vec<u8>>,
    pub(super) socket: Arc<UdpSocket>,
    /// Tells others when it is established.
    pub(super) established: Arc<AtomicBool>,
}

impl Conversation {
    pub(super) async fn run(mut self) {
        let (outgoing, mut queue) = mpsc::channel(QUEUE);
        let mut answers = JoinSet::new();
        let mut heard = Instant::now();
        loop {
            let datagrams = self.association.outgoing();
            self.send(datagrams).await;
            let expiry = match self.association.state() {
                State::Handshaking => self.association.since() + HANDSHAKE,
                State::Established => {
                    self.established.store(true, Ordering::Relaxed);
                    heard + IDLE
                }
                State::Closed(_) => return,
            };
            let left = expiry.saturating_duration_since(Instant::now());
            let wait = self
                .association
                .timeout()
                .map_or(left, |timeout| timeout.min(left));
            tokio::select! {
                arrival = self.arrivals.recv() => {
                    let Some(datagram) = arrival else {
                        return;
                    };
                    self.association.prepare(&datagram).await;
                    for message in self.association.open(&datagram) {
                        heard = Instant::now();
                        self.answer(message, &mut answers, &outgoing);
                    }
                }
                Some(Outgoing { datagram, .. }) = queue.recv() => self.association.seal(&datagram),
                Some(_) = answers.join_next() => {}
                () = sleep(wait) => {
                    let datagrams = match Instant::now() < expiry {
                        true => self.association.elapsed(),
                        false => self.association.close(),
                    };
                    self.send(datagrams).await;
                }
            }
        }
    }

    fn answer(
        &self,
        message: Vec<u8>,
        answers: &mut JoinSet<()>,
        outgoing: &mpsc::Sender<Outgoing>,
    ) {
        let Some(inside) = self.association.inside().cloned() else {
            return;
        };
        if answers.len() >= AT_ONCE {
            return;
        }
        let (outgoing, since) = (outgoing.clone(), self.association.since());
        answers.spawn(async move {
            let converse = inside
                .endpoint
                .converse(&message, &inside.peer, since, &outgoing);
            converse.await;
        });
    }

    async fn send(&self, datagrams: Vec<Vec<u8>>) {
        for datagram in datagrams {
            // A client that cannot be reached concerns nobody else.
            let _ = self
                .socket
                .send_to(&datagram, self.association.client())
                .await;
        }
    }
}
