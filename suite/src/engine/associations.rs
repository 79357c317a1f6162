//! From a profile to the ordinary associations of the tester.

use crate::profile::Profile;
use crate::tester::ordinary::Associations;
use onem2m_association::{ClientCredential, PskKey};
use onem2m_identity::{DomainName, PskIdentity};
use std::collections::HashMap;
use std::net::IpAddr;
use zeroize::Zeroizing;

/// Of several credentials of an entity a key comes first, and the first by name.
pub fn associations(profile: &Profile) -> Associations {
    let mut credentials = HashMap::new();
    for provisioned in &profile.provisioned {
        let identity = PskIdentity::parse(provisioned.identity.as_bytes());
        let key = PskKey::new(Zeroizing::new(provisioned.key.octets().to_vec()));
        // Identities that are wrong on purpose are for scripted handshakes alone.
        if let (Some(entity), Ok(identity), Ok(key)) = (&provisioned.entity, identity, key) {
            credentials
                .entry(entity.clone())
                .or_insert(ClientCredential::Psk { identity, key });
        }
    }
    for (entity, own) in &profile.certificates.shown {
        credentials
            .entry(entity.clone())
            .or_insert_with(|| ClientCredential::Certificate(own.clone()));
    }
    let anchors = profile.certificates.anchors.clone();
    Associations::new(credentials, anchors, server_name(profile))
}

/// The name for SNI: the FQDN that the profile states, else the host of the endpoint; an address is no name (RFC 6066, 3).
fn server_name(profile: &Profile) -> Option<DomainName> {
    let host = || {
        let endpoints = &profile.endpoints;
        let url = endpoints.https.as_deref().or(endpoints.coaps.as_deref())?;
        let uri: http::Uri = url.parse().ok()?;
        uri.host().map(str::to_owned)
    };
    let name = profile.pixit.get("PIXIT_IUT_FQDN").cloned().or_else(host)?;
    let is_address = name.parse::<IpAddr>().is_ok() || name.starts_with('[');
    DomainName::parse(&name).ok().filter(|_| !is_address)
}
