//! Who holds a credential, and by which name the steps know it.

use super::certified::{Certified, CertifiedError, Spoilt};
use super::{fixture, peer_fixture};
use crate::catalogue::behaviour::Fixture;
use crate::profile::{Peer, Provisioned};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::Credential;
use crate::verdict::Reason;
use onem2m_keys::Psk;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A credential with the actor that holds it.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The actor.
    pub actor: String,
    /// The AE-ID-Stems or the CSE-ID that the IUT was told; none where it was told nothing.
    pub entities: Vec<String>,
    /// The credential.
    pub credential: Credential,
}

impl Holder {
    /// The first one that the IUT was told.
    pub fn entity(&self) -> Option<&String> {
        self.entities.first()
    }

    /// Whoever holds a provisioned key.
    pub fn of(provisioned: &Provisioned, actor: &str) -> Result<Self, Stop> {
        let Provisioned {
            name,
            identity,
            key,
            entity,
        } = provisioned;
        let key = Psk::new(key.octets())
            .map_err(|error| Stop::error("credential", format!("{name}: {error}")))?;
        Ok(Self {
            actor: actor.to_owned(),
            entities: entity.iter().cloned().collect(),
            credential: Credential::psk(identity.as_bytes(), key),
        })
    }

    /// An actor that acts within associations over a credential of the profile.
    pub fn acting(world: &World<'_>, actor: &str) -> Result<Self, Stop> {
        let missing = || Stop::error("credential", format!("{actor} holds no credential"));
        let credential = world.credential(actor).cloned().ok_or_else(missing)?;
        let identity = world.identity(actor);
        Ok(Self {
            actor: actor.to_owned(),
            entities: identity.into_iter().collect(),
            credential,
        })
    }

    /// The bits of its key, if they are fewer than the cipher suites of TS-0003 V3.18.0, 10.2.2 have.
    pub fn weak_bits(&self) -> Option<usize> {
        let bits = self.credential.key()?.len() * 8;
        (bits < 128).then_some(bits)
    }

    /// The identity that it has in From; the IUT was told it.
    pub fn identity(&self, step: &str) -> Result<&str, Stop> {
        let missing = || Stop::error(step, format!("{} stands for nobody", self.actor));
        self.entity().map(String::as_str).ok_or_else(missing)
    }
}

/// Makes actors act within associations over credentials of the profile. Those who share one are its entities, in order.
pub fn associate(
    world: &mut World<'_>,
    associated: &BTreeMap<String, Fixture>,
) -> Result<(), Stop> {
    let mut taken: BTreeMap<Fixture, usize> = BTreeMap::new();
    for (actor, fixture) in associated {
        let holder = holder(world, *fixture)?;
        let place = taken.entry(*fixture).or_default();
        match holder.entities.get(*place) {
            Some(entity) => world.associate(actor, entity, holder.credential),
            // Nobody was told whom it stands for.
            None if holder.entities.is_empty() => world.entrust(actor, holder.credential),
            None => {
                let detail = format!(
                    "{fixture} stands for {} entities; hint: tell the IUT of more and name them in [credentials]",
                    holder.entities.len()
                );
                return Err(Stop::inconclusive(actor, Reason::TestBed, detail));
            }
        }
        *place += 1;
    }
    Ok(())
}

/// The holder of a credential of the profile.
pub fn holder(world: &World<'_>, fixture: Fixture) -> Result<Holder, Stop> {
    let known = &world.facts().known_peers;
    if let Some((name, peer)) = peer_fixture::find(fixture, &known.peers) {
        return of_peer(world, name, peer, actor(fixture));
    }
    let found = fixture::find(fixture, &world.facts().provisioned);
    let Some(provisioned) = found else {
        let detail = format!(
            "no credential of the profile is {fixture}; hint: provision the IUT with one and name it in [credentials]"
        );
        return Err(Stop::inconclusive("credential", Reason::TestBed, detail));
    };
    Holder::of(provisioned, actor(fixture))
}

/// Whoever shows the right credential of a peer.
pub fn of_peer(world: &World<'_>, name: &str, peer: &Peer, actor: &str) -> Result<Holder, Stop> {
    let known = &world.facts().known_peers;
    let credential = Certified { name, peer, known }
        .right()
        .map_err(|error| Stop::error("credential", format!("{name}: {error}")))?;
    is_told_otherwise(peer, &credential)?;
    Ok(Holder {
        actor: actor.to_owned(),
        entities: peer.entities.clone(),
        credential,
    })
}

/// A form that changes nothing of an identifier shows nothing.
fn is_told_otherwise(peer: &Peer, credential: &Credential) -> Result<(), Stop> {
    let Credential::RawPublicKey {
        subject_public_key_info,
        ..
    } = credential
    else {
        return Ok(());
    };
    let usual = Peer {
        identifier_form: None,
        ..peer.clone()
    };
    let same =
        peer.identifier(subject_public_key_info) == usual.identifier(subject_public_key_info);
    match peer.identifier_form {
        Some(form) if same => {
            let detail = format!(
                "the identifier of the key is the same as {form:?}; hint: take a key whose digest has - or _ in it"
            );
            Err(Stop::inconclusive(
                "credential",
                Reason::Precondition,
                detail,
            ))
        }
        _ => Ok(()),
    }
}

/// The holder of a credential of the profile, once it has registered over it.
pub async fn registered(world: &mut World<'_>, fixture: Fixture) -> Result<Holder, Stop> {
    let holder = holder(world, fixture)?;
    let entity = holder.identity("credential")?.to_owned();
    world.associate(&holder.actor, &entity, holder.credential.clone());
    world.register(&holder.actor, &Map::new()).await?;
    Ok(holder)
}

/// The credential of a holder with a defect; `another` is that which `{another}` means.
pub fn spoilt(
    world: &mut World<'_>,
    step: &str,
    fixture: Fixture,
    defect: &Value,
    another: Option<Fixture>,
) -> Result<Credential, Stop> {
    let Some(found) = certified(world, fixture) else {
        return Err(Stop::error(step, format!("{fixture} can have no defect")));
    };
    let another = another.and_then(|another| certified(world, another));
    spoilt_of(world, step, found, defect, another)
}

/// The credential of a peer with a defect.
pub fn spoilt_peer(
    world: &mut World<'_>,
    step: &str,
    name: &str,
    defect: &Value,
) -> Result<Credential, Stop> {
    let known = &world.facts().known_peers;
    let missing = || Stop::error(step, format!("no peer {name}"));
    let (name, peer) = known.peers.get_key_value(name).ok_or_else(missing)?;
    spoilt_of(world, step, Certified { name, peer, known }, defect, None)
}

fn spoilt_of(
    world: &mut World<'_>,
    step: &str,
    found: Certified<'_>,
    defect: &Value,
    another: Option<Certified<'_>>,
) -> Result<Credential, Stop> {
    let now = world.now(step).ok();
    let clock_skew = world.facts().seconds("PIXIT_CLOCK_SKEW");
    let spoilt = Spoilt {
        defect,
        another: another.map(|another| another.peer),
        now,
        clock_skew: clock_skew.try_into().unwrap_or(u32::MAX),
    };
    found.spoilt(spoilt).map_err(|error| match error {
        CertifiedError::NoClock => {
            Stop::inconclusive(step, Reason::Precondition, error.to_string())
        }
        error => Stop::error(step, error.to_string()),
    })
}

fn certified<'a>(world: &World<'a>, fixture: Fixture) -> Option<Certified<'a>> {
    let known = &world.facts().known_peers;
    let (name, peer) = peer_fixture::find(fixture, &known.peers)?;
    Some(Certified { name, peer, known })
}

/// AE9 is the entity that nothing concerns.
fn actor(fixture: Fixture) -> &'static str {
    match fixture {
        Fixture::Ae1 | Fixture::AeCertificate | Fixture::AnyCertificate => "AE1",
        Fixture::Ae2 | Fixture::SecondAeCertificate => "AE2",
        Fixture::Cse1 | Fixture::CseCertificate => "CSE2",
        Fixture::Cse2 => "CSE3",
        Fixture::DeviceCertificate | Fixture::RawKey => "AE3",
        Fixture::NodeCertificate | Fixture::UnboundNodeCertificate | Fixture::ShorterRawKey => {
            "AE4"
        }
        Fixture::OtherCase | Fixture::OtherIssuer | Fixture::ShortestRawKey => "AE5",
        Fixture::ShortKey | Fixture::LongKey | Fixture::ZeroKey | Fixture::TooShortRawKey => "AE6",
        Fixture::LongestIdentity => "AE7",
        Fixture::Unbound => "AE8",
        Fixture::UnboundFirst
        | Fixture::UnboundTail
        | Fixture::UnboundNumber
        | Fixture::UnboundOtherCase
        | Fixture::AeLonger => "AE7",
        Fixture::UnboundDevice | Fixture::LocatedRawKey => "AE5",
        Fixture::UnboundNode => "AE6",
        Fixture::UnboundRawKey
        | Fixture::PaddedRawKey
        | Fixture::OtherAlphabetRawKey
        | Fixture::CutRawKey => "AE7",
    }
}
