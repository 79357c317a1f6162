//! A small, correct oneM2M CSE over HTTP and CoAP, in memory, for the infrastructure or for a middle node: the place to see how
//! access control is meant to work.
//!
//! An [`Application`] is an AE that registers with a CSE within an association of its own making.
//!
//! A [`KeyService`] is an MAF or an MEF beside it.
//!
//! A [`Cse`] answers HTTP on any byte stream: a socket, or one end of a pipe within the process. A [`coap::CoapEndpoint`] of it
//! answers datagrams, wherever they come from. Both do so within security associations too, if the CSE was provisioned with
//! [`Security`], and are Receivers of primitives that are protected end to end with [`EndToEnd`]. The CSE knows the time from a [`Clock`] only and reaches others through a
//! [`Connector`] only. What it decides is decided by [`Clauses`], whose specification can be exchanged clause by clause for
//! the [`faults`] of a nonconforming CSE.

#![forbid(unsafe_code)]

mod address;
mod aggregation;
mod aggregations;
mod application;
mod associations;
mod authorize;
mod channels;
mod clauses;
mod clock;
pub mod coap;
mod configuration;
mod connector;
mod content;
mod conveyed;
mod cse;
mod discovery;
mod elsewhere;
mod end_to_end;
mod fan_out;
pub mod faults;
mod filter;
mod forward;
mod group_requests;
mod groups;
mod hop;
mod http;
mod key_services;
mod location;
mod maf_client;
mod notify;
mod outbound;
mod peer;
mod plant;
mod polling;
mod primitive;
mod receive;
mod refusal;
mod representation;
mod resource;
mod scene;
mod security;
mod tokens;
mod tree;

pub use application::{
    Application, Datagrams, Opening, Registration, StatementError, Undone, Unregistered,
};
pub use associations::DatagramAssociation;
pub use clauses::Clauses;
pub use clock::{Clock, SystemClock, VirtualClock};
pub use configuration::{Configuration, Registrar};
pub use connector::{Connecting, Connector, Duplex, TcpConnector};
pub use cse::Cse;
pub use end_to_end::{
    EndToEnd, ErrorStyle, FailureStyle, Initiating, NoOrder, NoRandomness, Pair, PairRefused,
    PairTwice, Pairs, Randomness, Sessions, Terminating,
};
pub use key_services::{
    Authority, AuthorityError, Client, EnrolmentTarget, KeyService, ServiceRole, ServiceSettings,
    StateError, WireNames,
};
pub use location::{Locations, Whereabouts};
pub use maf_client::{KcReading, KnownMaf};
pub use peer::{Allowed, Associated, Peer};
pub use security::Security;
pub use tokens::{Certified, Issuer, IssuerKey, Material, Tokens};
