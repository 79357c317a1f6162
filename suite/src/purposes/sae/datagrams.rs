//! Associations over datagrams that have to stand, and what is said within them.

use super::holder::Holder;
use super::prepared::Prepared;
use super::standing::{attempt_at, close, standing};
use crate::catalogue::behaviour::{Endpoint, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::coap::{self, OptionNumbers, numbered, written};
use crate::tester::handshake::{Association, Delivered, RecordFault};
use crate::tester::link::{LinkError, Received};
use crate::tester::transcript::Exchange;
use onem2m_association::messages::ContentType;
use onem2m_primitive::coap::{Message, MessageType, Token};
use std::time::Duration;
use tokio::time::Instant;

/// The epoch of an association that stands.
const EPOCH: u16 = 1;

/// A request that is one datagram, and by which token its response is told.
pub struct Sending {
    /// What goes within a record.
    pub message: Vec<u8>,
    token: Token,
    options: OptionNumbers,
}

/// An association in which nothing is wrong.
pub async fn stand<'a>(
    world: &World<'a>,
    step: &str,
    role: Role,
    holder: &Holder,
) -> Result<Association<'a>, Stop> {
    let handshake = world.handshake(step, holder.credential.clone());
    let attempt = attempt_at(world, step, role, Endpoint::Coaps, &handshake).await?;
    standing(step, role, attempt)
}

/// A registered holder is served within a new association.
pub async fn is_served(
    world: &World<'_>,
    step: &str,
    role: Role,
    holder: &Holder,
) -> Result<(), Stop> {
    let mut association = stand(world, step, role, holder).await?;
    Prepared::own(world, holder, &format!("{step}: retrieve"), role)?
        .ask(world, &mut association)
        .await?;
    close(step, &mut association).await
}

impl Sending {
    /// A request as a message of a type.
    pub fn new(
        prepared: &Prepared,
        association: &mut Association<'_>,
        kind: MessageType,
    ) -> Result<Self, Stop> {
        let link = |error| Stop::link(prepared.step(), &error);
        let options = prepared.option_numbers();
        let request = &prepared.call().request;
        let mut message = numbered(request, options, association).map_err(link)?;
        message.kind = kind;
        Ok(Self {
            message: written(&message).map_err(link)?,
            token: message.token,
            options,
        })
    }

    /// The datagram that it is within an association, with the next number.
    pub fn sealed(&self, association: &mut Association<'_>) -> Result<Vec<u8>, LinkError> {
        association.seal(
            ContentType::APPLICATION_DATA,
            &self.message,
            RecordFault::None,
        )
    }

    /// The datagram that it is within an association, with a number of its own.
    pub fn sealed_as(
        &self,
        association: &mut Association<'_>,
        number: u64,
    ) -> Result<Vec<u8>, LinkError> {
        let data = ContentType::APPLICATION_DATA;
        association.seal_as(EPOCH, number, data, &self.message, RecordFault::None)
    }

    /// What comes back, recorded as an exchange.
    pub async fn answer(
        &self,
        world: &World<'_>,
        association: &mut Association<'_>,
        prepared: &Prepared,
    ) -> Result<Received, Stop> {
        let patience = world.facts().patience;
        let received = self.response(association, patience).await;
        let received = received.map_err(|error| Stop::link(prepared.step(), &error))?;
        let exchange = Exchange::new(prepared.call(), received.clone());
        world.recorder().exchanged(exchange);
        Ok(received)
    }

    async fn response(
        &self,
        association: &mut Association<'_>,
        patience: Duration,
    ) -> Result<Received, LinkError> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let ended = match association.receive(left).await? {
                Delivered::Data(octets) => match Message::read(&octets) {
                    Ok(message) if message.code.is_response() && message.token == self.token => {
                        if message.kind == MessageType::Confirmable {
                            let id = message.message_id;
                            let acknowledgement = Message::empty(MessageType::Acknowledgement, id);
                            association.send(&written(&acknowledgement)?).await?;
                        }
                        return Ok(self.options.read(coap::received(&message)));
                    }
                    // An acknowledgement, or the response to another request.
                    Ok(_) => continue,
                    Err(error) => format!("no CoAP: {error}"),
                },
                Delivered::Handshake(_) | Delivered::Other(..) => continue,
                Delivered::Silence => return Ok(Received::Timeout),
                Delivered::Alert(alert) => format!("alert {alert:?}"),
                Delivered::Closed => "connection closed".to_owned(),
                Delivered::Reset => "connection reset".to_owned(),
                Delivered::Unexpected(what) => what,
            };
            return Ok(Received::Closed(ended));
        }
    }
}
