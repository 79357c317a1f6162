//! The resource types of the CSE, each with its attributes (TS-0004 V3.32.0, 7.4).

mod access_control_policy;
mod announced_application;
mod app_rule;
mod application_entity;
mod attribute;
mod common;
mod container;
mod content_instance;
mod cse_base;
mod group;
mod kind;
mod polling_channel;
mod remote_cse;
mod request;
mod service_subscription_profile;
mod stored;
mod subscribed_node;
mod subscription;
mod time_series;
mod time_series_instance;
mod timestamp;

pub(crate) use access_control_policy::Policies;
pub(crate) use app_rule::check_app_ids;
pub(crate) use attribute::{Form, Presence, Write};
pub(crate) use kind::{Kind, TypeNumber};
pub(crate) use stored::Resource;
pub(crate) use subscribed_node::check_rule_links;
pub(crate) use timestamp::{Timestamp, parse_timestamp};
