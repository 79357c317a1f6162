//! The key services: an M2M Authentication Function (MAF) and an M2M Enrolment Function (MEF), both of which are Trust Enabling
//! Functions (TS-0003 V3.18.0, 6.1.2.1, 8.3.5 and 8.8).
//!
//! A [`KeyService`] registers clients and keys, gives keys to their targets, and as an MEF issues commands. It answers within
//! security associations alone, and knows a client by its handshake, whatever a request says. What it decides, its table of
//! clauses decides; MAF and MEF have one each.

mod clauses;
pub(crate) mod est;
mod names;
mod parameters;
mod procedures;
mod records;
mod role;
mod service;
mod serving;
mod session;
mod settings;
mod storage;

pub(crate) use clauses::Clauses;
pub use est::{Authority, AuthorityError};
pub use names::WireNames;
pub(crate) use parameters::{known_members, members};
pub use role::ServiceRole;
pub use service::KeyService;
pub(crate) use serving::serve;
pub(crate) use session::{Exported, Session, exported_with};
pub use settings::{Client, EnrolmentTarget, ServiceSettings};
pub use storage::StateError;
