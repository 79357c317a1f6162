//! The IUT of a run: found at its endpoint, started by the profile's command, or the embedded
//! reference implementation on a loopback port of its own.

use crate::cli::CliError;
use crate::cli::output::talk;
use crate::engine::provisioning::{Told, provision};
use crate::engine::reference_client::{expect_reference, open_mafs, reference_actuator};
use crate::engine::session::Reviver;
use crate::engine::setup::{SetupError, network, network_with};
use crate::profile::Profile;
use crate::tester::link::BoxFuture;
use crate::tester::network::Network;
use crate::tester::process::Process;
use crate::tester::stand::Stand;
use onem2m_server::{
    Clauses, Configuration, Cse, KeyService, ServiceRole, ServiceSettings, SystemClock,
    TcpConnector,
};
use std::sync::Arc;
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinHandle;

/// The IUT, as long as the run lasts.
pub struct Iut {
    network: Arc<Network>,
    profile: Profile,
    judged: Profile,
    started: Started,
}

enum Started {
    Reference(Vec<JoinHandle<()>>),
    Process(Option<Process>),
}

impl Iut {
    /// Starts what has to be started, and finds the way.
    pub async fn open(profile: &Profile) -> Result<Self, CliError> {
        let mut judged = profile.clone();
        let mut profile = profile.clone();
        let mut acting = None;
        let mut mafs = Vec::new();
        let started = match profile.starts_reference() {
            true => {
                let claims_ipv6 = profile.pics.get("PICS_IPV6") == Some(&true);
                let reference = reference(&profile, claims_ipv6).await?;
                if claims_ipv6 {
                    // The port is another in each run, and says nothing of the IUT.
                    let is_reached = reference.ipv6_url.is_some();
                    judged.pics.insert("PICS_IPV6".into(), is_reached);
                    profile.reached_over_ipv6(reference.ipv6_url);
                }
                expect_reference(&mut profile);
                profile.endpoints.http = Some(reference.url);
                profile.endpoints.https = Some(reference.secured_url);
                profile.endpoints.coap = Some(reference.datagrams_url);
                profile.endpoints.coaps = Some(reference.secured_datagrams_url);
                profile.endpoints.maf = reference.maf_url;
                profile.endpoints.mef = reference.mef_url;
                acting = Some(reference_actuator(&profile, reference.cse));
                mafs = reference.mafs;
                Some(Started::Reference(reference.servers))
            }
            false => None,
        };
        let network = match acting {
            Some(acting) => network_with(&profile, acting).await,
            None => network(&profile).await,
        };
        let network = network.map_err(|error| {
            let hint = match error {
                SetupError::NoEndpoint => {
                    "give endpoints.http, https, coap or coaps; other bindings come later"
                }
                SetupError::Endpoint { .. } => "give scheme, host and port",
            };
            CliError::usage(error.to_string()).hint(hint)
        })?;
        for (stand, listener) in mafs {
            let held = network.stands.hold(stand, listener).await;
            held.map_err(|error| CliError::tester(error.to_string()))?;
        }
        let started = match started {
            Some(started) => started,
            None => Started::Process(start(&profile, network.authority()).await?),
        };
        Ok(Self {
            network,
            profile,
            judged,
            started,
        })
    }

    /// The way to it.
    pub fn network(&self) -> Arc<Network> {
        self.network.clone()
    }

    /// The profile by which it is judged: that of the reference claims IPv6 only where this host has it.
    pub fn judged(&self) -> Profile {
        self.judged.clone()
    }

    /// The profile with the endpoints at which it is reached.
    pub fn reached(&self) -> Profile {
        self.profile.clone()
    }

    /// Its URL.
    pub fn endpoint(&self) -> String {
        self.network.url()
    }

    /// Ends what was started.
    pub async fn close(self) {
        match self.started {
            Started::Reference(servers) => servers.iter().for_each(JoinHandle::abort),
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
            match start(&self.profile, self.network.authority()).await {
                Ok(Some(fresh)) => {
                    *process = Some(fresh);
                    true
                }
                Ok(None) | Err(_) => false,
            }
        })
    }
}

/// The embedded reference implementation.
struct Reference {
    cse: Cse,
    /// Where it finds the MAFs that it is a client of, open already.
    mafs: Vec<(Stand, TcpListener)>,
    url: String,
    secured_url: String,
    datagrams_url: String,
    secured_datagrams_url: String,
    maf_url: Option<String>,
    mef_url: Option<String>,
    /// None where this host has no IPv6.
    ipv6_url: Option<String>,
    servers: Vec<JoinHandle<()>>,
}

async fn reference(profile: &Profile, over_ipv6: bool) -> Result<Reference, CliError> {
    let unusable = |error| CliError::tester(format!("no loopback port for the reference: {error}"));
    let mut told = Told::as_read(&profile.pixit);
    let mafs = open_mafs(&mut told).await.map_err(unusable)?;
    let configuration = provision(Configuration::default(), &told);
    let services = configuration.services.clone();
    let cse = Cse::new(
        configuration,
        Arc::new(SystemClock),
        Clauses::SPECIFICATION,
        Arc::new(TcpConnector),
    );
    let (url, server) = serve(&cse, "127.0.0.1:0").await.map_err(unusable)?;
    let (secured_url, secured) = serve_secured(&cse).await.map_err(unusable)?;
    let (datagrams_url, datagrams) = serve_datagrams(&cse).await.map_err(unusable)?;
    let (secured_datagrams_url, secured_datagrams) =
        serve_secured_datagrams(&cse).await.map_err(unusable)?;
    let mut reference = Reference {
        cse: cse.clone(),
        mafs,
        url,
        secured_url,
        datagrams_url,
        secured_datagrams_url,
        maf_url: None,
        mef_url: None,
        ipv6_url: None,
        servers: vec![server, secured, datagrams, secured_datagrams],
    };
    for settings in services {
        let role = settings.role;
        let (url, server) = serve_keys(settings).await.map_err(unusable)?;
        reference.servers.push(server);
        match role {
            ServiceRole::Maf => reference.maf_url = Some(url),
            ServiceRole::Mef => reference.mef_url = Some(url),
        }
    }
    if over_ipv6 {
        match serve(&cse, "[::1]:0").await {
            Ok((url, server)) => {
                reference.ipv6_url = Some(url);
                reference.servers.push(server);
            }
            Err(error) => talk(&format!(
                "this host has no IPv6 loopback ({error}): PICS_IPV6 is not claimed for the reference"
            )),
        }
    }
    Ok(reference)
}

async fn serve(cse: &Cse, address: &str) -> std::io::Result<(String, JoinHandle<()>)> {
    let listener = TcpListener::bind(address).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let cse = cse.clone();
    let server = tokio::spawn(async move {
        // If it ends, the liveness check says so.
        let _ = cse.listen(listener).await;
    });
    Ok((url, server))
}

async fn serve_secured(cse: &Cse) -> std::io::Result<(String, JoinHandle<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("https://{}", listener.local_addr()?);
    let cse = cse.clone();
    let server = tokio::spawn(async move {
        // If it ends, the handshakes say so.
        let _ = cse.listen_tls(listener).await;
    });
    Ok((url, server))
}

async fn serve_datagrams(cse: &Cse) -> std::io::Result<(String, JoinHandle<()>)> {
    let socket = UdpSocket::bind("127.0.0.1:0").await?;
    let url = format!("coap://{}", socket.local_addr()?);
    let cse = cse.clone();
    let server = tokio::spawn(async move {
        // If it ends, the requests say so.
        let _ = cse.listen_coap(socket).await;
    });
    Ok((url, server))
}

async fn serve_secured_datagrams(cse: &Cse) -> std::io::Result<(String, JoinHandle<()>)> {
    let socket = UdpSocket::bind("127.0.0.1:0").await?;
    let url = format!("coaps://{}", socket.local_addr()?);
    let cse = cse.clone();
    let server = tokio::spawn(async move {
        // If it ends, the handshakes say so.
        let _ = cse.listen_dtls(socket).await;
    });
    Ok((url, server))
}

async fn serve_keys(settings: ServiceSettings) -> std::io::Result<(String, JoinHandle<()>)> {
    let service = KeyService::new(settings, Arc::new(SystemClock), &Clauses::SPECIFICATION);
    let service = service.map_err(std::io::Error::other)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("https://{}", listener.local_addr()?);
    let server = tokio::spawn(async move {
        // If it ends, the handshakes say so.
        let _ = service.listen_tls(listener).await;
    });
    Ok((url, server))
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
