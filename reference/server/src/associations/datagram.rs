use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{
    ConfigurationError, IdentityWatch, Server, ServerSession, Session, State, Transport,
};
use tokio::time::Instant;

use crate::coap::CoapEndpoint;
use crate::cse::Cse;
use crate::peer::Peer;

/// A security association of DTLS with CoAP within it, without socket (TS-0003 V3.18.0, 8.2.1; TS-0008 V3.9.0, 7).
pub struct DatagramAssociation {
    cse: Cse,
    client: SocketAddr,
    session: ServerSession,
    watch: IdentityWatch,
    inside: Option<Inside>,
    since: Instant,
}

/// Who is at the other end of an established association, and what is said within it.
#[derive(Clone)]
pub(super) struct Inside {
    pub(super) endpoint: Arc<CoapEndpoint>,
    pub(super) peer: Peer,
}

impl DatagramAssociation {
    pub(crate) fn new(
        cse: &Cse,
        server: &Server,
        client: SocketAddr,
    ) -> Result<Self, ConfigurationError> {
        Ok(Self {
            cse: cse.clone(),
            client,
            session: server.accept(client)?,
            watch: IdentityWatch::new(Transport::Dtls),
            inside: None,
            since: Instant::now(),
        })
    }

    /// Takes a datagram of the client, waits for what it asks for, and gives all datagrams to answer with.
    pub async fn receive(&mut self, datagram: &[u8]) -> Vec<Vec<u8>> {
        self.prepare(datagram).await;
        for message in self.open(datagram) {
            let Some(Inside { endpoint, peer }) = self.inside.clone() else {
                break;
            };
            let now = self.since.elapsed();
            if let Some(answer) = endpoint.answer(&message, &peer, now).await {
                self.seal(&answer);
            }
        }
        self.outgoing()
    }

    /// What is left until [`Self::elapsed`] has to be called; `None` if nothing waits for an answer.
    pub fn timeout(&self) -> Option<Duration> {
        self.session.timeout()
    }

    /// Gives again what was not answered in time (RFC 6347, 4.2.4).
    pub fn elapsed(&mut self) -> Vec<Vec<u8>> {
        self.session.elapsed();
        self.outgoing()
    }

    /// Where the association stands.
    pub fn state(&self) -> State {
        self.session.state()
    }

    /// Whether the client was shown to receive at its address: until then nothing is lost if the association is dropped
    /// after each datagram (RFC 6347, 4.2.1).
    pub fn is_verified(&self) -> bool {
        self.session.is_verified()
    }

    /// Ends the association.
    pub fn close(&mut self) -> Vec<Vec<u8>> {
        self.session.close();
        self.outgoing()
    }

    pub(super) fn client(&self) -> SocketAddr {
        self.client
    }

    pub(super) fn since(&self) -> Instant {
        self.since
    }

    pub(super) fn inside(&self) -> Option<&Inside> {
        self.inside.as_ref()
    }

    /// Waits until the key is there that a datagram names.
    pub(super) async fn prepare(&mut self, datagram: &[u8]) {
        if let Some(identity) = self.watch.push(datagram) {
            (self.cse.clauses().maf_client.waits)(&self.cse, &identity).await;
        }
    }

    /// Takes a datagram and gives the messages of CoAP that were in it.
    pub(super) fn open(&mut self, datagram: &[u8]) -> Vec<Vec<u8>> {
        self.session.receive(datagram);
        if self.inside.is_none() && self.session.state() == State::Established {
            self.establish();
        }
        std::iter::from_fn(|| self.session.read())
            .filter(|_| self.inside.is_some())
            .collect()
    }

    /// Protects a message of CoAP. One that does not fit, or comes too late, is lost, as a datagram may be.
    pub(super) fn seal(&mut self, message: &[u8]) {
        let _ = self.session.write(message);
    }

    /// The datagrams that have to be sent.
    pub(super) fn outgoing(&mut self) -> Vec<Vec<u8>> {
        std::iter::from_fn(|| self.session.transmit()).collect()
    }

    /// Nobody is served who was not authenticated (TS-0003 V3.18.0, 8.2.1).
    fn establish(&mut self) {
        match (self.cse.clauses().associated)(self.session.binding()) {
            Some(associated) => {
                self.inside = Some(Inside {
                    endpoint: Arc::new(CoapEndpoint::new(self.cse.clone())),
                    peer: Peer::plain(self.client).within(associated),
                });
            }
            None => self.session.close(),
        }
    }
}
