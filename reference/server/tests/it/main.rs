//! The CSE over an in-memory connection, through the same codecs as over a socket.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it does"
)]

mod access;
mod admission;
mod aggregation;
mod announcement;
mod application;
mod associations;
#[path = "../../../association/tests/associations/support/authority.rs"]
#[allow(dead_code, reason = "shared with the tests of associations")]
mod authority;
mod bench;
mod binding;
mod coap;
mod contexts;
mod defaults;
mod discovery;
mod end_to_end_information;
mod enrolment;
mod escertke;
mod escertke_initiator;
mod escertke_side;
mod esprim;
mod esprim_codes;
mod esprim_faults;
mod esprim_sessions;
mod esprim_side;
mod far_receiver;
mod faulty;
mod groups;
mod key_services;
mod links;
mod maf_client;
mod mcc;
mod non_blocking;
mod notification;
mod policies;
mod polling;
mod provisioned;
mod registration;
mod resources;
mod secured;
mod secured_data;
mod secured_datagrams;
mod secured_faults;
mod tokens;
