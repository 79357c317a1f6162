//! Tokens of dynamic authorization that the tester issues (TS-0003 V3.18.0, 7.3.2.6): right ones, and ones with a fault.

mod certificate;
mod compose;
mod deflate;
mod encryption;
mod error;
mod key;
mod public_key;
mod signature;

pub use certificate::published;
pub use compose::{Foreign, Ingredients, compose};
pub use error::NoToken;
pub use key::KeyMaterial;
