//! An MAF that does not authenticate itself (TS-0003 V3.18.0, 8.8.2.2).

use super::ground::Ground;
use super::server::{Maf, Script};
use crate::catalogue::behaviour::Role;
use crate::profile::{CertifiedMafForm, Peer, PeerFlavour, PeerName};
use crate::purposes::sae::certified::{Certified, Spoilt};
use crate::purposes::sae::client::refusal::fail;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::conduct::KeyChange;
use crate::tester::handshake::{Credential, ServerConduct};
use crate::tester::stand::Stand;
use crate::verdict::{Cause, Reason};
use serde_json::{Value, json};
use time::OffsetDateTime;

/// The octets of a key that is not Km.
const KEY: u16 = 32;

/// CSE/SAE/MAF/007.
pub async fn is_told_nothing(world: &mut World<'_>) -> Result<(), Stop> {
    let maf = Maf::by_key(world).await?;
    let certified = maf.served.by_certificate.as_ref();
    let wrong_key = Script {
        conduct: ServerConduct {
            key: KeyChange::Random(KEY),
            ..ServerConduct::default()
        },
        ..Script::default()
    };
    let ground = Ground::new(world, maf).await?;
    let judged = refused(world, &ground, &[("wrong-key", wrong_key)]).await;
    ground.end(world).await;
    judged?;
    let Some(form) = certified else {
        world.note("the profile states no served_maf.by_certificate".into());
        return Ok(());
    };
    let stand = Stand::MafByCertificate;
    let right = shown(world, form, None)?;
    let maf = Maf::open(world, stand, form.fqdn.clone(), right).await?;
    let other = json!({ "names": [{ "dns": format!("other-{}", form.fqdn) }] });
    let mut wrong = Vec::new();
    for (step, defect) in [
        ("untrusted-anchor", json!("untrusted_anchor")),
        ("copied-anchor", json!("copied_anchor")),
        ("self-signed", json!("self_signed")),
        ("other-name", other),
        (
            "name-in-the-subject",
            json!({ "common_name_only": form.fqdn }),
        ),
    ] {
        let shown = Some(shown(world, form, Some(&defect))?);
        wrong.push((
            step,
            Script {
                shown,
                ..Script::default()
            },
        ));
    }
    let ground = Ground::new(world, maf).await?;
    let judged = refused(world, &ground, &wrong).await;
    ground.end(world).await;
    judged
}

/// Each wrong MAF is told nothing, and opens no association; the right one still does.
async fn refused<'a>(
    world: &mut World<'a>,
    ground: &Ground<'a>,
    wrong: &[(&str, Script)],
) -> Result<(), Stop> {
    ground.register(world, &ground.holder).await?;
    ground.is_served(world, "twin", Role::Twin).await?;
    for (step, script) in wrong {
        let kc = ground.another(world, step)?;
        let holder = ground.holder_of(world, "AE1", &kc)?;
        let script = Script {
            replies: ground.giving(&kc).replies,
            ..script.clone()
        };
        let visits = ground.refuses(world, step, &holder, &script).await?;
        if visits.is_empty() {
            let detail = "the IUT opened no connection to the MAF";
            return Err(Stop::inconclusive(step, Reason::Precondition, detail));
        }
        for visit in &visits {
            let is_established = visit.end.as_ref().is_some_and(|end| end.is_established());
            let said = visit.seen.application_data > 0 || visit.seen.in_the_clear;
            if is_established || said || !visit.requests.is_empty() {
                let expected = "nothing but a handshake with a false MAF";
                let observed = match visit.requests.first() {
                    Some(request) => format!("{} {}", request.method, request.target),
                    None => "an association".to_owned(),
                };
                return Err(fail(step, Cause::Leak, expected, &observed));
            }
        }
    }
    ground.is_served(world, "read-back", Role::ReadBack).await
}

/// The FQDN certificate of the MAF (TS-0003 V3.18.0, 10.1.1.6), under an authority that the IUT trusts; with a defect, if there is one.
fn shown(
    world: &World<'_>,
    form: &CertifiedMafForm,
    defect: Option<&Value>,
) -> Result<Credential, Stop> {
    let known = &world.facts().known_peers;
    let like = known
        .peers
        .values()
        .find(|peer| peer.flavour == PeerFlavour::CseId && known.authority(peer).is_some());
    let missing = || {
        let detail =
            "no credentials.authority under which the tester issues the certificate of an MAF";
        Stop::inconclusive("served_maf", Reason::TestBed, detail)
    };
    let peer = Peer {
        names: vec![PeerName::domain(&form.fqdn)],
        permitted: vec![PeerName::domain(&form.fqdn)],
        entities: Vec::new(),
        ..like.ok_or_else(missing)?.clone()
    };
    let certified = Certified {
        name: "served MAF",
        peer: &peer,
        known,
    };
    let credential = match defect {
        None => certified.right(),
        Some(defect) => certified.spoilt(Spoilt {
            defect,
            another: None,
            now: Some(OffsetDateTime::UNIX_EPOCH),
            clock_skew: 0,
        }),
    };
    credential.map_err(|error| Stop::error("served_maf", error.to_string()))
}
