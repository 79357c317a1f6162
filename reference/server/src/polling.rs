use std::time::Duration;

use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::Value;
use time::OffsetDateTime;
use tokio::time::{Instant, timeout, timeout_at};

use crate::cse::Cse;
use crate::primitive::request_primitive;
use crate::refusal::Refusal;
use crate::resource::parse_timestamp;
use crate::scene::Arrival;

/// Waits for a request to a channel, until the poll expires or the patience of the CSE ends
/// (TS-0004 V3.32.0, 7.4.22.2.2).
pub(crate) async fn poll(
    cse: &Cse,
    arrival: &Arrival,
    channel: &str,
    until: Option<OffsetDateTime>,
) -> Result<Value, Refusal> {
    let deadline = Instant::now() + patience(cse, arrival, until);
    let gone = || Refusal::not_found("the polling channel is gone");
    let bell = cse.with_tree(arrival, |_, tree| {
        let channels = tree.channels_with(channel).ok_or_else(gone)?;
        Ok(channels.bell(channel))
    })?;
    loop {
        let rung = bell.notified();
        tokio::pin!(rung);
        // From here on a ring counts, also one between the look into the channel and the wait.
        rung.as_mut().enable();
        let request = cse.with_tree(arrival, |desk, tree| {
            let channels = tree.channels_with(channel).ok_or_else(gone)?;
            Ok((desk.clauses.polled)(channels, channel, desk.arrival.at))
        })?;
        if let Some(request) = request {
            return Ok(request_primitive(&request));
        }
        if timeout_at(deadline, rung).await.is_err() {
            return Err(Refusal::new(
                ResponseStatusCode::REQUEST_TIMEOUT,
                "no request came in time",
            ));
        }
    }
}

/// Puts a request into a channel and waits for the response that the AE brings (TS-0001 V3.36.0, 10.2.5.17 and
/// 10.2.5.19).
pub(crate) async fn deliver(
    cse: &Cse,
    arrival: &Arrival,
    channel: &str,
    request: Request,
) -> Result<Response, Refusal> {
    let unreachable = || {
        Refusal::new(
            ResponseStatusCode::TARGET_NOT_REACHABLE,
            "the AE did not answer by its polling channel",
        )
    };
    let until = request
        .request_expiration
        .as_deref()
        .and_then(parse_timestamp);
    let put = cse.with_tree(arrival, |_, tree| {
        tree.channels_with(channel)?.put(channel, request)
    });
    let (identifier, response) = put.ok_or_else(unreachable)?;
    match timeout(patience(cse, arrival, until), response).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(_)) | Err(_) => {
            cse.with_tree(arrival, |_, tree| {
                if let Some(channels) = tree.channels_with(channel) {
                    channels.withdraw(channel, &identifier);
                }
            });
            Err(unreachable())
        }
    }
}

/// How long there is to wait: until the request expires by the clock of the CSE, and no longer than the CSE waits for
/// anything.
fn patience(cse: &Cse, arrival: &Arrival, until: Option<OffsetDateTime>) -> Duration {
    let most = cse.configuration().patience;
    until.map_or(most, |until| {
        let left = (until - arrival.at).max(time::Duration::ZERO);
        cse.clock().wait(left.unsigned_abs()).min(most)
    })
}
