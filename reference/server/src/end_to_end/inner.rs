//! The inner request of an ESPrim Object, and how it is carried out (TS-0004 V3.32.0, 7.6.2, step K).

use std::sync::OnceLock;

use onem2m_envelope::esprim::Received;
use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Request, Response};

use super::protection::{self, Answered};
use crate::cse::{Cse, Order};
use crate::elsewhere::Elsewhere;
use crate::notify::Notice;
use crate::peer::Peer;
use crate::receive::{
    self, Carried, Desk, Pass, Requester, Wish, another_form, is_registration, not_authenticated,
};
use crate::refusal::Refusal;
use crate::scene::{Arrival, Protected, Scene};
use crate::tree::Tree;

/// How deep an ESPrim Object may be within others.
const DEEPEST: usize = 2;

/// A request that came within an ESPrim Object.
#[derive(Debug)]
pub(crate) struct Inner {
    /// What is to be carried out, or the response to what is no request primitive.
    pub(crate) request: Result<Request, Response>,
    /// Its originator.
    pub(crate) acting: Entity,
    /// What the object was.
    pub(crate) received: Received,
}

/// Carries an inner request out as any other, and answers within an ESPrim Object.
pub(crate) async fn perform(cse: &Cse, arrival: &Arrival, inner: &Inner) -> Answered {
    let response = match &inner.request {
        Err(response) => response.clone(),
        Ok(request) => {
            let within = within(arrival, &inner.acting);
            let result = cse.fulfil(Order::Received(request), &within).await;
            receive::respond(cse.clauses(), request, result)
        }
    };
    cse.with_tree(arrival, |desk, tree| {
        protection::answer(desk, tree, inner, &response)
    })
}

/// The same for a non-blocking outer request, as far as nobody else has to be waited for.
pub(crate) fn perform_at_once(
    desk: &Desk<'_>,
    tree: &mut Tree,
    inner: &Inner,
) -> (Answered, Vec<Notice>) {
    let mut notices = Vec::new();
    let response = match &inner.request {
        Err(response) => response.clone(),
        Ok(request) => {
            let within = within(desk.arrival, &inner.acting);
            let desk = Desk {
                arrival: &within,
                ..*desk
            };
            let result = match receive::receive(&desk, tree, request, Pass::First) {
                Ok(Carried::Done {
                    status,
                    content,
                    is_partial,
                    notices: own,
                }) => {
                    notices = own;
                    Ok((status, content, is_partial))
                }
                Ok(_) => Err(Refusal::not_implemented(
                    "requests that wait for others are supported in blocking mode only",
                )),
                Err(refusal) => Err(refusal),
            };
            receive::respond(desk.clauses, request, result)
        }
    };
    (protection::answer(desk, tree, inner, &response), notices)
}

/// The inner request comes within no security association: who carried the object says nothing about it.
pub(crate) fn within(arrival: &Arrival, acting: &Entity) -> Arrival {
    let depth = arrival.protected.as_ref().map_or(0, |outer| outer.depth);
    Arrival {
        peer: Peer::plain(arrival.peer.address),
        elsewhere: Elsewhere::default(),
        announced: None,
        protected: Some(Protected {
            entity: acting.clone(),
            depth: depth + 1,
        }),
        tokens: OnceLock::new(),
        ..arrival.clone()
    }
}

/// Whether an object is opened that lies within so many others.
pub(crate) fn may_nest(depth: usize) -> Result<(), Refusal> {
    match depth < DEEPEST {
        true => Ok(()),
        false => Err(Refusal::not_allowed(
            "expected no further ESPrim Object within these",
        )),
    }
}

/// Who sends an inner request: the entity of the key, which counts as authenticated (TS-0003 V3.18.0, 7.2.2). An AE of this
/// CSE has to be registered all the same.
pub(crate) fn requester(
    scene: &Scene<'_>,
    request: &Request,
    entity: &Entity,
) -> Result<Requester, Refusal> {
    if is_registration(request) {
        let stem = request.from.as_deref().map(AeStem::parse);
        return match stem {
            Some(Ok(stem)) => Ok(Requester::Registrant(Wish::Stem(stem))),
            _ => Err(another_form()),
        };
    }
    let is_own = receive::cse_of(entity) == Some(Entity::hosting(scene.home));
    let is_application = matches!(entity, Entity::Ae { .. });
    if is_application && is_own && !(scene.clauses.registered)(scene, entity) {
        return Err(not_authenticated("no AE is registered with this AE-ID"));
    }
    Ok(Requester::Known(entity.clone()))
}
