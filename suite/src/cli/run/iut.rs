//! The IUT of a run: found at its endpoint, started by the profile's command, or the embedded
//! reference implementation on a loopback port of its own.

use crate::cli::CliError;
use crate::engine::session::Reviver;
use crate::engine::setup::{SetupError, network};
use crate::profile::Profile;
use crate::tester::link::BoxFuture;
use crate::tester::network::Network;
use crate::tester::process::Process;
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The IUT, as long as the run lasts.
pub struct Iut {
    network: Arc<Network>,
    profile: Profile,
    started: Started,
}

enum Started {
    Reference(JoinHandle<()>),
    Process(Option<Process>),
}

impl Iut {
    /// Starts what has to be started, and finds the way.
    pub async fn open(profile: &Profile) -> Result<Self, CliError> {
        let mut profile = profile.clone();
        let started = match profile.starts_reference() {
            true => {
                let (url, server) = reference().await?;
                profile.endpoints.http = Some(url);
                Some(Started::Reference(server))
            }
            false => None,
        };
        let network = network(&profile).await.map_err(|error| {
            let hint = match error {
                SetupError::NoEndpoint => "give endpoints.http; other bindings come later",
                SetupError::Endpoint(_) => "the HTTP binding is plain http",
            };
            CliError::usage(error.to_string()).hint(hint)
        })?;
        let started = match started {
            Some(started) => started,
            None => Started::Process(start(&profile, &network.authority).await?),
        };
        Ok(Self {
            network,
            profile,
            started,
        })
    }

    /// The way to it.
    pub fn network(&self) -> Arc<Network> {
        self.network.clone()
    }

    /// Its URL.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.network.authority)
    }

    /// Ends what was started.
    pub async fn close(self) {
        match self.started {
            Started::Reference(server) => server.abort(),
            Started::Process(Some(process)) => process.stop().await,
            Started::Process(None) => {}
        }
    }
}

impl Reviver for Iut {
    fn revive(&mut self) -> BoxFuture<'_, bool> {
        Box::pin(async move {
            let Started::Process(process) = &mut self.started else {
                return false;
            };
            if let Some(process) = process.take() {
                process.stop().await;
            }
            match start(&self.profile, &self.network.authority).await {
                Ok(Some(fresh)) => {
                    *process = Some(fresh);
                    true
                }
                Ok(None) | Err(_) => false,
            }
        })
    }
}

async fn reference() -> Result<(String, JoinHandle<()>), CliError> {
    let listen = async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        Ok::<_, std::io::Error>((listener, address))
    };
    let (listener, address) = listen.await.map_err(|error| {
        CliError::tester(format!("no loopback port for the reference: {error}"))
    })?;
    let cse = Cse::new(
        Configuration::default(),
        Arc::new(SystemClock),
        Clauses::SPECIFICATION,
        Arc::new(TcpConnector),
    );
    let server = tokio::spawn(async move {
        // If it ends, the liveness check says so.
        let _ = cse.listen(listener).await;
    });
    Ok((format!("http://{address}"), server))
}

async fn start(profile: &Profile, authority: &str) -> Result<Option<Process>, CliError> {
    let Some(control) = &profile.control else {
        return Ok(None);
    };
    Process::start(control, authority).await.map_err(|error| {
        CliError::unreachable(error.to_string())
            .hint("run the command of control.start by hand; control.ready says when it is up")
    })
}
