//! A request within an association that the tester scripts, and its response.

use super::OptionNumbers;
use super::form::{message, received};
use crate::tester::handshake::{Association, Delivered};
use crate::tester::http::LARGEST_ANSWER;
use crate::tester::link::{LinkError, OutgoingRequest, Received};
use onem2m_primitive::coap::{BlockSize, Exchange, Message, Step, Token};
use std::time::Duration;
use tokio::time::Instant;

/// How long an acknowledgement is waited for at first, but for no more than half of the patience: ACK_TIMEOUT (RFC 7252, 4.8).
const ACK_TIMEOUT: Duration = Duration::from_secs(2);

/// Sends a request in as many messages as it needs, and takes the whole response. What is not answered is sent again until the
/// patience is at its end (RFC 7252, 4.2). What is sent depends on nothing but the request, the randomness of the association, and
/// what arrived, so that a recording plays back.
pub async fn ask(
    association: &mut Association<'_>,
    request: &OutgoingRequest,
    options: OptionNumbers,
    patience: Duration,
) -> Result<Received, LinkError> {
    let request = numbered(request, options, association)?;
    let (mut exchange, first) = Exchange::begin(request, BlockSize::Octets1024, LARGEST_ANSWER);
    let mut unanswered = vec![first];
    send(association, &unanswered).await?;
    let mut wait = ACK_TIMEOUT.min(patience / 2);
    let mut left = patience.saturating_sub(wait);
    let mut deadline = Instant::now() + wait;
    loop {
        let remaining = deadline.saturating_duration_since(Instant::now());
        let ended = match association.receive(remaining).await? {
            Delivered::Data(octets) => {
                let taken = Message::read(&octets)
                    .map_err(|error| format!("no CoAP: {error}"))
                    .and_then(|message| exchange.take(&message).map_err(|error| error.to_string()));
                match taken {
                    Ok(Step::Foreign) => continue,
                    Ok(Step::Wait) => {
                        unanswered.clear();
                        continue;
                    }
                    Ok(Step::Send(messages)) => {
                        send(association, &messages).await?;
                        unanswered = messages;
                        deadline = Instant::now() + wait;
                        continue;
                    }
                    Ok(Step::Done {
                        response,
                        acknowledgement,
                    }) => {
                        send(association, acknowledgement.as_slice()).await?;
                        return Ok(options.read(received(&response)));
                    }
                    Err(ended) => ended,
                }
            }
            // What the protocol allows at any time says nothing of the request.
            Delivered::Handshake(_) | Delivered::Other(..) => continue,
            Delivered::Silence if left.is_zero() => return Ok(Received::Timeout),
            Delivered::Silence => {
                send(association, &unanswered).await?;
                wait = wait.saturating_mul(2).min(left);
                left = left.saturating_sub(wait);
                deadline = Instant::now() + wait;
                continue;
            }
            Delivered::Alert(alert) => format!("alert {alert:?}"),
            Delivered::Closed => "connection closed".to_owned(),
            Delivered::Reset => "connection reset".to_owned(),
            Delivered::Unexpected(what) => what,
        };
        return Ok(Received::Closed(ended));
    }
}

/// The confirmable message of a request, with a Message ID and Token out of the randomness of the association.
pub fn numbered(
    request: &OutgoingRequest,
    options: OptionNumbers,
    association: &mut Association<'_>,
) -> Result<Message, LinkError> {
    let mut message = message(request)?;
    options.number(&mut message);
    message.message_id = u16::from_be_bytes(association.draw());
    message.token = Token::from(association.draw::<{ Token::MAX }>());
    Ok(message)
}

/// The octets of a message.
pub fn written(message: &Message) -> Result<Vec<u8>, LinkError> {
    let written = message.write();
    written.map_err(|error| LinkError::Unsendable(error.to_string()))
}

async fn send(association: &mut Association<'_>, messages: &[Message]) -> Result<(), LinkError> {
    for message in messages {
        association.send(&written(message)?).await?;
    }
    Ok(())
}
