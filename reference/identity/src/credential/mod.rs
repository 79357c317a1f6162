//! What a security association binds an entity to.

mod id;
mod kind;

pub use id::CredentialId;
pub use kind::CredentialType;
