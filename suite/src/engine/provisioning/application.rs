//! What the AE of the reference is told: keys that it shares with registrars, and whom it expects.

use super::Told;
use super::certificates::{Untold, expected_peer, issued};
use super::pairwise::as_read;
use crate::catalogue::behaviour::Fixture;
use crate::profile::{PeerName, Provisioned};
use crate::purposes::{known_peer, provisioned_key};
use crate::tester::certificate::GeneralName;
use crate::tester::reference_application::Registrations;
use crate::tester::trigger::Trigger;
use onem2m_association::{
    Allowed, ClientCredential, OwnCertificate, PskKey, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{AeStem, PskIdentity};
use onem2m_server::{Configuration, EndToEnd, Initiating, Registration};
use std::collections::BTreeMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The AE-ID-Stem of the AE where its key stands for none.
const STEM: &str = "S98899";
/// Nobody listens there.
const NOWHERE: &str = "elsewhere.invalid:443";

/// The registrars of the AE, by trigger; what cannot be told is left out, and the triggers show that.
pub fn registrations(configuration: &Configuration, told: &Told) -> Registrations {
    let name = known_peer(Fixture::CseCertificate, &told.peers.peers)
        .and_then(|(_, peer)| peer.names.first().map(PeerName::text));
    let base = Registration {
        authority: NOWHERE.to_owned(),
        name,
        transport: Transport::Tls,
        credential: ClientCredential::Nothing,
        trust: Trust::default(),
        stem: AeStem::parse(STEM).unwrap_or_else(|_| configuration.admin.clone()),
        base: configuration.cse_name.clone(),
    };
    let mut by_trigger = BTreeMap::new();
    let first = provisioned_key(Fixture::Ae1, &told.keys).and_then(|key| by_key(&base, key));
    let second = provisioned_key(Fixture::Ae2, &told.keys).and_then(|key| by_key(&base, key));
    if let Some(first) = first {
        let over_datagrams = Registration {
            transport: Transport::Dtls,
            ..first.clone()
        };
        by_trigger.insert(Trigger::RegisterPskDatagrams, vec![over_datagrams]);
        let all = [Some(first), second].into_iter().flatten().collect();
        by_trigger.insert(Trigger::RegisterPsk, all);
    }
    for (trigger, fixture) in [
        (Trigger::RegisterCertificate, Fixture::CseCertificate),
        (Trigger::RegisterRawKey, Fixture::RawKey),
    ] {
        if let Ok(registration) = by_certificate(&base, told, fixture) {
            by_trigger.insert(trigger, vec![registration]);
        }
    }
    Registrations {
        by_trigger,
        end_to_end: EndToEnd {
            initiating: initiating(told),
            ..as_read(&told.pixit)
        },
    }
}

fn by_key(base: &Registration, provisioned: &Provisioned) -> Option<Registration> {
    let identity = PskIdentity::parse(provisioned.identity.as_bytes()).ok()?;
    let key = PskKey::new(Zeroizing::new(provisioned.key.octets().to_vec())).ok()?;
    let stem = AeStem::parse(provisioned.entity.as_deref()?).ok()?;
    Some(Registration {
        credential: ClientCredential::Psk { identity, key },
        stem,
        ..base.clone()
    })
}

/// The AE as Initiating End-Point of ESCertKE, by its AE-ID certificate; none if it was told of no authority.
fn initiating(told: &Told) -> Option<Arc<Initiating>> {
    let uri = format!("https://{}/{STEM}", told.sp_domain);
    let chain = issued(&told.peers, "reference AE", GeneralName::Uri(uri)).ok()?;
    let key = chain.end.key.private_key_info().ok()?;
    Some(Arc::new(Initiating {
        certificate: OwnCertificate::from_der(&chain.sent, &key).ok()?,
        anchors: told.peers.anchors().ok()?,
    }))
}

/// By the AE-ID certificate of the AE, or by its raw public key where it expects one.
fn by_certificate(
    base: &Registration,
    told: &Told,
    fixture: Fixture,
) -> Result<Registration, Untold> {
    let (name, peer) = known_peer(fixture, &told.peers.peers).ok_or(Untold::Nameless)?;
    let domain = &told.sp_domain;
    let uri = GeneralName::Uri(format!("https://{domain}/{}", base.stem));
    let chain = issued(&told.peers, "reference AE", uri)?;
    let key = chain.end.key.private_key_info()?;
    let is_raw = fixture == Fixture::RawKey;
    let own = match is_raw {
        true => OwnCertificate::raw_public_key_from_der(&key)?,
        false => OwnCertificate::from_der(&chain.sent, &key)?,
    };
    let anchors = match is_raw {
        true => Vec::new(),
        false => told.peers.anchors()?,
    };
    Ok(Registration {
        credential: ClientCredential::Certificate(own),
        trust: Trust {
            anchors,
            peers: vec![TrustedPeer {
                expected: expected_peer(&told.peers, name, peer)?,
                allowed: Allowed::Unstated,
            }],
        },
        ..base.clone()
    })
}
