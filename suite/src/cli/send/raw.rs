//! Octets to the endpoint, as they are.

use crate::cli::{CliError, output};
use crate::engine::setup::endpoint;
use crate::profile::Profile;
use crate::tester::http::LARGEST_ANSWER;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends octets and prints what comes back until the IUT closes or the time is over; exit 3 if
/// nothing did.
pub fn send(profile: &Profile, octets: &[u8]) -> Result<u8, CliError> {
    let url = profile.endpoints.http.as_deref().unwrap_or_default();
    let (authority, _) = endpoint(url).map_err(|error| CliError::usage(error.to_string()))?;
    let patience = Duration::from_millis(profile.limits.response_timeout_ms);
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let answer = runtime
        .block_on(exchange(&authority, octets, patience))
        .map_err(|error| CliError::unreachable(format!("{authority}: {error}")))?;
    output::data(&String::from_utf8_lossy(&answer))?;
    Ok(if answer.is_empty() { 3 } else { 0 })
}

async fn exchange(authority: &str, octets: &[u8], patience: Duration) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(authority).await?;
    stream.write_all(octets).await?;
    let mut answer = Vec::new();
    let limit = u64::try_from(LARGEST_ANSWER).unwrap_or(u64::MAX);
    let mut bounded = stream.take(limit);
    // The end of the time is an end like any other: what came until then is the answer.
    match tokio::time::timeout(patience, bounded.read_to_end(&mut answer)).await {
        Ok(Err(error)) if answer.is_empty() => Err(error),
        _ => Ok(answer),
    }
}
