use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

use super::endpoint::{CoapEndpoint, Step};
use super::incoming::Incoming;
use crate::peer::Peer;

/// How long a response may take to go with the acknowledgement: half of the ACK_TIMEOUT after which the request would come
/// again (RFC 7252, 4.8 and 5.2.1).
const PIGGYBACK: Duration = Duration::from_secs(1);

/// ACK_TIMEOUT and MAX_RETRANSMIT (RFC 7252, 4.8).
const ACK_TIMEOUT: Duration = Duration::from_secs(2);
const MAX_RETRANSMIT: u32 = 4;

/// A datagram to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Where to.
    pub address: SocketAddr,
    /// The octets.
    pub datagram: Vec<u8>,
}

impl CoapEndpoint {
    /// Takes a datagram of a peer, waits for what it asks for, and gives the datagram to answer with, if any. `now` is as in
    /// [`CoapEndpoint::receive`].
    pub async fn answer(&self, datagram: &[u8], peer: &Peer, now: Duration) -> Option<Vec<u8>> {
        match self.receive(datagram, peer, now) {
            Step::Nothing => None,
            Step::Answer(octets) => Some(octets),
            Step::Handle(incoming) => {
                let response = self.handle(&incoming).await;
                self.respond(&incoming, response, now)
            }
        }
    }

    /// Takes a datagram of a peer and puts what is to be sent about it, until all of it is sent: the response, or an
    /// acknowledgement and later the response, as often as it takes to be acknowledged (RFC 7252, 4.2 and 5.2.2). `since` is
    /// the same for every datagram.
    pub async fn converse(
        &self,
        datagram: &[u8],
        peer: &Peer,
        since: Instant,
        outgoing: &mpsc::Sender<Outgoing>,
    ) {
        match self.receive(datagram, peer, since.elapsed()) {
            Step::Nothing => {}
            Step::Answer(octets) => send(outgoing, peer, octets).await,
            Step::Handle(incoming) => self.fulfil(&incoming, peer, since, outgoing).await,
        }
    }

    async fn fulfil(
        &self,
        incoming: &Incoming,
        peer: &Peer,
        since: Instant,
        outgoing: &mpsc::Sender<Outgoing>,
    ) {
        let mut handling = pin!(self.handle(incoming));
        if let Ok(response) = timeout(PIGGYBACK, &mut handling).await {
            if let Some(octets) = self.respond(incoming, response, since.elapsed()) {
                send(outgoing, peer, octets).await;
            }
            return;
        }
        let acknowledgement = self.acknowledge(incoming);
        let waits_for_it = acknowledgement.is_some();
        if let Some(octets) = acknowledgement {
            send(outgoing, peer, octets).await;
        }
        let response = handling.await;
        let Some((octets, message_id)) = self.respond_later(incoming, response, since.elapsed())
        else {
            return;
        };
        send(outgoing, peer, octets.clone()).await;
        if !waits_for_it {
            return;
        }
        // Peers that were answered at once are not answered again at once (ACK_RANDOM_FACTOR).
        let spread = Duration::from_millis(u64::from(message_id % 1000));
        for attempt in 0..MAX_RETRANSMIT {
            sleep((ACK_TIMEOUT + spread) * 2u32.pow(attempt)).await;
            if self.is_acknowledged(peer, message_id) {
                return;
            }
            send(outgoing, peer, octets.clone()).await;
        }
    }
}

/// Whoever does not take datagrams anymore needs none.
async fn send(outgoing: &mpsc::Sender<Outgoing>, peer: &Peer, datagram: Vec<u8>) {
    let address = peer.address;
    let _ = outgoing.send(Outgoing { address, datagram }).await;
}
