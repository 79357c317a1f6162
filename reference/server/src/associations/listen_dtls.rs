use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use onem2m_association::{Server, Transport};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::{Id, JoinSet};

use super::conversation::Conversation;
use super::datagram::DatagramAssociation;
use crate::coap::DATAGRAM;
use crate::cse::Cse;

/// How many associations there are at once, and how many of them may not be established yet.
const ASSOCIATIONS: usize = 1024;
const HALF_OPEN: usize = 128;

/// How many datagrams of one client wait to be dealt with.
const QUEUE: usize = 64;

/// Answers within associations on a socket, each with a client at an address of its own, until the socket fails.
pub(crate) async fn listen_dtls(cse: Cse, socket: UdpSocket) -> io::Result<()> {
    let server = cse.server(Transport::Dtls).map_err(io::Error::other)?;
    let mut clients = Clients {
        cse,
        server,
        socket: Arc::new(socket),
        places: HashMap::new(),
        conversations: JoinSet::new(),
    };
    let socket = Arc::clone(&clients.socket);
    let mut buffer = vec![0; DATAGRAM];
    loop {
        tokio::select! {
            received = socket.recv_from(&mut buffer) => match received {
                Ok((length, address)) => {
                    clients.take(address, buffer.get(..length).unwrap_or_default()).await;
                }
                // Some systems tell here that an earlier datagram did not arrive.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {}
                Err(error) => return Err(error),
            },
            Some(ended) = clients.conversations.join_next_with_id() => {
                clients.forget(ended.map_or_else(|error| error.id(), |(id, ())| id));
            }
        }
    }
}

struct Clients {
    cse: Cse,
    server: Arc<Server>,
    socket: Arc<UdpSocket>,
    places: HashMap<SocketAddr, Place>,
    conversations: JoinSet<()>,
}

/// The association with the client at an address.
struct Place {
    arrivals: mpsc::Sender<Vec<u8>>,
    /// The ClientHello with which it began.
    hello: Vec<u8>,
    established: Arc<AtomicBool>,
    conversation: Id,
}

impl Place {
    fn is_established(&self) -> bool {
        self.established.load(Ordering::Relaxed)
    }

    /// Whether a datagram may begin another association: only a ClientHello does, and not one that came before (RFC 6347,
    /// 4.2.8).
    fn is_anew(&self, datagram: &[u8]) -> bool {
        let random = random(datagram);
        self.is_established() && random.is_some() && random != self::random(&self.hello)
    }
}

impl Clients {
    /// Hands a datagram to the association with its client, or begins one.
    async fn take(&mut self, client: SocketAddr, datagram: &[u8]) {
        match self.places.get(&client) {
            Some(place) if !place.is_anew(datagram) => {
                // What comes faster than it is dealt with is lost.
                let _ = place.arrivals.try_send(datagram.to_vec());
            }
            _ => self.begin(client, datagram).await,
        }
    }

    /// Keeps nothing of a client, and ends no association with one, before it has shown that it receives at its address
    /// (RFC 6347, 4.2.1 and 4.2.8).
    async fn begin(&mut self, client: SocketAddr, datagram: &[u8]) {
        let half_open = self.places.values().filter(|place| !place.is_established());
        if self.places.len() >= ASSOCIATIONS || half_open.count() >= HALF_OPEN {
            return;
        }
        let Ok(mut association) = DatagramAssociation::new(&self.cse, &self.server, client) else {
            return;
        };
        association.open(datagram);
        if !association.is_verified() {
            for answer in association.outgoing() {
                let _ = self.socket.send_to(&answer, client).await;
            }
            return;
        }
        let (arrivals, receiver) = mpsc::channel(QUEUE);
        let established = Arc::new(AtomicBool::new(false));
        let conversation = Conversation {
            association,
            arrivals: receiver,
            socket: Arc::clone(&self.socket),
            established: Arc::clone(&established),
        };
        let place = Place {
            arrivals,
            hello: datagram.to_vec(),
            established,
            conversation: self.conversations.spawn(conversation.run()).id(),
        };
        self.places.insert(client, place);
    }

    fn forget(&mut self, conversation: Id) {
        self.places
            .retain(|_, place| place.conversation != conversation);
    }
}

/// The random of a ClientHello that begins a handshake in a record outside any association; `None` of anything else.
fn random(datagram: &[u8]) -> Option<&[u8]> {
    /// handshake (22), and client_hello (1) behind the header of the record.
    const HANDSHAKE: u8 = 22;
    const CLIENT_HELLO: u8 = 1;
    const RECORD_HEADER: usize = 13;
    /// The random stands behind the headers of record and message and the version.
    const RANDOM: std::ops::Range<usize> = 27..59;
    let is_handshake = datagram.first() == Some(&HANDSHAKE);
    let is_outside = datagram.get(3..5) == Some(&[0, 0]);
    let is_hello = datagram.get(RECORD_HEADER) == Some(&CLIENT_HELLO);
    datagram
        .get(RANDOM)
        .filter(|_| is_handshake && is_outside && is_hello)
}
