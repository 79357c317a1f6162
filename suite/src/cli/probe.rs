//! `probe`: asks an IUT what it can do, and writes a profile.

use super::args::ProbeArgs;
use super::output::{data, talk};
use super::run::inputs::drawn_seed;
use super::{CliError, catalogue};
use crate::catalogue::Catalogue;
use crate::catalogue::behaviour::Endpoint;
use crate::engine::setup::{Live, SetupError, endpoint, facts, network};
use crate::probe::{IdentifyError, Identity, Place, STEM, Seen, draft, head, identify, observe};
use crate::profile::Profile;
use crate::tester::network::Network;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, UdpSocket};

/// How long connecting may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Writes the draft into the file, or to standard output.
pub fn execute(args: &ProbeArgs) -> Result<u8, CliError> {
    if let Some(path) = &args.out {
        refuse_to_overwrite(path)?;
    }
    let catalogue = catalogue()?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let text = runtime.block_on(probe(args, &catalogue))?;
    match &args.out {
        None => data(&text)?,
        Some(path) => {
            std::fs::write(path, text)
                .map_err(|error| CliError::usage(format!("{}: {error}", path.display())))?;
            talk(&format!(
                "{}: name the administrator in it, then `onem2m-conform --profile {}`",
                path.display(),
                path.display()
            ));
        }
    }
    Ok(0)
}

async fn probe(args: &ProbeArgs, catalogue: &Catalogue) -> Result<String, CliError> {
    let endpoint = scheme(&args.url)?;
    let place = Place {
        endpoint,
        url: args.url.trim_end_matches('/').to_owned(),
        trust_anchors: anchors(args)?,
        source: source(endpoint, &args.url).await?,
    };
    let seed = drawn_seed();
    let (profile, ways) = prepare(&place, &nobody(), catalogue).await?;
    let identity = identify(
        &ways,
        &facts(&profile, catalogue, seed),
        args.base.as_deref(),
    )
    .await
    .map_err(unidentified)?;
    talk(&format!(
        "{} with <CSEBase> {}, releases {}",
        identity.cse_id,
        identity.base,
        identity.releases.join(", ")
    ));
    let (profile, ways) = prepare(&place, &identity, catalogue).await?;
    let facts = facts(&profile, catalogue, seed);
    let observations = observe(catalogue, |_| true, &facts, &Live::new(ways, &facts)).await;
    let told = |seen| observations.iter().filter(|told| told.seen == seen).count();
    talk(&format!(
        "of {} capabilities {} are there, {} are not, {} cannot be told",
        observations.len(),
        told(Seen::Supported),
        told(Seen::Unsupported),
        told(Seen::Unknown)
    ));
    Ok(draft(catalogue, &place, &identity, &observations))
}

/// The endpoint that a URL names by its scheme.
fn scheme(url: &str) -> Result<Endpoint, CliError> {
    let scheme = url.split("://").next();
    let named = |endpoint: &Endpoint| scheme == Some(endpoint.key());
    let named = Endpoint::ALL.into_iter().find(named);
    named.ok_or_else(|| {
        CliError::usage(format!("expected http://HOST:PORT, got {url:?}"))
            .hint("https, coap and coaps are probed too")
    })
}

/// The trust anchors by absolute paths, since the profile may be written anywhere.
fn anchors(args: &ProbeArgs) -> Result<Vec<PathBuf>, CliError> {
    let absolute = |file: &PathBuf| {
        std::path::absolute(file)
            .map_err(|error| CliError::usage(format!("{}: {error}", file.display())))
    };
    args.trust_anchor.iter().map(absolute).collect()
}

/// The address from which the IUT sees the tester.
async fn source(kind: Endpoint, url: &str) -> Result<String, CliError> {
    let (authority, _) = endpoint(kind, url).map_err(|error| CliError::usage(error.to_string()))?;
    let unreachable = |why: String| {
        CliError::unreachable(format!("{authority}: {why}")).hint(format!("is {url} up?"))
    };
    let address = match kind.is_datagram() {
        true => over_datagrams(&authority).await,
        false => tokio::time::timeout(PATIENCE, TcpStream::connect(&authority))
            .await
            .map_err(|_| unreachable("connecting took too long".into()))?
            .and_then(|stream| stream.local_addr()),
    };
    let address = address.map_err(|error| unreachable(error.to_string()))?;
    Ok(address.ip().to_string())
}

/// The address from which datagrams go to an endpoint; whether it is there they do not tell.
async fn over_datagrams(authority: &str) -> std::io::Result<SocketAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
    socket.connect(authority).await?;
    socket.local_addr()
}

/// The profile so far, and the way to the IUT.
async fn prepare(
    place: &Place,
    identity: &Identity,
    catalogue: &Catalogue,
) -> Result<(Profile, Arc<Network>), CliError> {
    let mut text = String::new();
    head(&mut text, place, identity);
    crate::probe::tester(&mut text, place);
    let profile = Profile::read("draft", text, catalogue)?;
    let network = network(&profile)
        .await
        .map_err(|error: SetupError| CliError::usage(error.to_string()))?;
    Ok((profile, network))
}

/// What stands for the identity before it is known.
fn nobody() -> Identity {
    Identity {
        cse_id: "/unknown".into(),
        base: "-".into(),
        releases: Vec::new(),
        keeps_stems: true,
        server: None,
    }
}

fn unidentified(error: IdentifyError) -> CliError {
    let told = error.to_string();
    match error {
        IdentifyError::Unreachable(_) => CliError::unreachable(told),
        IdentifyError::NoRegistration { .. } => CliError::usage(told).hint(format!(
            "name the <CSEBase> with --base; AE-IDs that begin with {STEM} have to be allowed to register"
        )),
        IdentifyError::Closed { .. } => {
            CliError::usage(told).hint("let registered AEs retrieve the <CSEBase>, or start from profiles/template.toml")
        }
    }
}

fn refuse_to_overwrite(path: &Path) -> Result<(), CliError> {
    match path.symlink_metadata() {
        Err(_) => Ok(()),
        Ok(_) => Err(
            CliError::usage(format!("{} is there already", path.display()))
                .hint("name another file with --out, or remove this one"),
        ),
    }
}
