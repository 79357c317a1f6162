//! Datagrams to the reference server in the same process.

use super::coap::{message, received, written};
use super::http::LARGEST_ANSWER;
use super::link::{BoxFuture, LinkError, Octets, OutgoingRequest, Received};
use super::wire::{Arrived, Ending, Wire};
use bytes::Bytes;
use onem2m_association::State;
use onem2m_primitive::coap::{BlockSize, Exchange, Message, Step, Token};
use onem2m_server::coap::CoapEndpoint;
use onem2m_server::{Cse, DatagramAssociation, Peer};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::Instant;

/// How often a flight of the server is waited for that it sends again; what comes later says nothing more.
const REPETITIONS: u8 = 2;

/// CoAP within DTLS from one address.
pub struct AssociationWire {
    cse: Cse,
    address: SocketAddr,
    association: Option<DatagramAssociation>,
    arrived: VecDeque<Vec<u8>>,
    repetitions: u8,
}

impl AssociationWire {
    /// From an address that nobody else has.
    pub fn new(cse: Cse, address: SocketAddr) -> Self {
        Self {
            cse,
            address,
            association: None,
            arrived: VecDeque::new(),
            repetitions: 0,
        }
    }

    /// What the server has of the tester for the next datagram: nothing is kept of an address that was not shown to
    /// receive, or whose association is over.
    fn association(&mut self) -> Result<&mut DatagramAssociation, LinkError> {
        let kept = self.association.take().filter(|association| {
            association.is_verified() && !matches!(association.state(), State::Closed(_))
        });
        let association = match kept {
            Some(association) => association,
            None => self
                .cse
                .datagram_association(self.address)
                .map_err(|error| LinkError::NoWay(error.to_string()))?,
        };
        Ok(self.association.insert(association))
    }
}

impl Wire for AssociationWire {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            let answers = self.association()?.receive(&octets).await;
            self.arrived.extend(answers);
            self.repetitions = 0;
            Ok(())
        })
    }

    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let deadline = Instant::now() + patience;
            loop {
                if let Some(datagram) = self.arrived.pop_front() {
                    return Ok(Arrived::Octets(Octets(datagram.into())));
                }
                let left = deadline.saturating_duration_since(Instant::now());
                let association = self.association.as_mut();
                let due = association
                    .filter(|_| self.repetitions < REPETITIONS)
                    .and_then(|association| Some((association.timeout()?, association)))
                    .filter(|(due, _)| *due <= left);
                let Some((due, association)) = due else {
                    return Ok(Arrived::Silence);
                };
                tokio::time::sleep(due).await;
                self.repetitions += 1;
                self.arrived.extend(association.elapsed());
            }
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}

/// CoAP in the clear from one address.
pub struct CoapWire {
    endpoint: CoapEndpoint,
    peer: Peer,
    since: Instant,
    arrived: VecDeque<Vec<u8>>,
}

impl CoapWire {
    /// From an address that nobody else has.
    pub fn new(cse: Cse, address: SocketAddr) -> Self {
        Self {
            endpoint: CoapEndpoint::new(cse),
            peer: Peer::plain(address),
            since: Instant::now(),
            arrived: VecDeque::new(),
        }
    }
}

impl Wire for CoapWire {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            let now = self.since.elapsed();
            let answer = self.endpoint.answer(&octets, &self.peer, now).await;
            self.arrived.extend(answer);
            Ok(())
        })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        let arrived = match self.arrived.pop_front() {
            Some(datagram) => Arrived::Octets(Octets(datagram.into())),
            None => Arrived::Silence,
        };
        Box::pin(async { Ok(arrived) })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}

/// Sends a request in as many messages as it needs, and takes the whole response.
pub async fn ask(mut wire: CoapWire, request: &OutgoingRequest) -> Result<Received, LinkError> {
    let mut request = message(request)?;
    // Nobody else sends from this address.
    request.message_id = 1;
    request.token = Token::from([1; Token::MAX]);
    let (mut exchange, first) = Exchange::begin(request, BlockSize::Octets1024, LARGEST_ANSWER);
    let mut sending = vec![first];
    loop {
        for message in &sending {
            wire.send(written(message)?.into()).await?;
        }
        sending = match wire.receive(Duration::ZERO).await? {
            Arrived::Octets(octets) => {
                let taken = Message::read(&octets.0)
                    .map_err(|error| format!("no CoAP: {error}"))
                    .and_then(|message| exchange.take(&message).map_err(|error| error.to_string()));
                match taken {
                    Ok(Step::Foreign | Step::Wait) => Vec::new(),
                    Ok(Step::Send(messages)) => messages,
                    Ok(Step::Done { response, .. }) => return Ok(received(&response)),
                    Err(ended) => return Ok(Received::Closed(ended)),
                }
            }
            _ => return Ok(Received::Timeout),
        };
    }
}
