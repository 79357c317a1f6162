//! Octets to the endpoint, as they are.

use crate::cli::{CliError, output};
use crate::engine::setup::network;
use crate::profile::Profile;
use crate::tester::http::LARGEST_ANSWER;
use crate::tester::opened::{Opened, Stream};
use crate::tester::wire::Dial;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Sends octets and prints what comes back: over a stream until the IUT closes or the time is over, over datagrams one; exit 3
/// if nothing did. Associations are those of the administrator.
pub fn send(profile: &Profile, octets: &[u8]) -> Result<u8, CliError> {
    let patience = Duration::from_millis(profile.limits.response_timeout_ms);
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let answer = runtime.block_on(exchange(profile, octets, patience))?;
    output::data(&String::from_utf8_lossy(&answer))?;
    Ok(if answer.is_empty() { 3 } else { 0 })
}

async fn exchange(
    profile: &Profile,
    octets: &[u8],
    patience: Duration,
) -> Result<Vec<u8>, CliError> {
    let usage = |error: String| CliError::usage(error);
    let network = network(profile)
        .await
        .map_err(|error| usage(error.to_string()))?;
    let dial = Dial::new(network.ordinary);
    let opened = network
        .open(&dial, Some(&network.administrator), patience)
        .await
        .map_err(|error| usage(error.to_string()))?;
    let unreachable = |why: String| CliError::unreachable(format!("{}: {why}", network.url()));
    match opened {
        Opened::Stream(stream, _) => over_stream(stream, octets, patience)
            .await
            .map_err(|error| unreachable(error.to_string())),
        Opened::Datagrams(mut carrier) => {
            let exchanged = async {
                carrier.send(octets).await?;
                carrier.receive(Instant::now() + patience).await
            };
            let answer = exchanged
                .await
                .map_err(|error| unreachable(error.to_string()))?;
            Ok(answer.unwrap_or_default())
        }
        Opened::Not(why) => Err(unreachable(why)),
    }
}

async fn over_stream(
    mut stream: Box<dyn Stream>,
    octets: &[u8],
    patience: Duration,
) -> std::io::Result<Vec<u8>> {
    stream.write_all(octets).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    let limit = u64::try_from(LARGEST_ANSWER).unwrap_or(u64::MAX);
    let mut bounded = stream.take(limit);
    // The end of the time is an end like any other: what came until then is the answer.
    match tokio::time::timeout(patience, bounded.read_to_end(&mut answer)).await {
        Ok(Err(error)) if answer.is_empty() => Err(error),
        _ => Ok(answer),
    }
}
