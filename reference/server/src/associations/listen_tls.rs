use std::io;

use onem2m_association::Transport;
use tokio::net::TcpListener;

use crate::cse::Cse;

/// Answers within the association of each connection to a socket.
pub(crate) async fn listen_tls(cse: Cse, listener: TcpListener) -> io::Result<()> {
    let server = cse.server(Transport::Tls).map_err(io::Error::other)?;
    loop {
        let (stream, address) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let accept = cse.clauses().accept;
        tokio::spawn(accept(
            cse.clone(),
            server.clone(),
            Box::new(stream),
            address,
        ));
    }
}
