//! A socket on which peers begin to send datagrams.

use super::link::{BoxFuture, LinkError, Octets};
use super::wire::{Arrived, Ending, Wire};
use bytes::Bytes;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// The largest datagram that is taken.
const LARGEST: usize = 64 * 1024;
/// The most peers that are remembered; a port is hardly used again before so many others were.
const MOST_PEERS: usize = 4096;

/// Peers are told apart by their addresses. What an earlier one still sends begins nothing.
pub struct DatagramStand {
    socket: Arc<UdpSocket>,
    earlier: Mutex<Vec<SocketAddr>>,
}

impl DatagramStand {
    /// On a socket of its own.
    pub fn new(socket: UdpSocket) -> Self {
        Self {
            socket: Arc::new(socket),
            earlier: Mutex::default(),
        }
    }

    /// The next peer that sends, or none within the patience.
    pub async fn accept(&self, patience: Duration) -> Option<Box<dyn Wire>> {
        let mut earlier = self.earlier.lock().await;
        let deadline = Instant::now() + patience;
        let mut datagram = vec![0; LARGEST];
        loop {
            let received = tokio::time::timeout_at(deadline, self.socket.recv_from(&mut datagram));
            match received.await {
                Err(_) => return None,
                // An earlier datagram that did not arrive anywhere is told here.
                Ok(Err(_)) => {}
                Ok(Ok((_, peer))) if earlier.contains(&peer) => {}
                Ok(Ok((length, peer))) => {
                    if earlier.len() >= MOST_PEERS {
                        earlier.remove(0);
                    }
                    earlier.push(peer);
                    let first = datagram.get(..length).unwrap_or_default();
                    return Some(Box::new(PeerWire {
                        socket: self.socket.clone(),
                        peer,
                        first: Some(Bytes::copy_from_slice(first)),
                    }));
                }
            }
        }
    }

    /// Drops what came so far.
    pub async fn forget(&self) {
        let mut earlier = self.earlier.lock().await;
        let mut datagram = vec![0; LARGEST];
        while let Ok((_, peer)) = self.socket.try_recv_from(&mut datagram) {
            earlier.push(peer);
        }
    }
}

/// The datagrams of one peer.
struct PeerWire {
    socket: Arc<UdpSocket>,
    peer: SocketAddr,
    first: Option<Bytes>,
}

impl Wire for PeerWire {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            // A port that nobody listens on tells by its silence.
            let _ = self.socket.send_to(&octets, self.peer).await;
            Ok(())
        })
    }

    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            if let Some(first) = self.first.take() {
                return Ok(Arrived::Octets(Octets(first)));
            }
            let deadline = Instant::now() + patience;
            let mut datagram = vec![0; LARGEST];
            loop {
                let received =
                    tokio::time::timeout_at(deadline, self.socket.recv_from(&mut datagram));
                match received.await {
                    Err(_) => return Ok(Arrived::Silence),
                    Ok(Ok((length, peer))) if peer == self.peer => {
                        datagram.truncate(length);
                        return Ok(Arrived::Octets(Octets(datagram.into())));
                    }
                    Ok(Ok(_)) => {}
                    Ok(Err(error)) => return Ok(Arrived::Reset(error.kind().to_string())),
                }
            }
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}
