//! A key service in a process of its own.

use onem2m_server::ServiceRole;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The built binary as an MAF or MEF, which ends with this value at the latest.
pub struct Served {
    pub role: ServiceRole,
    pub address: SocketAddr,
    child: Child,
}

impl Served {
    /// Starts it with what it kept in a directory.
    pub async fn start(role: ServiceRole, state: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onem2m-conform"))
            .arg("serve")
            .args([&format!("--{}", role.name()), "127.0.0.1:0", "--state"])
            .arg(state)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = loop {
            let line = said.next_line().await.unwrap();
            let line = line.expect("it says where it listens");
            if let Some((_, address)) = line.split_once("listens at https://") {
                break address.parse().unwrap();
            }
        };
        Self {
            role,
            address,
            child,
        }
    }

    /// Ends it as nothing can prepare for (SIGKILL).
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }
}
