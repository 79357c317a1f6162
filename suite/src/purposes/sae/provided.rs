//! Credentials of the profile for actors that act within associations, where a purpose does not say which.

use super::fixture;
use super::holder::{Holder, of_peer};
use crate::catalogue::behaviour::identity_pattern;
use crate::profile::{Peer, Provisioned};
use crate::purposes::Facts;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::verdict::Reason;
use std::collections::BTreeSet;
use std::fmt;

/// Makes actors act within associations, each over a credential of the profile that stands for it alone. What an actor is
/// decides what stands for it, and keys come before certificates.
pub fn provide(world: &mut World<'_>, actors: &BTreeSet<String>) -> Result<(), Stop> {
    let taken = world.associated_identities();
    let mut free = candidates(world.facts());
    free.retain(|candidate| !taken.iter().any(|identity| identity == candidate.entity));
    let mut found = Vec::new();
    let mut wanting = Vec::new();
    for actor in actors {
        let nature = Nature::of(&identity_pattern(actor));
        match take(&mut free, nature) {
            Some(candidate) => found.push((actor, candidate)),
            None => wanting.push((actor, nature)),
        }
    }
    for (actor, nature) in wanting {
        let instead = nature.instead().and_then(|other| take(&mut free, other));
        found.push((
            actor,
            instead.ok_or_else(|| missing(actor, nature, actors))?,
        ));
    }
    for (actor, Candidate { entity, credential }) in found {
        let holder = match credential {
            Source::Key(key) => Holder::of(key, actor)?,
            Source::Peer(name, peer) => of_peer(world, name, peer, actor)?,
        };
        world.associate(actor, entity, holder.credential);
    }
    Ok(())
}

/// An entity with where its credential comes from.
struct Candidate<'f> {
    entity: &'f str,
    credential: Source<'f>,
}

enum Source<'f> {
    Key(&'f Provisioned),
    /// With its name in the profile.
    Peer(&'f str, &'f Peer),
}

/// All entities with a credential that stands for them alone, each once.
fn candidates(facts: &Facts) -> Vec<Candidate<'_>> {
    let keys = fixture::ordinary(&facts.provisioned, |_| true).filter_map(|key| {
        Some(Candidate {
            entity: key.entity.as_deref()?,
            credential: Source::Key(key),
        })
    });
    let peers = facts.known_peers.peers.iter().filter_map(|(name, peer)| {
        let [entity] = peer.entities.as_slice() else {
            return None;
        };
        Some(Candidate {
            entity,
            credential: Source::Peer(name, peer),
        })
    });
    let mut seen = BTreeSet::new();
    let all = keys.chain(peers);
    all.filter(|candidate| seen.insert(candidate.entity))
        .collect()
}

fn take<'f>(free: &mut Vec<Candidate<'f>>, nature: Nature) -> Option<Candidate<'f>> {
    let place = free
        .iter()
        .position(|candidate| Nature::of(candidate.entity) == nature)?;
    Some(free.remove(place))
}

fn missing(actor: &str, nature: Nature, actors: &BTreeSet<String>) -> Stop {
    let others = actors.iter().filter(|other| {
        other.as_str() != actor && Nature::of(&identity_pattern(other)).is_like(nature)
    });
    let number = match others.count() {
        0 => "no key or certificate",
        _ => "too few keys or certificates",
    };
    let detail = format!(
        "{number} of the profile for {nature} ({actor}); hint: provision the IUT with one more and name it in [credentials]"
    );
    Stop::inconclusive(actor, Reason::TestBed, detail)
}

/// What an entity is, by its identifier (TS-0001 V3.36.0, Table 7.2-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    RegistrarAe,
    ProviderAe,
    Cse,
    ForeignCse,
}

impl Nature {
    fn of(identity: &str) -> Self {
        match identity.starts_with("//") {
            true => Self::ForeignCse,
            false if identity.starts_with('/') => Self::Cse,
            false if identity.starts_with('S') => Self::ProviderAe,
            false => Self::RegistrarAe,
        }
    }

    /// What does as well, where there is no other: whoever assigned the stem of an AE, an association stands for it.
    fn instead(self) -> Option<Self> {
        (self == Self::RegistrarAe).then_some(Self::ProviderAe)
    }

    fn is_like(self, other: Self) -> bool {
        self == other || self.instead() == Some(other) || other.instead() == Some(self)
    }
}

impl fmt::Display for Nature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::RegistrarAe => "an AE",
            Self::ProviderAe => "an AE with a stem of the service provider (S…)",
            Self::Cse => "a CSE (/…)",
            Self::ForeignCse => "a CSE of another service provider (//…)",
        })
    }
}
