//! A server of OpenSSL over datagrams on loopback, for one peer.

use super::peer::LABEL;
use openssl::error::ErrorStack;
use openssl::ssl::{
    ErrorCode, Ssl, SslContext, SslContextBuilder, SslMethod, SslOptions, SslStream, SslVersion,
};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A cookie that does for one peer.
const COOKIE: &[u8] = b"cookie-of-the-server";

/// A server that echoes what it reads.
pub struct DatagramPeer {
    pub address: SocketAddr,
    exported: Receiver<[u8; 48]>,
    ended: Arc<AtomicBool>,
}

impl Drop for DatagramPeer {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

impl DatagramPeer {
    /// Serves the first peer that comes.
    pub fn serve(context: SslContext) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let (report, exported) = channel();
        let pipe = Pipe {
            socket,
            peer: None,
            inbox: VecDeque::new(),
        };
        let end = ended.clone();
        std::thread::spawn(move || {
            let mut ssl = Ssl::new(&context).unwrap();
            ssl.set_mtu(1200).unwrap();
            let mut stream = SslStream::new(ssl, pipe).unwrap();
            let mut established = false;
            while !end.load(Ordering::Relaxed) {
                stream.get_mut().wait();
                if !established {
                    established = match stream.accept() {
                        Ok(()) => true,
                        Err(error) if error.code() == ErrorCode::WANT_READ => false,
                        Err(_) => return,
                    };
                    if established {
                        let mut octets = [0; 48];
                        let ssl = stream.ssl();
                        ssl.export_keying_material(&mut octets, LABEL, None)
                            .unwrap();
                        let _ = report.send(octets);
                    }
                }
                let mut piece = [0; 2000];
                while established && let Ok(length @ 1..) = stream.read(&mut piece) {
                    let _ = stream.write_all(&piece[..length]);
                }
            }
        });
        Self {
            address,
            exported,
            ended,
        }
    }

    /// What it exported when the association stood.
    pub fn exported(&self) -> Option<[u8; 48]> {
        self.exported.recv_timeout(Duration::from_secs(20)).ok()
    }
}

/// A context for DTLS 1.2 with these suites, which asks for a cookie.
pub fn datagram_context(suites: &str) -> SslContextBuilder {
    let mut context = SslContext::builder(SslMethod::dtls_server()).unwrap();
    context.set_security_level(0);
    let version = Some(SslVersion::DTLS1_2);
    context.set_min_proto_version(version).unwrap();
    context.set_max_proto_version(version).unwrap();
    context.set_cipher_list(suites).unwrap();
    context.set_options(SslOptions::COOKIE_EXCHANGE | SslOptions::NO_QUERY_MTU);
    context.set_cookie_generate_cb(|_, buffer| -> Result<usize, ErrorStack> {
        buffer[..COOKIE.len()].copy_from_slice(COOKIE);
        Ok(COOKIE.len())
    });
    context.set_cookie_verify_cb(|_, cookie| cookie == COOKIE);
    context
}

/// The datagrams of one peer, as a stream that keeps them apart.
struct Pipe {
    socket: UdpSocket,
    peer: Option<SocketAddr>,
    inbox: VecDeque<Vec<u8>>,
}

impl Pipe {
    /// Waits a little for the next datagram.
    fn wait(&mut self) {
        let little = Duration::from_millis(20);
        self.socket.set_read_timeout(Some(little)).unwrap();
        let mut datagram = [0; 4000];
        if let Ok((length, peer)) = self.socket.recv_from(&mut datagram) {
            self.peer = Some(peer);
            self.inbox.push_back(datagram[..length].to_vec());
        }
    }
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(datagram) = self.inbox.pop_front() else {
            return Err(io::ErrorKind::WouldBlock.into());
        };
        let length = datagram.len().min(buffer.len());
        buffer[..length].copy_from_slice(&datagram[..length]);
        Ok(length)
    }
}

impl Write for Pipe {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        if let Some(peer) = self.peer {
            self.socket.send_to(octets, peer)?;
        }
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
