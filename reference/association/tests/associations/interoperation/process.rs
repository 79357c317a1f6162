use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::support::authority::{Holder, NOW};
use crate::support::entities::Authorities;

/// How long a line of output is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running `openssl`, ended when it is dropped.
pub struct OpenSsl {
    child: Child,
    lines: Receiver<String>,
}

impl OpenSsl {
    pub fn is_there() -> bool {
        Command::new("openssl")
            .arg("version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// A server on a free port.
    pub fn server(arguments: &[String]) -> (Self, SocketAddr) {
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0"]);
        let process = Self::start(command.args(arguments));
        let line = process.expect("ACCEPT ");
        let address = line.trim_start_matches("ACCEPT ").trim().parse().unwrap();
        (process, address)
    }

    /// A client of a server.
    pub fn client(
        address: SocketAddr,
        arguments: &[String],
        configuration: Option<&Scratch>,
    ) -> Self {
        let mut command = Command::new("openssl");
        if let Some(file) = configuration {
            command.env("OPENSSL_CONF", file.path());
        }
        command.args(["s_client", "-connect", &address.to_string()]);
        Self::start(command.args(arguments))
    }

    /// Reads its output up to a line with the given text.
    pub fn expect(&self, text: &str) -> String {
        let mut before = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            if line.contains(text) {
                return line;
            }
            before.push(line);
        }
        panic!("expected {text:?} of openssl, got {before:#?}");
    }

    /// Gives it a line to send.
    pub fn say(&mut self, line: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        writeln!(input, "{line}").unwrap();
        input.flush().unwrap();
    }

    /// Ends its input, and waits until it has ended.
    pub fn hang_up(&mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }

    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let outputs: [Box<dyn BufRead + Send>; 2] = [
            Box::new(BufReader::new(child.stdout.take().unwrap())),
            Box::new(BufReader::new(child.stderr.take().unwrap())),
        ];
        for mut output in outputs {
            let sender = sender.clone();
            thread::spawn(move || {
                let mut line = Vec::new();
                while output
                    .read_until(b'\n', &mut line)
                    .is_ok_and(|length| length > 0)
                {
                    if sender
                        .send(String::from_utf8_lossy(&line).into_owned())
                        .is_err()
                    {
                        return;
                    }
                    line.clear();
                }
            });
        }
        Self { child, lines }
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file in the folder of the build, removed when it is dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}-{name}.pem", std::process::id());
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name))
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub fn holding(name: &str, octets: &[u8]) -> Self {
        let file = Self::new(name);
        fs::write(&file.0, octets).unwrap();
        file
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It need not have been written.
        let _ = fs::remove_file(&self.0);
    }
}

/// Certificate, key, chain and anchor in files.
pub struct Files {
    own: Scratch,
    key: Scratch,
    chain: Scratch,
    anchor: Scratch,
}

impl Files {
    pub fn new(own: &Holder, authorities: &Authorities) -> Self {
        let pem = |holder: &Holder| holder.certificate.to_pem().unwrap();
        Self {
            own: Scratch::holding("own", &pem(own)),
            key: Scratch::holding("key", &own.key.private_key_to_pem_pkcs8().unwrap()),
            chain: Scratch::holding("chain", &pem(&authorities.issuer)),
            anchor: Scratch::holding("anchor", &pem(&authorities.root)),
        }
    }

    /// What makes `openssl` show this certificate and trust this anchor.
    pub fn arguments(&self) -> Vec<String> {
        [
            ("-cert", self.own.path()),
            ("-key", self.key.path()),
            ("-cert_chain", self.chain.path()),
            ("-CAfile", self.anchor.path()),
            ("-attime", &NOW.to_string()),
        ]
        .into_iter()
        .flat_map(|(option, value)| [option.to_owned(), value.to_owned()])
        .collect()
    }
}
