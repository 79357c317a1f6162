//! What stands in front of a CSE: it ends associations, and hands on what comes within them.

use onem2m_association::{
    Allowed, AssociationStream, Domain, PskKey, PskTable, Server, ServerConfiguration, Transport,
};
use onem2m_conform::profile::Provisioned;
use onem2m_identity::PskIdentity;
use openssl::ssl::{Ssl, SslAcceptor, SslFiletype, SslMethod, SslStream, SslVersion};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::io::copy_bidirectional;
use zeroize::Zeroizing;

/// Ends associations over the keys of the reference, and tells nobody whose they are; it ends with the tests.
pub fn with_keys(behind: SocketAddr) -> SocketAddr {
    let keys = PskTable::new();
    for provisioned in Provisioned::of_reference() {
        let key = PskKey::new(Zeroizing::new(provisioned.key.octets().to_vec())).unwrap();
        let identity = PskIdentity::parse(provisioned.identity.as_bytes()).unwrap();
        keys.insert(identity, key, Allowed::Unstated).unwrap();
    }
    let server = Server::new(ServerConfiguration {
        identities: Some(Arc::new(keys)),
        ..ServerConfiguration::new(Transport::Tls, Domain::Infrastructure)
    });
    let server = Arc::new(server.unwrap());
    let (listener, address) = listener();
    listener.set_nonblocking(true).unwrap();
    thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, client) = listener.accept().await.unwrap();
                let server = server.clone();
                tokio::spawn(async move {
                    let session = server.accept(client).unwrap();
                    let mut stream = AssociationStream::new(session, stream);
                    // Whoever does not get an association, or breaks it, is gone.
                    if stream.handshake().await.is_ok()
                        && let Ok(mut cse) = tokio::net::TcpStream::connect(behind).await
                    {
                        let _ = copy_bidirectional(&mut stream, &mut cse).await;
                    }
                });
            }
        });
    });
    address
}

/// Speaks TLS 1.3 alone, with a certificate of RSA, and asks for none; it ends with the tests.
pub fn with_modern_tls(behind: SocketAddr, certificate: &Path, key: &Path) -> SocketAddr {
    let mut acceptor = SslAcceptor::mozilla_modern_v5(SslMethod::tls()).unwrap();
    acceptor.set_certificate_chain_file(certificate).unwrap();
    acceptor
        .set_private_key_file(key, SslFiletype::PEM)
        .unwrap();
    acceptor
        .set_min_proto_version(Some(SslVersion::TLS1_3))
        .unwrap();
    let context = acceptor.build().into_context();
    let (listener, address) = listener();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut within = SslStream::new(Ssl::new(&context).unwrap(), stream.unwrap()).unwrap();
            thread::spawn(move || {
                if within.accept().is_ok() {
                    relay(&mut within, behind);
                }
            });
        }
    });
    address
}

/// One request there, and the answer back until the tester has enough.
fn relay(within: &mut SslStream<TcpStream>, behind: SocketAddr) {
    use std::io::{Read, Write};
    let mut cse = TcpStream::connect(behind).unwrap();
    let mut back = cse.try_clone().unwrap();
    let mut chunk = [0; 16_384];
    let mut request = Vec::new();
    while !is_whole(&request) {
        match within.read(&mut chunk) {
            Ok(length) if length > 0 => request.extend_from_slice(&chunk[..length]),
            _ => return,
        }
    }
    cse.write_all(&request).unwrap();
    // The CSE would go on with the connection.
    back.set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    while let Ok(length @ 1..) = back.read(&mut chunk) {
        if within.write_all(&chunk[..length]).is_err() {
            return;
        }
    }
    let _ = within.shutdown();
}

/// Whether a request has its header section and as much body as that says.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse::<usize>().unwrap())
    });
    body.len() >= length.unwrap_or_default()
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}
