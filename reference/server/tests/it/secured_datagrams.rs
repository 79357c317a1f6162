//! CoAP within DTLS, in memory and over a loopback socket.

use std::net::SocketAddr;

use onem2m_association::{Client, ClientConfiguration, ClientSession, Session, State, Transport};
use onem2m_primitive::coap::{Message, Token, decode_response, encode_request};
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Cse, DatagramAssociation};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

use crate::associations::NOT_AUTHENTICATED;
use crate::bench::{CREATED, OK, SOURCE};
use crate::provisioned::{ANYBODY, DOOR, LOCK, Provisioned};
use crate::secured::{look, register};

const DTLS: Transport = Transport::Dtls;

fn message(request: Request, message_id: u16) -> Vec<u8> {
    let request = request.identified("rqi1").release("3");
    let message = Message {
        message_id,
        token: Token::from([7; 8]),
        ..encode_request(&request).unwrap()
    };
    message.write().unwrap()
}

fn status(answer: &[u8]) -> ResponseStatusCode {
    decode_response(&Message::read(answer).unwrap())
        .unwrap()
        .status
}

/// Both ends of an association, with nothing but memory between them.
pub(crate) struct Wire {
    client: ClientSession,
    server: DatagramAssociation,
    next_id: u16,
}

impl Wire {
    pub(crate) async fn new(provisioned: &Provisioned, client: ClientConfiguration) -> Self {
        let cse = &provisioned.bench.cse;
        let mut wire = Self {
            client: Client::new(client).unwrap().connect().unwrap(),
            server: cse.datagram_association(SOURCE.parse().unwrap()).unwrap(),
            next_id: 0,
        };
        wire.exchange().await;
        wire
    }

    async fn exchange(&mut self) {
        while let Some(datagram) = self.client.transmit() {
            for answer in self.server.receive(&datagram).await {
                self.client.receive(&answer);
            }
        }
    }

    async fn status(&mut self, request: Request) -> ResponseStatusCode {
        self.next_id += 1;
        self.client.write(&message(request, self.next_id)).unwrap();
        self.exchange().await;
        status(&self.client.read().unwrap())
    }

    /// The status of the response; none if there is no association.
    pub(crate) async fn answered(&mut self, request: Request) -> Option<ResponseStatusCode> {
        match self.client.state() {
            State::Established => Some(self.status(request).await),
            _ => None,
        }
    }

    async fn speaks_for(&mut self, own: &str, other: &str) {
        assert_eq!(self.status(register(other)).await, NOT_AUTHENTICATED);
        assert_eq!(self.status(register(own)).await, CREATED);
        assert_eq!(self.status(look(own)).await, OK);
        assert_eq!(self.status(look(other)).await, NOT_AUTHENTICATED);
    }
}

#[tokio::test]
async fn each_credential_speaks_for_whom_it_is_bound_to() {
    type Configure = fn(&Provisioned) -> ClientConfiguration;
    let cases: [(Configure, &str, &str); 5] = [
        (|all| all.with_key(DTLS, LOCK, 1), "CtpA1", "CtpA2"),
        (|all| all.with_key(DTLS, DOOR, 33), "CtpA2", "CtpA1"),
        (|all| all.with_ae_certificate(DTLS), "CtpA1", "CtpA2"),
        (|all| all.with_device_certificate(DTLS), "CtpA3", "CtpA2"),
        (|all| all.with_raw_public_key(DTLS), "CtpA2", "CtpA1"),
    ];
    for (client, own, other) in cases {
        for provisioned in Provisioned::of_each_engine() {
            let mut wire = Wire::new(&provisioned, client(&provisioned)).await;
            wire.speaks_for(own, other).await;
        }
    }
}

#[tokio::test]
async fn key_that_is_bound_to_nobody_stays_with_the_ae_that_registered() {
    for provisioned in Provisioned::of_each_engine() {
        let mut wire = Wire::new(&provisioned, provisioned.with_key(DTLS, ANYBODY, 65)).await;
        assert_eq!(wire.status(look("CtpA4")).await, NOT_AUTHENTICATED);
        assert_eq!(wire.status(register("CtpA4")).await, CREATED);
        assert_eq!(wire.status(look("CtpA4")).await, OK);
        assert_eq!(wire.status(register("CtpA5")).await, NOT_AUTHENTICATED);
    }
}

#[tokio::test]
async fn messages_of_two_associations_are_not_taken_for_each_other() {
    for provisioned in Provisioned::of_each_engine() {
        let mut lock = Wire::new(&provisioned, provisioned.with_key(DTLS, LOCK, 1)).await;
        let mut door = Wire::new(&provisioned, provisioned.with_key(DTLS, DOOR, 33)).await;
        assert_eq!(lock.status(register("CtpA1")).await, CREATED);
        assert_eq!(door.status(register("CtpA2")).await, CREATED);
        assert_eq!(lock.status(look("CtpA2")).await, NOT_AUTHENTICATED);
        assert_eq!(door.status(look("CtpA2")).await, OK);
        assert_eq!(lock.status(look("CtpA1")).await, OK);
        assert_eq!(door.status(look("CtpA1")).await, NOT_AUTHENTICATED);
    }
}

#[tokio::test]
async fn withdrawn_key_does_not_associate() {
    for provisioned in Provisioned::of_each_engine() {
        let client = provisioned.with_key(DTLS, LOCK, 1);
        assert!(provisioned.table.remove(LOCK.as_bytes()));
        let wire = Wire::new(&provisioned, client).await;
        assert!(matches!(wire.client.state(), State::Closed(Some(_))));
        assert!(matches!(wire.server.state(), State::Closed(Some(_))));
    }
}

#[tokio::test]
async fn message_in_the_clear_is_not_answered() {
    for provisioned in Provisioned::of_each_engine() {
        let mut server = provisioned
            .bench
            .cse
            .datagram_association(SOURCE.parse().unwrap())
            .unwrap();
        let answers = server.receive(&message(look("CAdmin"), 1)).await;
        assert!(answers.is_empty());
        assert!(!server.is_verified());
    }
}

/// A CSE that listens at a loopback address.
async fn listening(cse: &Cse) -> (SocketAddr, JoinHandle<std::io::Result<()>>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    (address, tokio::spawn(cse.clone().listen_dtls(socket)))
}

/// A client at a socket of its own.
struct Caller {
    socket: UdpSocket,
    session: ClientSession,
    next_id: u16,
}

impl Caller {
    async fn new(server: SocketAddr, client: ClientConfiguration) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.connect(server).await.unwrap();
        let mut caller = Self {
            socket,
            session: Client::new(client).unwrap().connect().unwrap(),
            next_id: 0,
        };
        caller.associate().await;
        caller
    }

    async fn associate(&mut self) {
        loop {
            self.send().await;
            if self.session.state() != State::Handshaking {
                break;
            }
            self.receive().await;
        }
        assert_eq!(self.session.state(), State::Established);
    }

    async fn send(&mut self) {
        while let Some(datagram) = self.session.transmit() {
            self.socket.send(&datagram).await.unwrap();
        }
    }

    async fn receive(&mut self) {
        let mut buffer = vec![0; 2048];
        let length = self.socket.recv(&mut buffer).await.unwrap();
        self.session.receive(&buffer[..length]);
    }

    async fn status(&mut self, request: Request) -> ResponseStatusCode {
        self.next_id += 1;
        self.session.write(&message(request, self.next_id)).unwrap();
        self.send().await;
        loop {
            if let Some(answer) = self.session.read() {
                return status(&answer);
            }
            self.receive().await;
        }
    }
}

#[tokio::test]
async fn clients_at_one_socket_are_told_apart() {
    for provisioned in Provisioned::of_each_engine() {
        let (address, listening) = listening(&provisioned.bench.cse).await;
        let mut lock = Caller::new(address, provisioned.with_key(DTLS, LOCK, 1)).await;
        let mut door = Caller::new(address, provisioned.with_key(DTLS, DOOR, 33)).await;
        assert_eq!(lock.status(register("CtpA1")).await, CREATED);
        assert_eq!(door.status(register("CtpA2")).await, CREATED);
        for _ in 0..2 {
            assert_eq!(lock.status(look("CtpA1")).await, OK);
            assert_eq!(door.status(look("CtpA2")).await, OK);
            assert_eq!(lock.status(look("CtpA2")).await, NOT_AUTHENTICATED);
            assert_eq!(door.status(look("CtpA1")).await, NOT_AUTHENTICATED);
        }
        listening.abort();
    }
}

#[tokio::test]
async fn client_that_begins_anew_at_its_address_is_known_by_its_new_association() {
    for provisioned in Provisioned::of_each_engine() {
        let (address, listening) = listening(&provisioned.bench.cse).await;
        let mut caller = Caller::new(address, provisioned.with_key(DTLS, LOCK, 1)).await;
        assert_eq!(caller.status(register("CtpA1")).await, CREATED);
        let door = Client::new(provisioned.with_key(DTLS, DOOR, 33)).unwrap();
        caller.session = door.connect().unwrap();
        caller.associate().await;
        assert_eq!(caller.status(look("CtpA1")).await, NOT_AUTHENTICATED);
        assert_eq!(caller.status(register("CtpA2")).await, CREATED);
        listening.abort();
    }
}

#[tokio::test]
async fn hello_without_the_cookie_ends_no_association() {
    for provisioned in Provisioned::of_each_engine() {
        let (address, listening) = listening(&provisioned.bench.cse).await;
        let mut caller = Caller::new(address, provisioned.with_key(DTLS, LOCK, 1)).await;
        assert_eq!(caller.status(register("CtpA1")).await, CREATED);
        let door = Client::new(provisioned.with_key(DTLS, DOOR, 33)).unwrap();
        let hello = door.connect().unwrap().transmit().unwrap();
        caller.socket.send(&hello).await.unwrap();
        let mut buffer = vec![0; 2048];
        let length = caller.socket.recv(&mut buffer).await.unwrap();
        // hello_verify_request (RFC 6347, 4.3.2).
        assert!(length <= hello.len() && buffer[13] == 3);
        assert_eq!(caller.status(look("CtpA1")).await, OK);
        listening.abort();
    }
}
