//! What the tests share: a certificate authority, entities, and pairs of sessions.

pub mod authority;
pub mod entities;
pub mod pair;
