use super::desk::Desk;
use crate::purposes::stop::Stop;
use crate::tester::http_octets::AnswerReader;
use crate::tester::link::{Call, Received};
use crate::tester::transcript::Exchange;
use crate::tester::wire::{Arrived, Dial};
use crate::verdict::Reason;

/// Sends a request without TLS on the port of a service; what comes back.
pub async fn in_the_clear(desk: &Desk<'_, '_>, call: &Call) -> Result<Received, Stop> {
    let link = |error| Stop::link(&call.step, &error);
    let dial = Dial::new(desk.endpoint());
    let connected = desk.world.recorder().connect(&call.step, call.role, dial);
    let Some(mut connection) = connected.await.map_err(link)? else {
        return Err(Stop::inconclusive(
            &call.step,
            Reason::Unreachable,
            "no connection",
        ));
    };
    let octets = desk.world.octets(&call.request);
    connection.send(octets).await.map_err(link)?;
    let patience = desk.world.facts().patience;
    let mut reader = AnswerReader::default();
    let received = loop {
        if let Some(received) = reader.take() {
            break received;
        }
        match connection.receive(patience).await.map_err(link)? {
            Arrived::Octets(octets) => reader.push(&octets.0),
            Arrived::Closed => break reader.ended("connection closed"),
            Arrived::Reset(why) => break reader.ended(&why),
            Arrived::Silence => break Received::Timeout,
        }
    };
    let exchange = Exchange::new(call, received.clone());
    desk.world.recorder().exchanged(exchange);
    Ok(received)
}
