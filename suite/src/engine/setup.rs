//! From a profile to facts and links.

use super::associations::associations;
use super::purpose::Links;
use crate::catalogue::Catalogue;
use crate::catalogue::behaviour::Endpoint;
use crate::profile::Profile;
use crate::purposes::Facts;
use crate::tester::coap::{Numbers, OptionNumbers};
use crate::tester::command::Commands;
use crate::tester::link::Link;
use crate::tester::naming::Naming;
use crate::tester::network::{Network, NetworkLink};
use crate::tester::sources::Sources;
use crate::tester::stand::Stand;
use crate::tester::stands::Stands;
use crate::tester::target::NotificationTarget;
use crate::tester::trigger::Actuator;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

/// What keeps a profile from being used.
#[derive(Debug, Error)]
pub enum SetupError {
    /// No endpoint that the suite can use.
    #[error("the profile has no endpoint that this version can use")]
    NoEndpoint,
    /// An endpoint that does not read.
    #[error("endpoints.{key}: expected {expected}, got {got:?}", key = .endpoint.key())]
    Endpoint {
        /// The endpoint.
        endpoint: Endpoint,
        /// The form of its URL.
        expected: &'static str,
        /// What stands there.
        got: String,
    },
}

/// The facts of a run.
pub fn facts(profile: &Profile, catalogue: &Catalogue, seed: u64) -> Facts {
    let claimed = |name: &String| (name.clone(), profile.claims(name, catalogue));
    let value = |name: &String| {
        let value = profile.pixit(name, catalogue)?;
        Some((name.clone(), value))
    };
    Facts {
        release: profile.iut.release,
        cse_id: profile.cse.id.trim_start_matches('/').to_owned(),
        cse_base: profile.cse.base.clone(),
        sp_domain: profile
            .cse
            .sp_domain
            .as_deref()
            .unwrap_or_default()
            .trim_start_matches('/')
            .to_owned(),
        administrator: profile.identities.admin.clone(),
        ae_stem: profile.identities.ae_stem.clone(),
        pics: catalogue.pics.keys().map(claimed).collect(),
        pixit: catalogue.pixit.keys().filter_map(value).collect(),
        disputes: disputes(catalogue, profile.iut.release),
        provisioned: profile.provisioned.clone(),
        pairwise: profile.pairwise.clone(),
        hosts: profile.hosts.clone(),
        known_peers: profile.known_peers.clone(),
        token_issuers: profile.token_issuers.clone(),
        services: profile.known_services.clone(),
        served_maf: profile.known_maf.clone(),
        patience: Duration::from_millis(profile.limits.response_timeout_ms),
        seed,
    }
}

/// The codes of all disputes for a release.
pub fn disputes(catalogue: &Catalogue, release: u8) -> BTreeMap<String, Vec<u16>> {
    catalogue
        .disputes
        .iter()
        .map(|(name, dispute)| (name.clone(), dispute.codes(release)))
        .collect()
}

/// Host, port and path prefix of an endpoint; one of CoAP has no prefix.
pub fn endpoint(endpoint: Endpoint, url: &str) -> Result<(String, String), SetupError> {
    let wrong = || SetupError::Endpoint {
        endpoint,
        expected: form(endpoint),
        got: url.to_owned(),
    };
    let uri: http::Uri = url.parse().map_err(|_| wrong())?;
    let scheme = Some(endpoint.scheme());
    let host = uri.host().filter(|_| uri.scheme_str() == scheme);
    let host = host.ok_or_else(wrong)?;
    let port = uri.port_u16().unwrap_or(endpoint.default_port());
    let prefix = uri.path().trim_end_matches('/').to_owned();
    match endpoint.is_datagram() && !prefix.is_empty() {
        true => Err(wrong()),
        false => Ok((format!("{host}:{port}"), prefix)),
    }
}

fn form(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Http => "http://HOST:PORT",
        Endpoint::Https | Endpoint::Maf | Endpoint::Mef => "https://HOST:PORT",
        Endpoint::Coap => "coap://HOST:PORT",
        Endpoint::Coaps => "coaps://HOST:PORT",
    }
}

/// What purposes share on the way to a live IUT, and how that is made to act. A notification target that cannot listen is no
/// error: the purposes that need it say so.
pub async fn network(profile: &Profile) -> Result<Arc<Network>, SetupError> {
    let patience = Duration::from_millis(profile.limits.response_timeout_ms);
    let commands = Commands::new(profile.trigger.clone(), patience);
    network_with(profile, Box::new(commands)).await
}

/// The same for an IUT that is made to act otherwise than by the triggers of its profile.
pub async fn network_with(
    profile: &Profile,
    actuator: Box<dyn Actuator>,
) -> Result<Arc<Network>, SetupError> {
    let ordinary = match profile.endpoints.ordinary() {
        Some(ordinary) => ordinary,
        // An AE takes no requests.
        None if !profile.judges("CSE") => Endpoint::Http,
        None => return Err(SetupError::NoEndpoint),
    };
    let mut prefix = String::new();
    let mut authorities = HashMap::new();
    for given in Endpoint::ALL.into_iter().chain(Endpoint::SERVICES) {
        let Some(url) = profile.endpoints.url(given) else {
            continue;
        };
        let (authority, path) = endpoint(given, url)?;
        authorities.insert(given, authority);
        if given == ordinary {
            prefix = path;
        }
    }
    let ipv6_authority = match profile.ipv6_endpoint() {
        Some(url) => Some(endpoint(Endpoint::Http, url)?.0),
        None => None,
    };
    let pace = match profile.limits.requests_per_second {
        0 => Duration::ZERO,
        rate => Duration::from_secs(1) / rate,
    };
    Ok(Arc::new(Network {
        ordinary,
        prefix,
        patience: Duration::from_millis(profile.limits.response_timeout_ms),
        pace,
        target: notification_target(profile).await,
        sources: Sources::read(&profile.tester.sources),
        ipv6_authority,
        authorities,
        administrator: profile.identities.admin.clone(),
        associations: associations(profile),
        stands: stands(profile),
        actuator,
        numbers: Numbers::default(),
        options: OptionNumbers::stated(profile.pixit.get("PIXIT_COAP_OPTIONS")),
        next: Mutex::new(Instant::now()),
    }))
}

/// Where the IUT opens associations: at the address of the notification target, and by the name that the profile states.
fn stands(profile: &Profile) -> Stands {
    let tester = &profile.tester;
    let host = tester.listen.rsplit_once(':').map(|(host, _)| host);
    let advertised = tester.advertise.rsplit("//").next().unwrap_or_default();
    let name = tester.name.as_deref().unwrap_or(advertised);
    let mut stands = Stands::new(
        host.unwrap_or_default().to_owned(),
        name.trim_end_matches('/').to_owned(),
        tester.registrar.clone(),
        tester.beside.clone(),
    );
    if let Some(maf) = &profile.known_maf {
        let certified = maf.by_certificate.as_ref();
        let listens = [
            (Stand::Maf, maf.listen.clone()),
            (
                Stand::MafByCertificate,
                certified.and_then(|maf| maf.listen.clone()),
            ),
        ];
        let listens = listens
            .into_iter()
            .filter_map(|(stand, listen)| Some((stand, listen?)));
        stands.mafs = listens.collect();
    }
    stands
}

async fn notification_target(profile: &Profile) -> Option<(NotificationTarget, String)> {
    let listener = TcpListener::bind(&profile.tester.listen).await.ok()?;
    let port = listener.local_addr().ok()?.port();
    let base = format!("{}:{port}", profile.tester.advertise.trim_end_matches('/'));
    let target = NotificationTarget::default();
    target.listen(listener);
    Some((target, base))
}

/// Links to a live IUT.
pub struct Live {
    network: Arc<Network>,
    stem: String,
    seed: u64,
}

impl Live {
    /// Links over a network.
    pub fn new(network: Arc<Network>, facts: &Facts) -> Self {
        Self {
            network,
            stem: facts.ae_stem.clone(),
            seed: facts.seed,
        }
    }
}

impl Links for Live {
    fn open(&self, purpose: &str, attempt: u32) -> Option<Box<dyn Link>> {
        let naming = Naming::new(&self.stem, self.seed, purpose, attempt, "link");
        let link = NetworkLink::new(self.network.clone(), naming.tag().to_owned());
        Some(Box::new(link))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_taken_apart() {
        let taken = endpoint(Endpoint::Http, "http://127.0.0.1:8080/cse/").unwrap();
        assert_eq!(taken, ("127.0.0.1:8080".to_owned(), "/cse".to_owned()));
        assert_eq!(
            endpoint(Endpoint::Https, "https://host").unwrap().0,
            "host:443"
        );
        assert_eq!(
            endpoint(Endpoint::Coaps, "coaps://host").unwrap().0,
            "host:5684"
        );
        assert!(endpoint(Endpoint::Http, "https://host").is_err());
        assert!(endpoint(Endpoint::Http, "127.0.0.1:8080").is_err());
    }

    #[test]
    fn coap_endpoint_with_a_path_is_refused() {
        assert!(endpoint(Endpoint::Coap, "coap://host/").is_ok());
        assert!(endpoint(Endpoint::Coap, "coap://host/cse").is_err());
    }
}
