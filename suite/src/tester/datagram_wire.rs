//! Octets in datagrams.

use super::link::{BoxFuture, LinkError, Octets};
use super::wire::{Arrived, Ending, Wire};
use bytes::Bytes;
use std::time::Duration;
use tokio::net::UdpSocket;

/// The largest datagram that is taken.
const LARGEST: usize = 64 * 1024;

/// A wire over a socket that is connected to the IUT.
pub struct DatagramWire {
    socket: UdpSocket,
}

impl DatagramWire {
    /// Over a connected socket.
    pub fn new(socket: UdpSocket) -> Self {
        Self { socket }
    }
}

impl Wire for DatagramWire {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            // A port that nobody listens on tells when it is read.
            let _ = self.socket.send(&octets).await;
            Ok(())
        })
    }

    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let mut datagram = vec![0; LARGEST];
            let received = tokio::time::timeout(patience, self.socket.recv(&mut datagram)).await;
            Ok(match received {
                Err(_) => Arrived::Silence,
                Ok(Err(error)) => Arrived::Reset(error.kind().to_string()),
                Ok(Ok(length)) => {
                    datagram.truncate(length);
                    Arrived::Octets(Octets(datagram.into()))
                }
            })
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn datagrams_stay_apart() {
        let far = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let near = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        near.connect(far.local_addr().unwrap()).await.unwrap();
        let mut near_wire = DatagramWire::new(near);
        near_wire.send(Bytes::from_static(b"one")).await.unwrap();
        let mut came = [0; 16];
        let (length, peer) = far.recv_from(&mut came).await.unwrap();
        assert_eq!(&came[..length], b"one");
        for answer in [&b"two"[..], b"three"] {
            far.send_to(answer, peer).await.unwrap();
        }
        for answer in [&b"two"[..], b"three"] {
            let arrived = near_wire.receive(Duration::from_secs(10)).await.unwrap();
            let expected = Octets(Bytes::copy_from_slice(answer));
            assert_eq!(arrived, Arrived::Octets(expected));
        }
    }
}
