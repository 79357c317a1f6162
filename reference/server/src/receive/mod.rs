//! How a request is received: one file for each step of TS-0004 V3.32.0, 7.2.2.2, in the order of that clause.

mod admission;
mod aggregation;
mod announcement;
mod association;
mod attributes;
mod authorization;
mod carried;
mod create;
mod delete;
mod desk;
mod fan_out;
mod group;
mod instances;
mod links;
mod non_blocking;
mod notify;
mod policy;
mod polling;
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
mod verification;

pub(crate) use admission::{
    Applicant, admission, app_rules, certified, complies, credential, listed, lists_app_id,
    lists_credential, lists_stem, no_rule, not_subscribed, subscribed_nodes,
};
pub(crate) use aggregation::{carry_out_own, host_of_member, sent_by_member};
pub(crate) use announcement::{
    announced_credential, announced_from, announced_link, announcement, concerns_provider,
    credential_labels, provided, provided_stem,
};
pub(crate) use association::{
    Identified, allowed_within, bind, cse_of, identified, is_of_another, is_own, is_stem_over_mcc,
    may_host_more, stands_for, unidentified, within_application, within_cse,
};
pub(crate) use attributes::{CheckAttributes, attributes, creator};
pub(crate) use authorization::{Enforce, denial, enforce, refused};
pub(crate) use carried::{Carried, Outcome};
pub(crate) use create::child_type;
pub(crate) use delete::{expired, remove};
pub(crate) use desk::Desk;
pub(crate) use fan_out::{
    Aggregate, Errand, FanOut, MemberAnswer, aggregate, carry_out, conclude, fanned_out,
    originator, repeated,
};
pub(crate) use links::{policy_links, policy_links_alone};
pub(crate) use non_blocking::{Postponed, non_blocking, request_policies, resume};
pub(crate) use policy::{policies_in_force, policy, self_privileges};
pub(crate) use polling::{channel, channel_right, polled};
pub(crate) use procedure::{Pass, receive};
pub(crate) use registration::{
    Deregister, Register, app_id, assigned_stem, deregister, register, stem,
};
pub(crate) use registree::{identify, is_registered_cse, may_register};
pub(crate) use requester::{
    Requester, Wish, another_form, in_the_clear, is_registration, not_authenticated, protection,
    registered, requester,
};
pub(crate) use respond::{answer, respond};
pub(crate) use subscription::unverified;
pub(crate) use target::{Target, Way, find as target};
pub(crate) use update::apply;
pub(crate) use validity::check as validity;
