//! Triggers that are commands or HTTP requests of the profile.

use super::instruction::Instruction;
use super::key_command;
use super::link::{BoxFuture, LinkError};
use super::post::{self, Post};
use super::provisioning::{KeyAnswer, KeyOrder};
use super::stands::Stands;
use super::trigger::{Actuator, Trigger};
use crate::profile;
use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

/// The least time that a change of keys is given: an IUT may read its configuration anew.
const KEY_CHANGE: Duration = Duration::from_secs(30);

/// The triggers of a profile.
#[derive(Debug)]
pub struct Commands {
    triggers: BTreeMap<String, profile::Trigger>,
    patience: Duration,
    /// What was begun last; it ends with this value.
    running: Mutex<Option<Child>>,
}

impl Commands {
    /// Those of a profile. An HTTP request may take so long.
    pub fn new(triggers: BTreeMap<String, profile::Trigger>, patience: Duration) -> Self {
        Self {
            triggers,
            patience,
            running: Mutex::new(None),
        }
    }

    /// Begins a command with an input, whose status says nothing: an AE that refuses its registrar may well end with an error.
    fn run(
        &self,
        name: &str,
        command: &str,
        input: Option<Zeroizing<String>>,
    ) -> Result<(), LinkError> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        // What is replaced is killed.
        *running = None;
        let stdin = match input {
            Some(_) => Stdio::piped(),
            None => Stdio::null(),
        };
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(format!("exec {command}"))
            .stdin(stdin)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                LinkError::NoTrigger(format!(
                    "trigger.{name}: {command:?} could not be run: {error}"
                ))
            })?;
        if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
            // A command may know what to do without reading on.
            tokio::spawn(async move { pipe.write_all(input.as_bytes()).await });
        }
        *running = Some(child);
        Ok(())
    }

    /// Posts to a URL; the answer may come after the action, and says nothing.
    async fn post(
        &self,
        name: &str,
        url: &str,
        body: Option<Zeroizing<String>>,
    ) -> Result<(), LinkError> {
        let post = Post::reach(name, url, self.patience).await?;
        let patience = self.patience;
        let body = body.map(post::body);
        tokio::spawn(async move { post.exchange(body, patience).await });
        Ok(())
    }
}

impl Actuator for Commands {
    fn pull<'a>(&'a self, trigger: Trigger, _: &'a Stands) -> BoxFuture<'a, Result<(), LinkError>> {
        Box::pin(async move {
            let name = trigger.key();
            match self.triggers.get(name) {
                Some(profile::Trigger::Command(command)) => self.run(name, command, None),
                Some(profile::Trigger::Http(url)) => self.post(name, url, None).await,
                None => Err(missing(name, "how the IUT is made to act")),
            }
        })
    }

    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        Box::pin(async move {
            let name = change.trigger();
            let patience = self.patience.max(KEY_CHANGE);
            match self.triggers.get(name) {
                Some(profile::Trigger::Command(command)) => {
                    key_command::run(command, change, patience).await
                }
                Some(profile::Trigger::Http(url)) => {
                    let post = Post::reach(name, url, self.patience).await?;
                    post.change_keys(change, patience).await
                }
                None => Err(missing(name, "how keys of the IUT are changed")),
            }
        })
    }

    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>> {
        Box::pin(async move {
            let (name, statement) = (order.trigger(), order.statement());
            match self.triggers.get(name) {
                Some(profile::Trigger::Command(command)) => {
                    self.run(name, command, Some(statement))
                }
                Some(profile::Trigger::Http(url)) => self.post(name, url, Some(statement)).await,
                None => Err(missing(name, "how the AE is told what to do with content")),
            }
        })
    }
}

fn missing(name: &str, what: &str) -> LinkError {
    LinkError::NoTrigger(format!(
        "the profile has no trigger.{name}; hint: say there {what}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::instruction::Act;
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn commands(trigger: profile::Trigger) -> Commands {
        let name = Trigger::RegisterPsk.key().to_owned();
        Commands::new(BTreeMap::from([(name, trigger)]), PATIENCE)
    }

    #[tokio::test]
    async fn command_is_run_and_ended_by_the_next_one() {
        let name = format!("onem2m-conform-trigger-{}", std::process::id());
        let file = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&file);
        let line = format!("sh -c 'echo run >> {}; sleep 60'", file.display());
        let commands = commands(profile::Trigger::Command(line));
        for expected in ["run\n", "run\nrun\n"] {
            let stands = Stands::default();
            commands.pull(Trigger::RegisterPsk, &stands).await.unwrap();
            let deadline = tokio::time::Instant::now() + PATIENCE;
            while std::fs::read_to_string(&file).unwrap_or_default() != expected {
                assert!(tokio::time::Instant::now() < deadline);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        std::fs::remove_file(&file).unwrap();
    }

    fn order() -> Instruction {
        Instruction {
            role: Act::Target,
            statement: serde_json::json!({"class": "nested"}),
        }
    }

    fn ordered(trigger: profile::Trigger) -> Commands {
        let name = order().trigger().to_owned();
        Commands::new(BTreeMap::from([(name, trigger)]), PATIENCE)
    }

    #[tokio::test]
    async fn order_is_the_input_of_its_command() {
        let name = format!("onem2m-conform-order-{}", std::process::id());
        let file = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&file);
        let line = format!("cat > {}", file.display());
        let commands = ordered(profile::Trigger::Command(line));
        commands.secure(&order()).await.unwrap();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while std::fs::read_to_string(&file).unwrap_or_default() != r#"{"class":"nested"}"# {
            assert!(tokio::time::Instant::now() < deadline);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        std::fs::remove_file(&file).unwrap();
    }

    #[tokio::test]
    async fn order_is_posted() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/open", listener.local_addr().unwrap());
        let commands = ordered(profile::Trigger::Http(url));
        commands.secure(&order()).await.unwrap();
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut read = Vec::new();
        while !read.ends_with(br#"{"class":"nested"}"#) {
            let mut octets = [0; 512];
            let length = stream.read(&mut octets).await.unwrap();
            assert_ne!(length, 0);
            read.extend_from_slice(&octets[..length]);
        }
    }

    #[tokio::test]
    async fn order_without_a_trigger_is_told_as_missing() {
        let commands = Commands::new(BTreeMap::new(), PATIENCE);
        let LinkError::NoTrigger(why) = commands.secure(&order()).await.unwrap_err() else {
            panic!("expected a missing trigger");
        };
        assert!(why.contains("trigger.esdata-target"), "{why}");
    }

    #[tokio::test]
    async fn url_is_posted_to() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/register?by=psk", listener.local_addr().unwrap());
        let commands = commands(profile::Trigger::Http(url));
        let stands = Stands::default();
        commands.pull(Trigger::RegisterPsk, &stands).await.unwrap();
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0; 27];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(&head, b"POST /register?by=psk HTTP/");
    }

    #[tokio::test]
    async fn other_scheme_than_http_is_refused() {
        let commands = commands(profile::Trigger::Http("https://127.0.0.1/register".into()));
        let stands = Stands::default();
        let LinkError::NoTrigger(why) = commands
            .pull(Trigger::RegisterPsk, &stands)
            .await
            .unwrap_err()
        else {
            panic!("expected a trigger that cannot be used");
        };
        assert!(why.contains("expected http://"), "{why}");
    }

    #[tokio::test]
    async fn trigger_that_is_not_named_is_missing() {
        let commands = Commands::new(BTreeMap::new(), PATIENCE);
        let pulled = commands
            .pull(Trigger::RegisterRawKey, &Stands::default())
            .await;
        let LinkError::NoTrigger(missing) = pulled.unwrap_err() else {
            panic!("expected a missing trigger");
        };
        assert!(missing.contains("trigger.register-raw-key"), "{missing}");
    }
}
