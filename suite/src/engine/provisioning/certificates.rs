//! The own certificate, trust anchors and trusted peers.

use crate::profile::{KnownPeers, Peer, PeerFlavour, PeerName};
use crate::tester::certificate::{
    CertificateError, CertificateOrder, Chain, ChainOrder, GeneralName, PointForm, Validity,
};
use crate::tester::reference_keys::named;
use onem2m_association::{
    Allowed, ConfigurationError, Expected, OwnCertificate, Trust, TrustedPeer,
};
use onem2m_identity::{
    AeUri, Entity, HardwareId, Home, IdentityError, NodeId, PublicDomainName, PublicKeyId,
};
use onem2m_server::Configuration;
use thiserror::Error;

/// From what the key of the reference is drawn, beside the seed.
const LABEL: &str = "reference";

/// Why the reference cannot be told something.
#[derive(Debug, Error)]
pub enum Untold {
    /// The profile has no authority that the tester makes.
    #[error("expected an authority with a seed, got none")]
    NoAuthority,
    /// A name is none of its flavour.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A certificate or a key cannot be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The reference refuses it.
    #[error(transparent)]
    Refused(#[from] ConfigurationError),
    /// A peer has no name, or no key.
    #[error("expected a name or a key of the peer, got none")]
    Nameless,
}

/// The CSE-ID certificate of the reference, under an authority of the profile: it is valid as long as that, on a clock of
/// whatever year. Peers that take no certificate are shown its key.
pub fn own(configuration: &Configuration, peers: &KnownPeers) -> Result<OwnCertificate, Untold> {
    let name = PublicDomainName::of_infrastructure(&configuration.cse_id, &configuration.sp)?;
    let name = GeneralName::Dns(name.domain_name().as_str().to_owned());
    let chain = issued(peers, LABEL, name)?;
    let key = chain.end.key.private_key_info()?;
    Ok(OwnCertificate::from_der(&chain.sent, &key)?.or_raw_public_key())
}

/// A chain of a part of the reference for a name, under an authority of the profile.
pub fn issued(peers: &KnownPeers, label: &str, name: GeneralName) -> Result<Chain, Untold> {
    let seed = peers.seeds().next().ok_or(Untold::NoAuthority)?;
    let validity = Validity::of_authority();
    let mut end = CertificateOrder::end(label, vec![name.clone()], validity.not_before);
    end.validity = validity;
    let order = match name {
        GeneralName::Uri(_) => ChainOrder::unconstrained(end, validity.not_before),
        name => ChainOrder::constrained(end, vec![name], validity.not_before),
    };
    Ok(order.issue(seed)?)
}

/// Whom the reference trusts, of those of a kind.
pub fn trust(peers: &KnownPeers, home: &Home, is_meant: impl Fn(&Peer) -> bool) -> Trust {
    let meant = peers.peers.iter().filter(|(_, peer)| is_meant(peer));
    let trusted = meant.filter_map(|(name, peer)| {
        let expected = expected_peer(peers, name, peer).ok()?;
        let allowed = allowed(peer, home).ok()?;
        Some(TrustedPeer { expected, allowed })
    });
    Trust {
        anchors: peers.anchors().unwrap_or_default(),
        peers: trusted.collect(),
    }
}

/// The flavour and the name that a peer has to show.
pub fn expected_peer(peers: &KnownPeers, name: &str, peer: &Peer) -> Result<Expected, Untold> {
    let first = peer.names.first();
    let text = || first.map(PeerName::text).ok_or(Untold::Nameless);
    Ok(match peer.flavour {
        PeerFlavour::CseId => Expected::CseId(PublicDomainName::parse(&text()?)?),
        PeerFlavour::AeId => Expected::AeId(AeUri::parse(&text()?)?),
        PeerFlavour::Device => Expected::Device(HardwareId::parse(&whole(first)?)?),
        PeerFlavour::NodeId => Expected::NodeId(NodeId::parse(&whole(first)?)?),
        PeerFlavour::RawKey => {
            let key = peers.raw_key(name)?.ok_or(Untold::Nameless)?;
            let information = key.subject_public_key_info(PointForm::Uncompressed)?;
            Expected::RawPublicKey(PublicKeyId::parse(&peer.identifier(&information)?)?)
        }
    })
}

/// A name with the type that it goes on behind.
fn whole(name: Option<&PeerName>) -> Result<String, Untold> {
    let name = name.ok_or(Untold::Nameless)?;
    Ok(match name.type_id() {
        Some(type_id) => format!("{type_id}.{}", name.text()),
        None => name.text(),
    })
}

fn allowed(peer: &Peer, home: &Home) -> Result<Allowed, IdentityError> {
    let entities = peer.entities.iter().map(|text| named(text, home));
    let entities: Vec<Entity> = entities.collect::<Result<_, _>>()?;
    Ok(match entities.as_slice() {
        [] => Allowed::Unstated,
        [one] => Allowed::Entity(one.clone()),
        _ => Allowed::Applications(entities),
    })
}
