//! The profile of an IUT: what it is, how to reach it, what it claims.

mod answer;
mod check;
mod control;
mod credential;
mod error;
mod form;
mod key;
mod load;
mod location;
mod scalar;
mod setting;
mod shape;
mod waivers;

pub use control::{Control, Ready, Trigger};
pub use credential::{Certificate, Credentials, PresharedKey};
pub use error::{Place, ProfileError};
pub use form::{Cse, Endpoints, Identities, Iut, Limits, Profile, RoleName, Tester, Waiver};
pub use key::{KeyError, KeySource, SymmetricKey};
pub use location::{Point, STATEMENTS, Stated};
