//! Associations over streams.

use crate::tester::link::LinkError;
use onem2m_association::{AssociationStream, Client, ClientSession, Diagnosable, Outcome};
use std::time::Duration;
use tokio::net::TcpStream;

/// A stream within an association.
pub type Associated = AssociationStream<ClientSession, TcpStream>;

/// Makes an association over a stream. The inner error says what was offered, what came back, and what that probably means.
pub async fn associate(
    client: &Client,
    stream: TcpStream,
    patience: Duration,
) -> Result<Result<Box<Associated>, String>, LinkError> {
    let session = client
        .connect()
        .map_err(|error| LinkError::NoWay(error.to_string()))?;
    let mut stream = Box::new(AssociationStream::new(session, stream));
    let failed = match tokio::time::timeout(patience, stream.handshake()).await {
        Ok(Ok(())) => return Ok(Ok(stream)),
        Ok(Err(error)) => error.to_string(),
        Err(_) => stream.session().diagnose(Outcome::Silence).to_string(),
    };
    Ok(Err(format!("no association: {failed}")))
}
