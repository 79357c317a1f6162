//! The Credential-ID that an MN-CSE tells its IN-CSE when an AE registers (TS-0004 V3.32.0, 7.4.5.2.1; TS-0001 V3.36.0,
//! 10.2.2.2).

use super::holder::{Holder, holder};
use crate::catalogue::behaviour::{Fixture, InboundOperation, Role, ScriptedAnswer};
use crate::profile::PeerFlavour;
use crate::purposes::answer::Answer;
use crate::purposes::assigned_stem;
use crate::purposes::representation;
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::handshake::Credential;
use crate::tester::link::Inbound;
use crate::verdict::{Cause, Reason};
use onem2m_identity::CredentialType;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Map, Value, json};

/// From of an AE that has no AE-ID yet, and wants one of the service provider (TS-0001 V3.36.0, 10.2.2.2).
const ASKING: &str = "S";

/// What stands before a Credential-ID in labels (TS-0001 V3.36.0, 10.2.2.2).
const LABEL: &str = "Credential-ID:";

/// `<AEAnnc>` (TS-0004 V3.32.0, 6.3.4.2.1).
const ANNOUNCED_APPLICATION: u32 = 10002;

/// A kind of credential for which the IUT was told no entity.
struct Kind {
    fixture: Fixture,
    number: CredentialType,
    claim: &'static str,
}

const KEY: Kind = Kind {
    fixture: Fixture::Unbound,
    number: CredentialType::AssociationKey,
    claim: "PICS_SAE_PSK",
};
const RAW_PUBLIC_KEY: Kind = Kind {
    fixture: Fixture::UnboundRawKey,
    number: CredentialType::RawPublicKey,
    claim: "PICS_SAE_RPK",
};
const DEVICE: Kind = Kind {
    fixture: Fixture::UnboundDevice,
    number: CredentialType::DeviceCertificate,
    claim: "PICS_CERT_DEVICE",
};
const NODE: Kind = Kind {
    fixture: Fixture::UnboundNode,
    number: CredentialType::NodeCertificate,
    claim: "PICS_CERT_NODEID",
};

/// CSE/SAE/PSK/048: that of a provisioned key; and the AE goes by the AE-ID that the IN-CSE gave it, and by no other.
pub async fn of_a_key(world: &mut World<'_>) -> Result<(), Stop> {
    let other = holder(world, Fixture::Ae1)?;
    let stem = other.identity("credential")?.to_owned();
    world.associate(&other.actor, &stem, other.credential.clone());
    provide(world, "register AE1", &stem).await?;
    world.register(&other.actor, &Map::new()).await?;
    drain(world, "register AE1").await?;
    let actor = of(world, "request", &KEY).await?;
    let request = Request::retrieve(world.find("other", &actor)?);
    let step = "as-another";
    let answer = world
        .send(&actor, step, Role::Stimulus, request, Some(&stem), &[])
        .await?;
    let refused = ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED;
    match answer.code() == Some(refused.number()) {
        true => Ok(()),
        false => Err(decided(step, &refused.to_string(), &answer)),
    }
}

/// CSE/SAE/CERT/008: that of a device certificate.
pub async fn of_a_device(world: &mut World<'_>) -> Result<(), Stop> {
    of(world, "request", &DEVICE).await.map(|_| ())
}

/// CSE/SAE/CERT/011: that of a Node-ID certificate.
pub async fn of_a_node(world: &mut World<'_>) -> Result<(), Stop> {
    of(world, "request", &NODE).await.map(|_| ())
}

/// CSE/SAE/RPK/012: that of a raw public key.
pub async fn of_a_raw_public_key(world: &mut World<'_>) -> Result<(), Stop> {
    of(world, "request", &RAW_PUBLIC_KEY).await.map(|_| ())
}

/// CSE/ID/CRED/001: that of each kind which the IUT claims.
pub async fn of_each_kind(world: &mut World<'_>) -> Result<(), Stop> {
    for kind in [KEY, RAW_PUBLIC_KEY, DEVICE, NODE] {
        if world.facts().claims(kind.claim) {
            let step = format!("type-{}", kind.number.number());
            of(world, &step, &kind).await?;
        }
    }
    if world.facts().claims("PICS_CERT_AEID") {
        note_of_an_ae_certificate(world).await?;
    }
    Ok(())
}

/// Registers over a credential and looks at what the IN-CSE is told of it; the actor.
async fn of(world: &mut World<'_>, step: &str, kind: &Kind) -> Result<String, Stop> {
    let holder = holder(world, kind.fixture)?;
    let labels = labels(world, step, &holder).await?;
    match_label(world, &format!("{step}: announced"), &labels, kind, &holder)?;
    is_served(world, step, &holder).await?;
    Ok(holder.actor)
}

/// CSE/SAE/MAF/012: that of the key at the MAF, which is what the MAF names (TS-0003 V3.18.0, 8.2.2.3). The table of
/// Credential-IDs has the Key Identifier instead, of another type (12.3.2.1).
pub async fn of_a_key_of_an_maf(
    world: &mut World<'_>,
    step: &str,
    holder: &Holder,
    km_id: &str,
    key_identifier: &str,
) -> Result<(), Stop> {
    let labels = labels(world, step, holder).await?;
    let (named, listed) = (CredentialType::MafKey, CredentialType::AssociationKey);
    let expected = format!("{LABEL}{}-{km_id}", named.number());
    let other = format!("{LABEL}{}-{key_identifier}", listed.number());
    let found = labels.iter().filter(|label| label.starts_with(LABEL));
    match found.collect::<Vec<_>>().as_slice() {
        [one] if **one == expected => {}
        [one] if **one == other => world.note(format!("{step}: {other}")),
        _ => {
            let step = format!("{step}: announced");
            return Err(told(&step, &expected, &labels.join(", ")));
        }
    }
    is_served(world, step, holder).await
}

/// Registers over a credential; the labels that the IN-CSE is told of.
async fn labels(world: &mut World<'_>, step: &str, holder: &Holder) -> Result<Vec<String>, Stop> {
    let actor = holder.actor.clone();
    world.entrust(&actor, holder.credential.clone());
    let stem = world.name(&format!("StpA{}", actor.trim_start_matches("AE")));
    provide(world, step, &stem).await?;
    let (answer, path) = ask(world, step, &actor).await?;
    if !answer.succeeded() {
        return Err(decided(step, "2001 CREATED for the registration", &answer));
    }
    world.enrol(&actor, step, path, &answer)?;
    let assigned = assigned_stem::stem(&answer, ASKING)
        .map_err(|finding| Stop::mismatch(step, Role::Stimulus, finding, &answer))?;
    if assigned != stem {
        let expected = format!("the AE-ID-Stem of the IN-CSE, {stem:?}");
        let finding = Finding::new(Cause::WrongDecision, expected, format!("{assigned:?}"));
        return Err(Stop::mismatch(step, Role::Stimulus, finding, &answer));
    }
    world.assign(&actor, &stem);
    announcement(world, &format!("{step}: announced")).await
}

/// Who registered is served within an association.
async fn is_served(world: &World<'_>, step: &str, holder: &Holder) -> Result<(), Stop> {
    let own = format!("{step}: retrieve");
    let actor = &holder.actor;
    let request = Request::retrieve(world.find(&own, actor)?);
    let answer = world
        .send(actor, &own, Role::ReadBack, request, None, &[])
        .await?;
    match answer.succeeded() {
        true => Ok(()),
        false => Err(unserved(&own, &answer)),
    }
}

/// An AE-ID certificate fixes the AE-ID, so the IUT may refuse who asks for one.
async fn note_of_an_ae_certificate(world: &mut World<'_>) -> Result<(), Stop> {
    let step = "type-33";
    let holder = holder(world, Fixture::AeCertificate)?;
    let stem = holder.identity(step)?.to_owned();
    world.associate(&holder.actor, &stem, holder.credential.clone());
    provide(world, step, &stem).await?;
    let (answer, path) = ask(world, step, &holder.actor).await?;
    if !answer.succeeded() {
        world.note(format!("{step}: {answer}"));
        return Ok(());
    }
    world.enrol(&holder.actor, step, path, &answer)?;
    match announcement(world, "type-33: announced").await {
        Ok(labels) => world.note(format!("{step}: {}", labels.join(", "))),
        Err(_) => world.note(format!("{step}: nothing is announced")),
    }
    Ok(())
}

/// From here on the IN-CSE gives this stem to whoever is announced.
async fn provide(world: &mut World<'_>, step: &str, stem: &str) -> Result<(), Stop> {
    let base = format!("{}/base", in_cse(world, step)?);
    let content = json!({"m2m:aeA": {
        "ri": stem,
        "rn": stem,
        "ty": ANNOUNCED_APPLICATION,
        "pi": "base",
        "lnk": format!("/{}/{stem}", world.facts().cse_id),
        "et": "20991231T235959",
    }});
    let answer = ScriptedAnswer {
        operation: InboundOperation::Create,
        to: base,
        code: ResponseStatusCode::CREATED.number(),
        content: Some(content),
        silent: false,
        held: false,
    };
    world.script(step, "IN1", &[answer]).await
}

/// Registers with From S; where the `<AE>` is.
async fn ask(world: &mut World<'_>, step: &str, actor: &str) -> Result<(Answer, String), Stop> {
    let (request, path) = world.registration(actor, step, &Map::new()).await?;
    let answer = world
        .send(actor, step, Role::Stimulus, request, Some(ASKING), &[])
        .await?;
    Ok((answer, path))
}

/// The labels of the next `<AEAnnc>` of an AE that asked for an AE-ID.
async fn announcement(world: &World<'_>, step: &str) -> Result<Vec<String>, Stop> {
    let Some(request) = arrived(world, step).await? else {
        return Err(told(step, "the Create of an <AEAnnc>", "nothing"));
    };
    let from = format!("/{}/{ASKING}", world.facts().cse_id);
    if request.from() != Some(&from) {
        let observed = format!("From {}", request.from().unwrap_or("absent"));
        return Err(told(step, &format!("From {from}"), &observed));
    }
    let content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
    if content.get("m2m:aeA").is_none() {
        return Err(told(step, "an <AEAnnc>", &content.to_string()));
    }
    let labels = representation::anywhere(&content, "lbl").and_then(Value::as_array);
    let labels = labels.into_iter().flatten().filter_map(Value::as_str);
    Ok(labels.map(str::to_owned).collect())
}

/// The next Create that arrives at the IN-CSE.
async fn arrived(world: &World<'_>, step: &str) -> Result<Option<Inbound>, Stop> {
    let entity = in_cse(world, step)?;
    let patience = world.facts().arrival();
    loop {
        let request = world
            .recorder()
            .inbound(&entity, step, Role::ReadBack, patience)
            .await
            .map_err(|error| Stop::link(step, &error))?;
        match request {
            Some(request) if request.operation() != Some(InboundOperation::Create) => {}
            other => return Ok(other),
        }
    }
}

/// Takes what an AE with an AE-ID may have been announced with: nobody judges it.
async fn drain(world: &World<'_>, step: &str) -> Result<(), Stop> {
    let entity = in_cse(world, step)?;
    let patience = world.facts().patience;
    let recorder = world.recorder();
    while recorder
        .inbound(&entity, step, Role::SetUp, patience)
        .await
        .map_err(|error| Stop::link(step, &error))?
        .is_some()
    {}
    Ok(())
}

fn in_cse(world: &World<'_>, step: &str) -> Result<String, Stop> {
    world
        .identity("IN1")
        .map_err(|unfilled| Stop::unfilled(step, &unfilled))
}

/// One Credential-ID, and that of the credential.
fn match_label(
    world: &mut World<'_>,
    step: &str,
    labels: &[String],
    kind: &Kind,
    holder: &Holder,
) -> Result<(), Stop> {
    let found: Vec<&str> = labels
        .iter()
        .filter_map(|label| label.strip_prefix(LABEL))
        .collect();
    let number = format!("{}-", kind.number.number());
    let value = value(world, step, kind, holder)?;
    let expected = format!("{LABEL}{number}{value}");
    let observed = || told(step, &expected, &labels.join(", "));
    let [credential] = found.as_slice() else {
        return Err(observed());
    };
    let got = credential.strip_prefix(&number).ok_or_else(observed)?;
    match kind.fixture {
        // 10.4 has letters, digits and . _ - @ in a value, and the identifier of a key has other characters too.
        Fixture::UnboundRawKey if got.contains(digest(&value)) => {
            world.note(format!("{step}: {credential}"));
            Ok(())
        }
        _ if got == value => Ok(()),
        _ => Err(observed()),
    }
}

/// What stands behind the type in a Credential-ID (TS-0003 V3.18.0, Table 12.3.2.1-1).
fn value(world: &World<'_>, step: &str, kind: &Kind, holder: &Holder) -> Result<String, Stop> {
    if let Some(identity) = holder.credential.identity() {
        return Ok(String::from_utf8_lossy(identity).into_owned());
    }
    let facts = world.facts();
    let flavour = match kind.fixture {
        Fixture::UnboundDevice => PeerFlavour::Device,
        Fixture::UnboundNode => PeerFlavour::NodeId,
        _ => PeerFlavour::RawKey,
    };
    let peer = super::peer_fixture::find(kind.fixture, &facts.known_peers.peers);
    let missing = || Stop::inconclusive(step, Reason::Precondition, "the holder has no name");
    let (_, peer) = peer.ok_or_else(missing)?;
    if let (
        PeerFlavour::RawKey,
        Credential::RawPublicKey {
            subject_public_key_info,
            ..
        },
    ) = (flavour, &holder.credential)
    {
        return peer
            .identifier(subject_public_key_info)
            .map_err(|error| Stop::error(step, error.to_string()));
    }
    let name = peer.names.first().ok_or_else(missing)?;
    let arcs = name
        .type_id()
        .map(|type_id| format!("{type_id}.{}", name.text()));
    let form = facts.pixit.get("PIXIT_HWID_TEXT_FORM").map(String::as_str);
    Ok(match (arcs, form) {
        (Some(arcs), Some("urn")) => format!("urn:oid:{arcs}"),
        (Some(arcs), _) => arcs,
        (None, _) => name.text(),
    })
}

/// The digest in a public key identifier.
fn digest(identifier: &str) -> &str {
    identifier.rsplit(';').next().unwrap_or(identifier)
}

fn told(step: &str, expected: &str, observed: &str) -> Stop {
    let finding = Finding::new(Cause::SideEffect, expected, observed);
    Stop::arrived(step, Role::ReadBack, finding)
}

fn decided(step: &str, expected: &str, answer: &Answer) -> Stop {
    super::outcome::unserved(step, Role::Stimulus, expected, answer)
}

fn unserved(step: &str, answer: &Answer) -> Stop {
    super::outcome::unserved(
        step,
        Role::ReadBack,
        "success within the association",
        answer,
    )
}
