use std::time::Duration;

use onem2m_association::{Client, ClientConfiguration, Session, State, Transport};
use onem2m_primitive::coap::{self, Message};
use onem2m_primitive::{Request, Response};
use tokio::time::timeout;

use super::datagrams::Datagrams;
use crate::connector::Connector;
use crate::hop::{Hop, Way};
use crate::outbound::{Addressing, Unanswered, send_to_first};

/// Sends a request to an authority by one way: as HTTP over a stream, as CoAP over datagrams.
pub(super) async fn attempt(
    connector: &dyn Connector,
    authority: &str,
    way: &Way,
    request: &Request,
    patience: Duration,
) -> Result<Response, Unanswered> {
    if let Way::Within(configuration) = way
        && configuration.transport == Transport::Dtls
    {
        let datagrams = connector.datagrams(authority).await?;
        let exchange = exchange(datagrams, configuration, request);
        return timeout(patience, exchange)
            .await
            .unwrap_or(Err(Unanswered::Late));
    }
    let scheme = match way {
        Way::Within(_) => "https",
        Way::InTheClear => "http",
    };
    let hop = Hop {
        address: format!("{scheme}://{authority}"),
        ways: vec![way.clone()],
    };
    send_to_first(connector, &[hop], Addressing::Target, request, patience).await
}

/// One request within an association of DTLS.
async fn exchange(
    mut datagrams: Box<dyn Datagrams>,
    configuration: &ClientConfiguration,
    request: &Request,
) -> Result<Response, Unanswered> {
    let mut session = Client::new(configuration.clone())?.connect()?;
    let message = coap::encode_request(request).map_err(|_| Unanswered::Body)?;
    let message = message.write().map_err(|_| Unanswered::Body)?;
    let mut said = false;
    loop {
        while let Some(datagram) = session.transmit() {
            datagrams.send(datagram).await?;
        }
        match session.state() {
            State::Established if !said => {
                session.write(&message)?;
                said = true;
                continue;
            }
            State::Closed(_) => return Err(Unanswered::Body),
            State::Handshaking | State::Established => {}
        }
        if let Some(answer) = session.read() {
            let answer = Message::read(&answer).map_err(|_| Unanswered::Body)?;
            return coap::decode_response(&answer).map_err(|_| Unanswered::Body);
        }
        match session.timeout() {
            None => session.receive(&datagrams.receive().await?),
            Some(due) => match timeout(due, datagrams.receive()).await {
                Ok(datagram) => session.receive(&datagram?),
                Err(_) => session.elapsed(),
            },
        }
    }
}
