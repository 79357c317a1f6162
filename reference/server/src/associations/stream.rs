use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{AssociationStream, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use crate::connector::Duplex;
use crate::cse::Cse;
use crate::http;
use crate::maf_client::Gate;
use crate::peer::Peer;

/// How long a client may take for its handshake.
const HANDSHAKE: Duration = Duration::from_secs(30);

/// How long the other side may take to see why its handshake failed.
const LINGER: Duration = Duration::from_secs(1);

/// Deals with a connection on which an association is expected.
pub(crate) type Accept = fn(Cse, Arc<Server>, Box<dyn Duplex>, SocketAddr) -> Serving;

/// A connection that is being served.
pub(crate) type Serving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Answers within an association, and nothing outside one (TS-0003 V3.18.0, 8.2.1). A handshake that fails ends the
/// connection, with the alert that says why.
pub(crate) fn accept(
    cse: Cse,
    server: Arc<Server>,
    mut connection: Box<dyn Duplex>,
    client: SocketAddr,
) -> Serving {
    Box::pin(async move {
        // OpenSSL has no association to give when it has no memory for one.
        let Ok(session) = server.accept(client) else {
            return;
        };
        let mut stream = AssociationStream::new(session, Gate::new(&cse, &mut connection));
        let peer = match timeout(HANDSHAKE, stream.handshake()).await {
            Ok(Ok(())) => (cse.clauses().associated)(stream.session().binding()),
            Ok(Err(_)) | Err(_) => None,
        };
        if let Some(associated) = peer {
            let peer = Peer::plain(client).within(associated);
            http::serve(&cse, stream, peer).await;
        } else {
            let _ = stream.shutdown().await;
            let _ = timeout(LINGER, drain(&mut connection)).await;
        }
    })
}

/// What is not read when a socket is closed makes it a reset, which may overtake the alert.
pub(crate) async fn drain(connection: &mut Box<dyn Duplex>) {
    let mut buffer = [0; 1024];
    while connection
        .read(&mut buffer)
        .await
        .is_ok_and(|length| length > 0)
    {}
}
