//! End-to-end security (TS-0003 V3.18.0, 8.4): what the CSE says of its own, and the CSE as Receiver of ESPrim Objects.
//!
//! The decision about an object is that of the envelope crate; here is what leads to it and follows from it: the keys, the
//! rand objects, and the inner request, which is carried out as any other.

mod base64;
mod clauses;
mod information;
mod inner;
mod notified;
mod object;
mod pairs;
mod protection;
mod publication;
mod rand_objects;
mod randomness;
mod security_info;
mod settings;
mod vault;

pub(crate) use clauses::Clauses;
pub(crate) use inner::{Inner, perform, perform_at_once};
pub(crate) use notified::notified;
pub(crate) use publication::publish;
pub(crate) use vault::Vault;

pub use pairs::{Pair, PairTwice, Pairs};
pub use randomness::{NoRandomness, Randomness};
pub use settings::{EndToEnd, ErrorStyle};
