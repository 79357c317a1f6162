use std::sync::OnceLock;

use onem2m_identity::{Entity, Home};
use onem2m_primitive::Response;
use time::OffsetDateTime;

use crate::clauses::Clauses;
use crate::configuration::Configuration;
use crate::elsewhere::Elsewhere;
use crate::peer::Peer;
use crate::tokens::{Opened, Rejection};
use crate::tree::Tree;

/// What the CSE knows about a request besides the primitive itself.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    /// When it came, by the clock of the CSE.
    pub(crate) received: OffsetDateTime,
    /// When it is handled, which is later only if it was postponed.
    pub(crate) at: OffsetDateTime,
    /// Who is at the other end of the connection that carried it.
    pub(crate) peer: Peer,
    /// What other CSEs have told for it.
    pub(crate) elsewhere: Elsewhere,
    /// What the IN-CSE answered when the AE that registers was announced; the inner one is none if it did not answer.
    pub(crate) announced: Option<Option<Response>>,
    /// The ESPrim Object that it came in, if it came in one.
    pub(crate) protected: Option<Protected>,
    /// The tokens of the request, once somebody looked at them.
    pub(crate) tokens: OnceLock<Vec<Result<Opened, Rejection>>>,
}

/// An ESPrim Object around a request.
#[derive(Clone, Debug)]
pub(crate) struct Protected {
    /// The originator, whose key opened it.
    pub(crate) entity: Entity,
    /// How many objects there are around the request.
    pub(crate) depth: usize,
}

/// All that a clause may look at.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) clauses: &'a Clauses,
    pub(crate) configuration: &'a Configuration,
    pub(crate) home: &'a Home,
    pub(crate) tree: &'a Tree,
    pub(crate) arrival: &'a Arrival,
}
