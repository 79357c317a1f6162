use onem2m_access::Decision;
use onem2m_identity::Entity;
use onem2m_primitive::Request;

use super::opening::Opened;
use super::rejection::Rejection;
use crate::authorize::{self, Attempt};
use crate::refusal::Refusal;
use crate::scene::Scene;

/// Lets a request go on only if every token that it brings holds, wherever it would lead without (TS-0003 V3.18.0, 7.3.2.3,
/// step 7.1.4).
pub(crate) fn check(
    scene: &Scene<'_>,
    request: &Request,
    originator: &Entity,
) -> Result<(), Refusal> {
    let clauses = &scene.clauses.tokens;
    let got = request.tokens.len();
    let judged = match got {
        0 => return Ok(()),
        _ if got > clauses.most => Err(Rejection::TooMany {
            expected: clauses.most,
            got,
        }),
        _ => (clauses.judged)(scene, opened(scene, request), originator),
    };
    judged.map_err(|rejection| (clauses.refusal)(&rejection))
}

/// All of them are of this originator, for this CSE, and valid now.
pub(super) fn judged(
    scene: &Scene<'_>,
    tokens: &[Result<Opened, Rejection>],
    originator: &Entity,
) -> Result<(), Rejection> {
    tokens.iter().try_for_each(|token| match token {
        Ok(opened) => holds(scene, opened, originator),
        Err(rejection) => Err(rejection.clone()),
    })
}

/// Permit if a token of the originator has a permission for the target whose privileges permit it.
pub(crate) fn decide(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let clauses = &scene.clauses.tokens;
    let request = attempt.request;
    if request.tokens.is_empty() || request.tokens.len() > clauses.most {
        return Decision::Deny;
    }
    let valid = opened(scene, request)
        .iter()
        .flatten()
        .filter(|opened| holds(scene, opened, attempt.originator).is_ok());
    let permissions = valid.flat_map(|opened| &opened.claims.permissions);
    let policies: Vec<_> = permissions
        .filter(|permission| (clauses.concerns)(scene, permission, attempt.target))
        .map(|permission| Some(&permission.privileges))
        .collect();
    match policies.is_empty() {
        true => Decision::Deny,
        false => authorize::judge(scene, attempt, &policies),
    }
}

/// Whether what a token claims holds for a request of the originator now.
fn holds(scene: &Scene<'_>, opened: &Opened, originator: &Entity) -> Result<(), Rejection> {
    let (clauses, claims) = (&scene.clauses.tokens, &opened.claims);
    let demand = |holds: bool, rejection| if holds { Ok(()) } else { Err(rejection) };
    demand((clauses.in_time)(claims, scene.arrival.at), Rejection::Time)?;
    demand((clauses.addressed)(claims, scene.home), Rejection::Audience)?;
    demand((clauses.held_by)(claims, originator), Rejection::Holder)
}

/// The tokens of the request that arrived: each is opened once.
fn opened<'a>(scene: &Scene<'a>, request: &Request) -> &'a [Result<Opened, Rejection>] {
    let open = |text: &String| (scene.clauses.tokens.open)(scene, text);
    scene
        .arrival
        .tokens
        .get_or_init(|| request.tokens.iter().map(open).collect())
}
