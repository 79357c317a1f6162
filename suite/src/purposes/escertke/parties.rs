//! Who takes part: initiators that the IUT was told of, and others.

use crate::profile::{Peer, PeerFlavour};
use crate::purposes::Facts;
use crate::purposes::esprim::fixture::steps;
use crate::purposes::sae::of_peer;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Credential;
use crate::verdict::Reason;
use serde_json::{Map, json};

/// The initiator of most exchanges.
pub const INITIATOR: &str = "AE1";
/// An AE that the IUT knows, and was not told of as an initiator.
pub const OTHER: &str = "AE2";

/// The credentials of both.
pub struct Parties {
    /// That of the initiator.
    pub initiator: Credential,
    /// By which name the profile has it.
    pub name: String,
    /// Whom it stands for.
    pub entity: String,
    /// That of the other AE.
    pub other: Credential,
}

/// Makes both act over their credentials, registers them, and makes a container in which the initiator has all rights.
pub async fn ready(world: &mut World<'_>) -> Result<Parties, Stop> {
    let set = world.credential_set();
    let (name, first) = found(world, "an AE that initiates", set, initiates)?;
    let (other_name, second) = found(world, "an AE that does not initiate", set, only_asks)?;
    let initiator = of_peer(world, name, first, INITIATOR)?;
    let other = of_peer(world, other_name, second, OTHER)?;
    for holder in [&initiator, &other] {
        let entity = holder.identity("credential")?.to_owned();
        world.associate(&holder.actor, &entity, holder.credential.clone());
        world.register(&holder.actor, &Map::new()).await?;
    }
    let entity = initiator.identity("credential")?.to_owned();
    let given = [
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["CtpA1", "CtpA2", "{ADM}"], "acop": 63}]}),
        json!({"create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"]}}),
    ];
    steps(world, &given).await?;
    Ok(Parties {
        initiator: initiator.credential,
        name: name.to_owned(),
        entity,
        other: other.credential,
    })
}

/// Whether the profile has both of a set, for entities that no other credential stands for.
pub fn has_set(facts: &Facts, number: usize) -> bool {
    let peers = || facts.known_peers.peers.values();
    let holders = |entity: &String| {
        let peers = peers().filter(|peer| peer.entities.contains(entity));
        let keys = facts.provisioned.iter();
        let keys = keys.filter(|key| key.entity.as_ref() == Some(entity));
        peers.count() + keys.count()
    };
    let is_alone = |is_right: fn(&Peer) -> bool| {
        let peer = peers().filter(|peer| is_right(peer)).nth(number);
        peer.is_some_and(|peer| peer.entities.iter().all(|entity| holders(entity) == 1))
    };
    is_alone(initiates) && is_alone(only_asks)
}

fn is_ae(peer: &Peer) -> bool {
    peer.flavour == PeerFlavour::AeId && !peer.entities.is_empty()
}

fn initiates(peer: &Peer) -> bool {
    is_ae(peer) && peer.initiates
}

fn only_asks(peer: &Peer) -> bool {
    is_ae(peer) && !peer.initiates
}

/// The credential of a raw public key that initiates: one that stands for an entity, or one that stands for none.
pub fn raw_key(world: &World<'_>, is_bound: bool) -> Result<(Credential, Vec<String>), Stop> {
    let (name, peer) = found(world, "a raw public key that initiates", 0, |peer| {
        peer.flavour == PeerFlavour::RawKey
            && peer.identifier_form.is_none()
            && peer.initiates
            && peer.entities.is_empty() != is_bound
    })?;
    let holder = of_peer(world, name, peer, "AE3")?;
    Ok((holder.credential, holder.entities))
}

fn found<'a>(
    world: &World<'a>,
    what: &str,
    place: usize,
    is_right: impl Fn(&Peer) -> bool,
) -> Result<(&'a str, &'a Peer), Stop> {
    let peers = world.facts().known_peers.peers.iter();
    let found = peers.filter(|(_, peer)| is_right(peer)).nth(place);
    let (name, peer) = found.ok_or_else(|| {
        let detail = format!(
            "no peer of the profile is {what}; hint: tell the IUT of one and name it in [credentials.peer], with initiates = true if it may initiate"
        );
        Stop::inconclusive("credential", Reason::TestBed, detail)
    })?;
    Ok((name, peer))
}
