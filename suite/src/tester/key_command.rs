//! Commands that give an IUT a key, or withdraw one.

use super::link::LinkError;
use super::provisioning::{KeyAnswer, KeyOrder};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

/// Runs a command with the statement of a change as its input, to its end: success says that the change was made, another
/// status that it was refused. What the command prints is not looked at, since it may hold the key.
pub async fn run(
    command: &str,
    change: &KeyOrder,
    patience: Duration,
) -> Result<KeyAnswer, LinkError> {
    let unusable = |why: String| {
        let name = change.trigger();
        LinkError::NoTrigger(format!("trigger.{name}: {command:?} {why}"))
    };
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!("exec {command}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| unusable(format!("could not be run: {error}")))?;
    let input = child.stdin.take();
    let ended = timeout(patience, async {
        if let Some(mut input) = input {
            // A command may know what to do without reading on.
            let _ = input.write_all(change.statement().as_bytes()).await;
        }
        child.wait().await
    });
    let status = ended
        .await
        .map_err(|_| unusable(format!("did not end within {} s", patience.as_secs())))?
        .map_err(|error| unusable(format!("was lost: {error}")))?;
    match (status.success(), status.code()) {
        (true, _) => Ok(KeyAnswer::Done),
        // The shell says so of a command that is not there, or cannot be run.
        (false, Some(126 | 127)) => Err(unusable("could not be run".into())),
        (false, _) => Ok(KeyAnswer::Refused(status.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    async fn withdrawn(command: &str) -> Result<KeyAnswer, LinkError> {
        let change = KeyOrder::Withdraw("lock@in.example.com".into());
        run(command, &change, PATIENCE).await
    }

    #[tokio::test]
    async fn command_reads_the_statement_and_its_status_answers() {
        let looks_for = |text: &str| format!("grep -qF '{text}'");
        let done = withdrawn(&looks_for("{\"identity\":\"lock@in.example.com\"}")).await;
        assert_eq!(done, Ok(KeyAnswer::Done));
        let refused = withdrawn(&looks_for("another")).await;
        assert!(matches!(refused, Ok(KeyAnswer::Refused(_))), "{refused:?}");
    }

    #[tokio::test]
    async fn command_that_is_not_there_decides_nothing() {
        let missing = withdrawn("/nowhere/provision").await;
        assert!(
            matches!(missing, Err(LinkError::NoTrigger(_))),
            "{missing:?}"
        );
    }

    #[tokio::test]
    async fn command_that_reads_nothing_is_no_trouble() {
        assert_eq!(withdrawn("true").await, Ok(KeyAnswer::Done));
    }
}
