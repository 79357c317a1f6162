//! The reference implementation on a loopback port of its own.

use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

/// Starts it; it ends with the tests.
pub fn start(clauses: Clauses) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    thread::spawn(move || {
        let cse = Cse::new(
            Configuration::default(),
            Arc::new(SystemClock),
            clauses,
            Arc::new(TcpConnector),
        );
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            cse.listen(listener).await.unwrap();
        });
    });
    address
}
