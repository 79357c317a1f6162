use std::net::IpAddr;

use onem2m_identity::{Entity, Home, ResourceAddress, RoleId};
use time::OffsetDateTime;

use crate::{Location, Operation, Specialization};

/// What is judged: the parameters of a request and its context (TS-0003 V3.18.0, 7.1.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The From parameter as it was written.
    pub from: String,
    /// The originator that From names.
    pub originator: Entity,
    /// The roles that the originator validly holds for this request.
    pub roles: Vec<RoleId>,
    /// What the originator wants to do.
    pub operation: Operation,
    /// When the Hosting CSE received the request (rq_time).
    pub time: OffsetDateTime,
    /// The source address of the packets that carried the request (rq_ip), if there are any.
    pub address: Option<IpAddr>,
    /// Where the originator is (rq_loc), as far as the Hosting CSE knows.
    pub location: Location,
    /// Whether the originator counts as authenticated and is who From says (rq_authn).
    pub authenticated: bool,
    /// The resource type of the target.
    pub target_type: u32,
    /// The specialization of the target, if its type has one.
    pub target_specialization: Option<Specialization>,
    /// The Resource Type parameter of a Create.
    pub created_type: Option<u32>,
    /// The specialization in the Content of a Create, if it holds one.
    pub created_specialization: Option<Specialization>,
}

/// What the decision looks up: the groups that access control rules name.
pub trait Directory {
    /// The AEs and CSEs behind the members of a `<group>`, or `None` if there is no such group or it cannot be read.
    ///
    /// Members that are neither `<AE>` nor `<remoteCSE>` resources authorize nobody (TS-0001 V3.36.0, 9.6.2.1) and are
    /// left out.
    fn members(&self, group: &ResourceAddress) -> Option<Vec<Entity>>;
}

/// A directory without any group.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoGroups;

impl Directory for NoGroups {
    fn members(&self, _group: &ResourceAddress) -> Option<Vec<Entity>> {
        None
    }
}

/// All that a clause of the decision may look at besides the policies.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The request and its context.
    pub request: &'a Request,
    /// The groups that rules may name.
    pub directory: &'a dyn Directory,
    /// The CSE that hosts the policies: relative identifiers in them are read in its context.
    pub home: &'a Home,
}
