use std::net::IpAddr;

use onem2m_association::{ClientConfiguration, ClientCredential, Clock, Transport};
use onem2m_identity::{DomainName, Entity, PskIdentity};

use crate::scene::Scene;

/// An address of somebody who takes requests, and how to get there.
#[derive(Clone, Debug)]
pub(crate) struct Hop {
    pub(crate) address: String,
    /// What is tried, in this order.
    pub(crate) ways: Vec<Way>,
}

/// How a request goes to an address.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// Outside any security association.
    InTheClear,
    /// Within one that this entity opens.
    Within(Box<ClientConfiguration>),
}

impl Hop {
    /// To whoever is known by no association.
    pub(crate) fn in_the_clear(address: String) -> Self {
        let is_clear = scheme(&address) == Some("http");
        Self {
            address,
            ways: Vec::from_iter(is_clear.then_some(Way::InTheClear)),
        }
    }
}

/// How a registree is reached at its points of access.
pub(crate) fn hops(scene: &Scene<'_>, addresses: Vec<String>, registree: &Entity) -> Vec<Hop> {
    let hop = |address: String| Hop {
        ways: (scene.clauses.ways)(scene, &address, registree),
        address,
    };
    addresses.into_iter().map(hop).collect()
}

/// An address with the scheme https is reached within a second association, and not at all where there can be none
/// (TS-0003 V3.18.0, 8.2.1).
pub(crate) fn ways(scene: &Scene<'_>, address: &str, registree: &Entity) -> Vec<Way> {
    match scheme(address) {
        Some("http") => vec![Way::InTheClear],
        Some("https") => second_association(scene, address, registree)
            .map(Way::Within)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The association that this CSE opens with a registree: over the key with which that registered.
pub(crate) fn second_association(
    scene: &Scene<'_>,
    address: &str,
    registree: &Entity,
) -> Option<Box<ClientConfiguration>> {
    let credential = (scene.clauses.second_credential)(scene, address, registree)?;
    let now = scene.arrival.at;
    Some(Box::new(ClientConfiguration {
        server_name: (scene.clauses.asked_name)(host(address).as_deref()),
        clock: Clock::new(move || now),
        clauses: scene.clauses.opening,
        ..ClientConfiguration::new(Transport::Tls, credential)
    }))
}

/// The credential of the association in which a registree registered, whatever its point of access is (TS-0003 V3.18.0,
/// 8.2.1); `None` for anything but a symmetric key.
pub(crate) fn second_credential(
    scene: &Scene<'_>,
    _address: &str,
    registree: &Entity,
) -> Option<ClientCredential> {
    key(scene, scene.tree.registered_by(registree)?)
}

/// The key of a Credential-ID, whose type number is 12 (TS-0003 V3.18.0, 12.3.2.1).
pub(crate) fn key(scene: &Scene<'_>, credential: &str) -> Option<ClientCredential> {
    let identity = credential.strip_prefix("12-")?;
    let identities = scene.configuration.security.as_ref()?.identities.as_ref()?;
    let entry = identities.get(identity.as_bytes())?;
    let is_in_force = scene.clauses.association.is_key_in_force;
    if !is_in_force(entry.until, scene.arrival.at) {
        return None;
    }
    Some(ClientCredential::Psk {
        identity: PskIdentity::parse(identity.as_bytes()).ok()?,
        key: entry.key,
    })
}

/// The name for SNI: the host, unless it is an address (TS-0003 V3.18.0, 10.2.1; RFC 6066, 3).
pub(crate) fn asked_name(host: Option<&str>) -> Option<DomainName> {
    let host = host?;
    let is_address = host.parse::<IpAddr>().is_ok() || host.starts_with('[');
    DomainName::parse(host).ok().filter(|_| !is_address)
}

fn scheme(address: &str) -> Option<&str> {
    address.split_once("://").map(|(scheme, _)| scheme)
}

fn host(address: &str) -> Option<String> {
    let uri: http::Uri = address.parse().ok()?;
    uri.host().map(str::to_owned)
}
