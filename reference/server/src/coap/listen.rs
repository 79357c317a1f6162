use std::io;
use std::sync::Arc;

use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::endpoint::CoapEndpoint;
use crate::cse::Cse;
use crate::peer::Peer;

/// The most octets of a datagram.
pub(crate) const DATAGRAM: usize = 65_535;

/// How many datagrams are dealt with at once; more are dropped, and come again if they are confirmable.
const AT_ONCE: usize = 1024;

/// How many datagrams wait to be sent.
const QUEUE: usize = 64;

/// Answers the datagrams of a socket, each for itself, until the socket fails.
pub(crate) async fn listen(cse: Cse, socket: UdpSocket) -> io::Result<()> {
    let endpoint = Arc::new(CoapEndpoint::new(cse));
    let since = Instant::now();
    let (outgoing, mut queue) = mpsc::channel(QUEUE);
    let mut conversations = JoinSet::new();
    let mut buffer = vec![0; DATAGRAM];
    loop {
        tokio::select! {
            received = socket.recv_from(&mut buffer) => match received {
                Ok((length, address)) if conversations.len() < AT_ONCE => {
                    let datagram = buffer.get(..length).unwrap_or_default().to_vec();
                    let (endpoint, outgoing) = (endpoint.clone(), outgoing.clone());
                    conversations.spawn(async move {
                        let peer = Peer::plain(address);
                        endpoint.converse(&datagram, &peer, since, &outgoing).await;
                    });
                }
                Ok(_) => {}
                // Some systems tell here that an earlier datagram did not arrive.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {}
                Err(error) => return Err(error),
            },
            Some(next) = queue.recv() => {
                // A peer that cannot be reached concerns nobody else.
                let _ = socket.send_to(&next.datagram, next.address).await;
            }
            Some(_) = conversations.join_next() => {}
        }
    }
}
