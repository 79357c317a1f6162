use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread;
use std::time::Duration;

use onem2m_association::{ClientSession, ServerSession, Session, State, Transport};

use super::LOOPBACK;

/// How long the network is waited for before timers are looked at.
const PATIENCE: Duration = Duration::from_millis(100);
/// How often: far more than any exchange of these tests needs.
const ROUNDS: usize = 200;

/// A socket with a peer at the other end.
pub enum Link {
    Stream(TcpStream),
    Datagrams(UdpSocket),
}

/// A socket to which a peer will connect.
pub enum Listener {
    Stream(TcpListener),
    Datagrams(UdpSocket),
}

impl Listener {
    pub fn new(transport: Transport) -> Self {
        match transport {
            Transport::Tls => {
                let listener = TcpListener::bind(LOOPBACK).unwrap();
                listener.set_nonblocking(true).unwrap();
                Self::Stream(listener)
            }
            Transport::Dtls => Self::Datagrams(UdpSocket::bind(LOOPBACK).unwrap()),
        }
    }

    pub fn address(&self) -> SocketAddr {
        match self {
            Self::Stream(listener) => listener.local_addr().unwrap(),
            Self::Datagrams(socket) => socket.local_addr().unwrap(),
        }
    }

    /// The peer that connects, within the time that these tests have.
    pub fn accept(self) -> (Link, SocketAddr) {
        match self {
            Self::Stream(listener) => {
                for _ in 0..ROUNDS {
                    if let Ok((stream, address)) = listener.accept() {
                        stream.set_nonblocking(false).unwrap();
                        return (Link::Stream(stream), address);
                    }
                    thread::sleep(PATIENCE);
                }
                panic!("nobody connected");
            }
            Self::Datagrams(socket) => {
                let whole = PATIENCE * u32::try_from(ROUNDS).unwrap();
                socket.set_read_timeout(Some(whole)).unwrap();
                let (_, address) = socket.peek_from(&mut [0; 2048]).unwrap();
                socket.connect(address).unwrap();
                (Link::Datagrams(socket), address)
            }
        }
    }
}

/// A session with the timer of DTLS.
pub trait Timed: Session {
    fn elapse(&mut self);
}

impl Timed for ClientSession {
    fn elapse(&mut self) {
        self.elapsed();
    }
}

impl Timed for ServerSession {
    fn elapse(&mut self) {
        self.elapsed();
    }
}

impl Link {
    pub fn connect(transport: Transport, address: SocketAddr) -> Self {
        match transport {
            Transport::Tls => Self::Stream(TcpStream::connect(address).unwrap()),
            Transport::Dtls => {
                let socket = UdpSocket::bind(LOOPBACK).unwrap();
                socket.connect(address).unwrap();
                Self::Datagrams(socket)
            }
        }
    }

    /// Exchanges until the association is established.
    pub fn establish(&mut self, session: &mut impl Timed) {
        self.run(session);
        assert_eq!(session.state(), State::Established);
    }

    /// Exchanges until the association is no longer handshaking.
    pub fn run(&mut self, session: &mut impl Timed) {
        for _ in 0..ROUNDS {
            self.send(session);
            if session.state() != State::Handshaking {
                return;
            }
            self.receive(session);
        }
    }

    /// Exchanges until so much text has arrived.
    pub fn expect(&mut self, session: &mut impl Timed, text: &str) {
        let mut arrived = Vec::new();
        for _ in 0..ROUNDS {
            while let Some(octets) = session.read() {
                arrived.extend_from_slice(&octets);
            }
            if String::from_utf8_lossy(&arrived).contains(text) {
                return;
            }
            self.receive(session);
            self.send(session);
        }
        panic!(
            "expected {text:?}, got {:?}",
            String::from_utf8_lossy(&arrived)
        );
    }

    pub fn send(&mut self, session: &mut impl Timed) {
        while let Some(octets) = session.transmit() {
            match self {
                Self::Stream(stream) => stream.write_all(&octets).unwrap(),
                Self::Datagrams(socket) => {
                    socket.send(&octets).unwrap();
                }
            }
        }
    }

    pub fn receive(&mut self, session: &mut impl Timed) {
        let mut buffer = vec![0; 65_536];
        let received = match self {
            Self::Stream(stream) => {
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                stream.read(&mut buffer)
            }
            Self::Datagrams(socket) => {
                socket.set_read_timeout(Some(PATIENCE)).unwrap();
                socket.recv(&mut buffer)
            }
        };
        match received {
            Ok(length) => session.receive(&buffer[..length]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                session.elapse();
            }
            Err(error) => panic!("{error}"),
        }
    }
}
