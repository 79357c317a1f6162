//! Gives the reference the credentials that its profile states.

mod application;
mod certificates;
mod initiators;
mod keys;
mod mafs;
mod pairwise;
mod services;
mod tokens;

pub use application::registrations;

use crate::profile::{
    KnownIssuer, KnownPeers, KnownService, Provisioned, ProvisionedHost, ServedMaf,
};
use onem2m_association::{DatagramSettings, Domain};
use onem2m_identity::Home;
use onem2m_server::{Configuration, Security};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the reference is told.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Symmetric keys.
    pub keys: Vec<Provisioned>,
    /// Keys of end-to-end protection.
    pub pairwise: Vec<Provisioned>,
    /// Further hosts with their keys.
    pub hosts: Vec<ProvisionedHost>,
    /// Peers and authorities.
    pub peers: KnownPeers,
    /// Token issuers.
    pub token_issuers: Vec<KnownIssuer>,
    /// The key services beside it.
    pub services: Vec<KnownService>,
    /// The MAF that it is a client of.
    pub maf: Option<ServedMaf>,
    /// How it sends datagrams.
    pub datagrams: DatagramSettings,
    /// The domain of the service provider.
    pub sp_domain: String,
    /// How it reads what the specification leaves open, as a profile states that.
    pub pixit: BTreeMap<String, String>,
}

impl Told {
    /// What the embedded profile of the reference states.
    pub fn of_reference() -> Self {
        Self {
            keys: Provisioned::of_reference(),
            pairwise: Provisioned::pairwise_of_reference(),
            hosts: ProvisionedHost::of_reference(),
            peers: KnownPeers::of_reference(),
            token_issuers: KnownIssuer::of_reference(),
            services: KnownService::of_reference(),
            maf: ServedMaf::of_reference(),
            datagrams: DatagramSettings::default(),
            sp_domain: "onem2m.example".into(),
            pixit: BTreeMap::new(),
        }
    }

    /// The same with the readings of a profile.
    pub fn as_read(pixit: &BTreeMap<String, String>) -> Self {
        Self {
            pixit: pixit.clone(),
            ..Self::of_reference()
        }
    }
}

/// A reference that was told this. What it refuses to know is left out: the handshakes over it show that.
pub fn provision(configuration: Configuration, told: &Told) -> Configuration {
    let home = Home::new(configuration.sp.clone(), configuration.cse_id.clone());
    let security = Security {
        identities: Some(Arc::new(keys::table(&told.keys, &home))),
        hosts: keys::hosts(&told.hosts, &home),
        certificate: certificates::own(&configuration, &told.peers).ok(),
        trust: certificates::trust(&told.peers, &home, |_| true),
        datagrams: told.datagrams,
        ..Security::new(Domain::Infrastructure)
    };
    let terminating = initiators::terminating(&configuration, told, &home);
    let initiating = initiators::initiating(&configuration, &told.peers);
    let end_to_end = pairwise::end_to_end(told, terminating, initiating, &home);
    Configuration {
        security: Some(Arc::new(security)),
        end_to_end,
        tokens: tokens::tokens(&told.token_issuers),
        mafs: mafs::mafs(told, &configuration),
        services: services::services(told, &home),
        ..configuration
    }
}
