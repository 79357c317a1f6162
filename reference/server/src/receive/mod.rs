//! How a request is received: one file for each step of TS-0004 V3.32.0, 7.2.2.2, in the order of that clause.

mod association;
mod attributes;
mod authorization;
mod carried;
mod create;
mod delete;
mod desk;
mod instances;
mod links;
mod non_blocking;
mod notify;
mod policy;
mod procedure;
mod registration;
mod registree;
mod representation;
mod requester;
mod respond;
mod retrieve;
mod subscription;
mod syntax;
mod target;
mod update;
mod validity;

pub(crate) use association::{
    allowed_within, cse_of, is_of_another, is_own, is_stem_over_mcc, within_application, within_cse,
};
pub(crate) use attributes::{CheckAttributes, attributes, creator};
pub(crate) use authorization::{Enforce, denial, enforce, refused};
pub(crate) use carried::{Carried, Outcome};
pub(crate) use create::child_type;
pub(crate) use delete::{expired, remove};
pub(crate) use desk::Desk;
pub(crate) use links::{policy_links, policy_links_alone};
pub(crate) use non_blocking::{Postponed, non_blocking, request_policies, resume};
pub(crate) use policy::{policies_in_force, policy, self_privileges};
pub(crate) use procedure::{Pass, receive};
pub(crate) use registree::{identify, is_registered_cse, may_register};
pub(crate) use requester::{Requester, in_the_clear, requester};
pub(crate) use respond::{answer, respond};
pub(crate) use subscription::unverified;
