//! The reference on loopback ports, with the credentials of its profile.

use onem2m_conform::engine::provisioning::{Told, provision};
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::thread;

/// Where it is reached.
pub struct Served {
    pub https: SocketAddr,
    pub coap: SocketAddr,
    pub coaps: SocketAddr,
}

/// Starts it; it ends with the tests.
pub fn start() -> Served {
    let https = TcpListener::bind("127.0.0.1:0").unwrap();
    let coap = UdpSocket::bind("127.0.0.1:0").unwrap();
    let coaps = UdpSocket::bind("127.0.0.1:0").unwrap();
    https.set_nonblocking(true).unwrap();
    coap.set_nonblocking(true).unwrap();
    coaps.set_nonblocking(true).unwrap();
    let served = Served {
        https: https.local_addr().unwrap(),
        coap: coap.local_addr().unwrap(),
        coaps: coaps.local_addr().unwrap(),
    };
    thread::spawn(move || {
        let cse = Cse::new(
            provision(Configuration::default(), &Told::of_reference()),
            Arc::new(SystemClock),
            Clauses::SPECIFICATION,
            Arc::new(TcpConnector),
        );
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let https = tokio::net::TcpListener::from_std(https).unwrap();
            let coap = tokio::net::UdpSocket::from_std(coap).unwrap();
            let coaps = tokio::net::UdpSocket::from_std(coaps).unwrap();
            tokio::spawn(cse.clone().listen_tls(https));
            tokio::spawn(cse.clone().listen_coap(coap));
            cse.listen_dtls(coaps).await.unwrap();
        });
    });
    served
}
