//! A client and a server with nothing but memory between them.

use std::net::SocketAddr;

use onem2m_association::messages::Alert;
use onem2m_association::{
    Client, ClientConfiguration, ClientSession, Closure, Resumption, Server, ServerConfiguration,
    ServerSession, Session, State,
};

pub const ADDRESS: SocketAddr = SocketAddr::new(
    std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7)),
    40_000,
);

pub struct Pair {
    pub client: ClientSession,
    pub server: ServerSession,
}

impl Pair {
    pub fn new(client: &Client, server: &Server) -> Self {
        Self {
            client: client.connect().unwrap(),
            server: server.accept(ADDRESS).unwrap(),
        }
        .exchanged()
    }

    pub fn resumed(client: &Client, server: &Server, resumption: &Resumption) -> Self {
        Self {
            client: client.resume(resumption).unwrap(),
            server: server.accept(ADDRESS).unwrap(),
        }
        .exchanged()
    }

    pub fn of(client: ClientConfiguration, server: ServerConfiguration) -> Self {
        Self::new(&Client::new(client).unwrap(), &Server::new(server).unwrap())
    }

    fn exchanged(mut self) -> Self {
        self.exchange();
        self
    }

    /// Carries octets to and fro until both ends are silent.
    pub fn exchange(&mut self) {
        loop {
            let to_server = self.client.transmit();
            let to_client = self.server.transmit();
            if to_server.is_none() && to_client.is_none() {
                return;
            }
            if let Some(octets) = to_server {
                self.server.receive(&octets);
            }
            if let Some(octets) = to_client {
                self.client.receive(&octets);
            }
        }
    }

    pub fn assert_established(&self) {
        assert_eq!(self.client.state(), State::Established, "client");
        assert_eq!(self.server.state(), State::Established, "server");
        assert!(self.server.binding().is_some(), "binding");
    }

    /// The alert by which the server refused the client, which the client has to have seen.
    pub fn refused_by_server(&self) -> Alert {
        let State::Closed(Some(Closure::ByUs { alert, .. })) = self.server.state() else {
            panic!("server is {:?}", self.server.state());
        };
        assert_eq!(
            self.client.state(),
            State::Closed(Some(Closure::ByPeer(alert)))
        );
        assert_eq!(self.server.binding(), None);
        alert
    }

    /// The alert by which the client refused the server, which the server has to have seen.
    pub fn refused_by_client(&self) -> Alert {
        let State::Closed(Some(Closure::ByUs { alert, .. })) = self.client.state() else {
            panic!("client is {:?}", self.client.state());
        };
        assert_eq!(
            self.server.state(),
            State::Closed(Some(Closure::ByPeer(alert)))
        );
        alert
    }

    /// Passes a payload each way.
    pub fn assert_carries_data(&mut self) {
        self.client.write(b"request").unwrap();
        self.exchange();
        assert_eq!(self.server.read().as_deref(), Some(b"request".as_slice()));
        self.server.write(b"response").unwrap();
        self.exchange();
        assert_eq!(self.client.read().as_deref(), Some(b"response".as_slice()));
    }
}
