//! The MAFs that the CSE of the reference is a client of.

use super::{Told, certificates};
use crate::profile::ServedMaf;
use crate::tester::embedded_stands::{MAF, MAF_BY_CERTIFICATE};
use onem2m_association::{Allowed, ClientCredential, Expected, PskKey, Trust, TrustedPeer};
use onem2m_identity::{DomainName, PskIdentity};
use onem2m_server::{Configuration, KcReading, KnownMaf};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long the reference waits for the MAF, as PIXIT_T_MAF of its profile says.
const PATIENCE: Duration = Duration::from_secs(2);

/// Those that were told. One whose FQDN is none, or whose key cannot be one, is left out.
pub fn mafs(told: &Told, configuration: &Configuration) -> Vec<KnownMaf> {
    let Some(served) = &told.maf else {
        return Vec::new();
    };
    let reading = match told.pixit.get("PIXIT_KC_PSK").map(String::as_str) {
        Some("first-half") => KcReading::FirstHalf,
        _ => KcReading::Whole,
    };
    let known = |fqdn: &str, address: &str, listen: Option<&String>, credential, trust| {
        Some(KnownMaf {
            fqdn: DomainName::parse(fqdn).ok()?,
            address: format!("https://{}", listen.map_or(address, String::as_str)),
            credential,
            trust,
            stakeholder: served.stakeholder.clone(),
            reading,
            patience: PATIENCE,
            names: served.names.clone(),
        })
    };
    let by_key = key(served).and_then(|key| {
        let trust = Trust::default();
        known(&served.fqdn, MAF, served.listen.as_ref(), key, trust)
    });
    let by_certificate = served.by_certificate.as_ref().and_then(|certified| {
        let own = certificates::own(configuration, &told.peers).ok()?;
        let expected = TrustedPeer {
            expected: Expected::Fqdn(DomainName::parse(&certified.fqdn).ok()?),
            allowed: Allowed::Unstated,
        };
        let trust = Trust {
            anchors: told.peers.anchors().unwrap_or_default(),
            peers: vec![expected],
        };
        known(
            &certified.fqdn,
            MAF_BY_CERTIFICATE,
            certified.listen.as_ref(),
            ClientCredential::Certificate(own),
            trust,
        )
    });
    by_key.into_iter().chain(by_certificate).collect()
}

fn key(served: &ServedMaf) -> Option<ClientCredential> {
    let octets = Zeroizing::new(served.km.key.octets().to_vec());
    Some(ClientCredential::Psk {
        identity: PskIdentity::parse(served.km.identity.as_bytes()).ok()?,
        key: PskKey::new(octets).ok()?,
    })
}
