//! The identifiers of oneM2M: who sends a request, which resource it addresses, and which key, certificate or device
//! stands for whom.
//!
//! Grammars follow TS-0001 V3.36.0, 7.2 (Table 7.2-1), TS-0003 V3.18.0, 10 and 12, and TS-0004 V3.32.0, 6.2.3 and
//! 6.2.4. Every parser is total: it returns an [`IdentityError`] for what it does not accept and allocates in
//! proportion to its input. What is read is written back as it was read; only an [`Entity`] is written in its absolute
//! form, whatever form it was read in.

#![forbid(unsafe_code)]

mod address;
mod ae;
mod ae_uri;
mod credential;
mod cse;
mod domain_name;
mod entity;
mod error;
mod fqdn;
mod hardware;
mod home;
mod key;
mod node_id;
mod public_domain_name;
mod public_key;
mod role;
mod segment;
mod service_provider;
mod text;
mod uri;

pub use address::{CsePath, ResourceAddress};
pub use ae::{AeStem, StemScope};
pub use ae_uri::AeUri;
pub use credential::{CredentialId, CredentialType};
pub use cse::CseId;
pub use domain_name::DomainName;
pub use entity::Entity;
pub use error::IdentityError;
pub use fqdn::Fqdn;
pub use hardware::{DeviceId, DeviceUrn, DeviceUrnKind, HardwareId, ObjectIdentifier, OidArc};
pub use home::Home;
pub use key::{
    KeId, KeyIdentifier, KmId, KpsaId, PskIdentity, PskIdentityForm, RelativeKeyId, SymmetricKeyId,
};
pub use node_id::NodeId;
pub use public_domain_name::PublicDomainName;
pub use public_key::{DigestAlgorithm, PublicKeyId};
pub use role::RoleId;
pub use service_provider::SpId;
