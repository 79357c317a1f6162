//! What there is to talk over with an endpoint of the IUT.

use super::coap::Carrier;
use super::link::LinkError;
use super::network::Network;
use super::ordinary::associate;
use super::route::{connect, route};
use super::wire::Dial;
use onem2m_association::Transport;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

/// A stream in the clear or within an association.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// What came to an attempt to talk.
pub enum Opened {
    /// A stream to this host and port.
    Stream(Box<dyn Stream>, String),
    /// Datagrams.
    Datagrams(Carrier),
    /// Neither, with what came instead in words.
    Not(String),
}

impl Network {
    /// Opens a connection to an endpoint and, where it is reached within associations, makes one for an entity.
    pub async fn open(
        &self,
        dial: &Dial,
        entity: Option<&str>,
        patience: Duration,
    ) -> Result<Opened, LinkError> {
        let route = route(self, dial)?;
        let transport = match dial.endpoint.is_datagram() {
            true => Transport::Dtls,
            false => Transport::Tls,
        };
        let client = match dial.endpoint.is_associated() {
            true => Some(self.associations.client(transport, entity)?),
            false => None,
        };
        self.keep_pace().await;
        let unreachable = |error: std::io::Error| Opened::Not(error.to_string());
        if dial.endpoint.is_datagram() {
            let socket = match route.datagrams().await? {
                Ok(socket) => socket,
                Err(error) => return Ok(unreachable(error)),
            };
            let carrier = match client {
                None => Ok(Carrier::plain(socket)),
                Some(client) => Carrier::associated(socket, &client, patience).await?,
            };
            return Ok(carrier.map_or_else(Opened::Not, Opened::Datagrams));
        }
        let stream = match connect(&route, patience).await? {
            Ok(stream) => stream,
            Err(error) => return Ok(unreachable(error)),
        };
        let authority = route.authority;
        let Some(client) = client else {
            return Ok(Opened::Stream(Box::new(stream), authority));
        };
        Ok(match associate(&client, stream, patience).await? {
            Ok(stream) => Opened::Stream(stream, authority),
            Err(failed) => Opened::Not(failed),
        })
    }
}
