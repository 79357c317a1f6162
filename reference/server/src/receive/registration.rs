use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::admission::{self, Applicant};
use super::announcement;
use super::carried::{Carried, Outcome};
use super::create;
use super::desk::Desk;
use super::procedure::{Journey, Mode, Pass};
use super::requester::Wish;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;
use crate::tree::Tree;

/// Registers an AE.
pub(crate) type Register = fn(&Desk<'_>, &mut Tree, &Request, &Wish, Pass) -> Outcome;

/// Ends the registration of a removed `<AE>`.
pub(crate) type Deregister = fn(&mut Tree, &Resource, OffsetDateTime);

/// The registration of an AE: the generic procedure without Recv-6.3 (TS-0004 V3.32.0, 7.4.5.2.1).
///
/// The stem is checked and taken in one pass, so that of two AEs that want it at the same time one gets it. An MN-CSE asks
/// the IN-CSE for an S-type stem in a pass before.
pub(crate) fn register(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    wish: &Wish,
    _pass: Pass,
) -> Outcome {
    let request = &of_its_release(request);
    let applicant = Applicant::here(&desk.scene(tree), request, wish);
    let pattern = (desk.clauses.admission)(&desk.scene(tree), &applicant)?;
    let wish = &admission::within_rule(wish, pattern.as_deref());
    let parent = (desk.clauses.target)(&desk.scene(tree), request)?;
    let concerns_provider = (desk.clauses.concerns_provider)(&desk.scene(tree), wish);
    let stem = match &desk.arrival.announced {
        Some(answer) => (desk.clauses.provided)(&desk.scene(tree), wish, answer.as_ref())?,
        None => (desk.clauses.stem)(&desk.scene(tree), request, wish)?,
    };
    let originator = Entity::registered(stem.clone(), desk.home);
    let journey = Journey {
        originator: &originator,
        request,
        pass: Pass::First,
        mode: Mode::Blocking,
    };
    let mut draft = create::draft(desk, tree, &journey, &parent.id)?;
    if !(desk.clauses.app_id)(draft.text("api").unwrap_or_default()) {
        return Err(Refusal::bad_request(
            "api: expected an App-ID that begins with r, R or N",
        ));
    }
    if concerns_provider && desk.arrival.announced.is_none() {
        let notice = announcement::notice(&desk.scene(tree), wish, &draft);
        return notice
            .map(|notice| Carried::Announce(Box::new(notice)))
            .ok_or_else(|| Refusal::not_found("there is no IN-CSE"));
    }
    draft.id = stem.to_string();
    draft.set("aei", stem.to_string());
    if concerns_provider {
        tree.announce(stem.clone());
    }
    tree.enrol(stem, originator.clone());
    let carried = create::insert(desk, tree, request, &originator, draft)?;
    if let Some(associated) = &desk.arrival.peer.association {
        (desk.clauses.bind)(tree, associated, &originator);
        if let Some(credential) = &associated.credential {
            tree.note_credential(originator, credential.clone());
        }
    }
    Ok(carried)
}

/// supportedReleaseVersions came with release 2; an AE of release 1 that does not have it supports release 1
/// (TS-0001 V3.36.0, Table 9.6.5-2).
fn of_its_release(request: &Request) -> Request {
    let mut request = request.clone();
    let is_first_release = matches!(request.release_version.as_deref(), None | Some("1"));
    let attributes = request
        .content
        .as_mut()
        .and_then(|content| content.get_mut("m2m:ae"))
        .and_then(Value::as_object_mut)
        .filter(|_| is_first_release);
    if let Some(attributes) = attributes {
        attributes.entry("srv").or_insert_with(|| json!(["1"]));
    }
    request
}

/// The AE-ID-Stem that the AE gets: its own wish if nobody has it, else one that the CSE assigns
/// (TS-0001 V3.36.0, 10.2.2.2, step 004).
pub(crate) fn stem(scene: &Scene<'_>, request: &Request, wish: &Wish) -> Result<AeStem, Refusal> {
    match wish {
        Wish::Stem(stem) if scene.tree.get(stem.as_str()).is_some() => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED,
            "an AE is registered with this AE-ID",
        )),
        Wish::Stem(stem) => Ok(stem.clone()),
        Wish::First(first) => AeStem::parse(&(scene.clauses.assigned_stem)(scene, request, *first))
            .map_err(|reason| Refusal::bad_request(format!("From: {reason}"))),
    }
}

/// An AE-ID-Stem that nobody has (TS-0001 V3.36.0, 10.2.2.2, step 005c). It tells nothing about the AE, nor about the
/// stems that others got.
pub(crate) fn assigned_stem(scene: &Scene<'_>, _request: &Request, first: char) -> String {
    loop {
        // A keyed hash whose keys come from the operating system.
        let stem = format!("{first}{:016x}", RandomState::new().hash_one(first));
        if scene.tree.get(&stem).is_none() {
            return stem;
        }
    }
}

/// An App-ID begins with its kind, and its kind is all that is checked: the formats behind R and r are recommendations
/// (TS-0004 V3.32.0, 7.4.5.2.1, and TS-0001 V3.36.0, Table 7.2-1).
pub(crate) fn app_id(text: &str) -> bool {
    text.starts_with(['r', 'R', 'N'])
}

/// An entity that is deregistered, or whose `<AE>` or `<remoteCSE>` has expired, is not registered any more.
pub(crate) fn deregister(tree: &mut Tree, removed: &Resource, _now: OffsetDateTime) {
    match removed.kind {
        Kind::ApplicationEntity => {
            if let Ok(stem) = AeStem::parse(&removed.id) {
                tree.strike(&stem);
                tree.release(&removed.creator);
            }
        }
        Kind::RemoteCse => tree.release(&removed.creator),
        _ => {}
    }
}
