//! Starts and stops an IUT as its profile says.

use super::http;
use super::link::{Octets, OutgoingRequest, Received};
use crate::profile::{Control, Ready};
use std::collections::VecDeque;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// Lines of an IUT's output that an error shows.
const LAST_LINES: usize = 5;

/// How long an IUT may take to become ready.
const START: Duration = Duration::from_secs(60);

/// A running IUT that the tester started; it ends with this value.
pub struct Process {
    child: Child,
}

/// Why an IUT did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The command could not be run.
    #[error("control.start {command:?} could not be run: {error}")]
    Command {
        /// The command.
        command: String,
        /// The error of the system.
        error: std::io::Error,
    },
    /// It ended before it was ready.
    #[error("the IUT ended before it was ready ({status}): {}", said.join("; "))]
    Ended {
        /// How it ended.
        status: String,
        /// The last lines that it printed.
        said: Vec<String>,
    },
    /// It was not ready in time.
    #[error("the IUT was not ready within {} s (control.ready)", START.as_secs())]
    NotReady,
}

impl Process {
    /// Runs the start command and waits until the IUT is ready. `authority` is its endpoint.
    pub async fn start(control: &Control, authority: &str) -> Result<Option<Self>, StartError> {
        let Some(command) = &control.start else {
            return Ok(None);
        };
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(format!("exec {command}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| StartError::Command {
                command: command.clone(),
                error,
            })?;
        let (sender, mut lines) = mpsc::channel(64);
        let said = Arc::new(Mutex::new(VecDeque::new()));
        let stdout = child.stdout.take();
        let stdout = stdout.map(|output| tokio::spawn(drain(output, sender.clone(), said.clone())));
        let stderr = child.stderr.take();
        let stderr = stderr.map(|output| tokio::spawn(drain(output, sender, said.clone())));
        let ready = is_ready(control.ready.as_ref(), authority, &mut lines);
        tokio::select! {
            ready = tokio::time::timeout(START, ready) => match ready {
                Ok(()) => {}
                Err(_) => return Err(StartError::NotReady),
            },
            status = child.wait() => {
                let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
                lines.close();
                for output in [stdout, stderr].into_iter().flatten() {
                    // A reader that panicked has nothing more to tell.
                    let _ = output.await;
                }
                let said = said.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
                return Err(StartError::Ended { status, said });
            }
        }
        // The pipes are read to the end, or the IUT would block on a full one.
        tokio::spawn(async move { while lines.recv().await.is_some() {} });
        Ok(Some(Self { child }))
    }

    /// Ends the IUT.
    pub async fn stop(mut self) {
        // It may have ended by itself.
        let _ = self.child.kill().await;
    }
}

/// Reads an output to its end; keeps the last lines and passes all on while somebody listens.
async fn drain(
    output: impl AsyncRead + Unpin,
    lines: mpsc::Sender<String>,
    said: Arc<Mutex<VecDeque<String>>>,
) {
    let mut output = BufReader::new(output).lines();
    while let Ok(Some(line)) = output.next_line().await {
        keep(&said, &line);
        // Nobody listens once the IUT has ended; its last lines are read all the same.
        let _ = lines.send(line).await;
    }
}

fn keep(said: &Mutex<VecDeque<String>>, line: &str) {
    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
    said.push_back(line.to_owned());
    if said.len() > LAST_LINES {
        said.pop_front();
    }
}

async fn is_ready(ready: Option<&Ready>, authority: &str, lines: &mut mpsc::Receiver<String>) {
    match ready {
        Some(Ready::Log(text)) => loop {
            match lines.recv().await {
                Some(line) if line.contains(text.as_str()) => return,
                Some(_) => {}
                None => std::future::pending().await,
            }
        },
        Some(Ready::DelayMs(ms)) => tokio::time::sleep(Duration::from_millis(*ms)).await,
        Some(Ready::Http(status)) => poll(lines, || answers(authority, *status)).await,
        Some(Ready::Tcp(_)) | None => {
            poll(lines, || async {
                TcpStream::connect(authority).await.is_ok()
            })
            .await;
        }
    }
}

/// Asks again and again; what the IUT prints meanwhile is read and thrown away.
async fn poll<F: Future<Output = bool>>(lines: &mut mpsc::Receiver<String>, ask: impl Fn() -> F) {
    while !ask().await {
        while lines.try_recv().is_ok() {}
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn answers(authority: &str, expected: u16) -> bool {
    let request = OutgoingRequest {
        method: "GET".into(),
        target: "/".into(),
        headers: Vec::new(),
        body: Octets::default(),
    };
    let Ok(stream) = TcpStream::connect(authority).await else {
        return false;
    };
    let answer = http::exchange(stream, authority, &request, Duration::from_secs(1)).await;
    matches!(answer, Received::Http { status, .. } if status == expected)
}
