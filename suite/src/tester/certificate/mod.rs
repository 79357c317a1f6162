//! Certificates to order: right ones of every flavour of TS-0003 V3.18.0, 10.1.1, and ones that are wrong in one respect.
//!
//! A [`ChainOrder`] says everything of a chain and is valid as it comes from a [`Flavour`]. A [`Defect`] changes one thing of it.
//! What is issued from the same seed and the same order has the same octets: keys and serial numbers come from the seed and the
//! label of a certificate, signatures are those of RFC 6979.

mod algorithm;
mod chain;
mod damage;
mod defect;
mod der;
mod error;
mod extension;
mod flavour;
mod general_name;
mod issue;
mod key;
mod key_usage;
mod made_elsewhere;
mod name;
mod name_constraints;
mod object_identifier;
mod order;
mod raw_key;
mod revocation_list;
mod seed;
mod signer;
mod signing_request;
mod validity;

#[cfg(test)]
mod tests;

pub use algorithm::{KeyAlgorithm, PointForm, SignatureAlgorithm};
pub use chain::{Chain, ChainOrder, Presentation};
pub use damage::Damage;
pub use defect::Defect;
pub use error::CertificateError;
pub use extension::{BasicConstraints, Extensions, FurtherExtension};
pub use flavour::Flavour;
pub use general_name::{GeneralName, OtherName, OtherValue};
pub use issue::{Certificate, Issuer};
pub use key::KeyPair;
pub use key_usage::{ExtendedKeyUsage, KeyUsage};
pub use made_elsewhere::MadeElsewhere;
pub use name::DistinguishedName;
pub use name_constraints::NameConstraints;
pub use object_identifier::{ObjectIdentifier, RelativeIdentifier};
pub use order::{CertificateOrder, Signer};
pub use raw_key::RawKeyDefect;
pub use revocation_list::RevocationList;
pub use seed::Seed;
pub use signing_request::SigningRequest;
pub use validity::Validity;
