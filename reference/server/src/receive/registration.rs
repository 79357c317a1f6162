use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Request, ResponseStatusCode};

use super::carried::Outcome;
use super::create;
use super::desk::Desk;
use super::procedure::{Journey, Mode, Pass};
use super::requester::Wish;
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::tree::Tree;

/// The registration of an AE: the generic procedure without Recv-6.3 (TS-0004 V3.32.0, 7.4.5.2.1).
pub(super) fn register(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    wish: &Wish,
) -> Outcome {
    let parent = (desk.clauses.target)(&desk.scene(tree), request)?;
    let stem = stem(tree, wish)?;
    let originator = Entity::registered(stem.clone(), desk.home);
    let journey = Journey {
        originator: &originator,
        request,
        pass: Pass::First,
        mode: Mode::Blocking,
    };
    let mut draft = create::draft(desk, tree, &journey, &parent.id)?;
    check_app_id(&draft)?;
    draft.id = stem.to_string();
    draft.set("aei", stem.to_string());
    create::insert(desk, tree, request, &originator, draft)
}

/// The AE-ID-Stem that the AE gets: its own wish if nobody has it, else one that the CSE assigns
/// (TS-0001 V3.36.0, 10.2.2.2, step 004).
fn stem(tree: &mut Tree, wish: &Wish) -> Result<AeStem, Refusal> {
    match wish {
        Wish::Stem(stem) if tree.get(stem.as_str()).is_some() => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED,
            "an AE is registered with this AE-ID",
        )),
        Wish::Stem(stem) => Ok(stem.clone()),
        Wish::First(first) => AeStem::parse(&tree.assign_stem(*first))
            .map_err(|reason| Refusal::bad_request(format!("From: {reason}"))),
    }
}

/// An App-ID begins with its kind (TS-0004 V3.32.0, 7.4.5.2.1).
fn check_app_id(draft: &Resource) -> Result<(), Refusal> {
    match draft.text("api").and_then(|app_id| app_id.chars().next()) {
        Some('r' | 'R' | 'N') => Ok(()),
        _ => Err(Refusal::bad_request(
            "api: expected an App-ID that begins with r, R or N",
        )),
    }
}
