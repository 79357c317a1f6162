//! Identifiers of keys: `relative@domain`, and what of it goes over the wire.

mod hex;
mod ke;
mod key_identifier;
mod km;
mod kpsa;
mod psk_identity;
mod relative;
mod symmetric;

pub use ke::KeId;
pub use key_identifier::KeyIdentifier;
pub use km::KmId;
pub use kpsa::KpsaId;
pub use psk_identity::{PskIdentity, PskIdentityForm};
pub use relative::RelativeKeyId;
pub use symmetric::SymmetricKeyId;
