//! The identifiers of oneM2M: who sends a request and which resource it addresses.
//!
//! Grammars follow TS-0001 V3.36.0, 7.2 (Table 7.2-1) and TS-0004 V3.32.0, 6.2.3 and 6.2.4. Every parser is total: it
//! returns an [`IdentityError`] for what it does not accept and allocates in proportion to its input.

#![forbid(unsafe_code)]

mod address;
mod ae;
mod cse;
mod entity;
mod error;
mod fqdn;
mod home;
mod role;
mod segment;
mod service_provider;

pub use address::{CsePath, ResourceAddress};
pub use ae::{AeStem, StemScope};
pub use cse::CseId;
pub use entity::Entity;
pub use error::IdentityError;
pub use fqdn::Fqdn;
pub use home::Home;
pub use role::RoleId;
pub use service_provider::SpId;
