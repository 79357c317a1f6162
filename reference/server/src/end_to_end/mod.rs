//! End-to-end security (TS-0003 V3.18.0, 8.4 and 8.7): what the CSE says of its own, the CSE as Receiver of ESPrim Objects, and
//! as the end of a key establishment by certificates.
//!
//! The decision about an object is that of the envelope crate; here is what leads to it and follows from it: the keys, the
//! rand objects, and the inner request, which is carried out as any other.

mod base64;
mod clauses;
pub(crate) mod derived;
pub(crate) mod escertke;
pub(crate) mod information;
pub(crate) mod inner;
mod notified;
pub(crate) mod object;
pub(crate) mod originator;
pub(crate) mod pairs;
pub(crate) mod protection;
mod provisioning;
pub(crate) mod publication;
pub(crate) mod rand_objects;
pub(crate) mod randomness;
pub(crate) mod security_info;
pub(crate) mod settings;
pub(crate) mod vault;

pub(crate) use base64::{decode as base64_octets, encode as base64_text};
pub(crate) use clauses::Clauses;
pub(crate) use inner::{Inner, perform, perform_at_once};
pub(crate) use notified::notified;
pub(crate) use publication::publish;
pub(crate) use vault::Vault;

pub use escertke::{FailureStyle, Initiating, Terminating};
pub use originator::{NoOrder, Sessions};
pub use pairs::{Pair, PairTwice, Pairs};
pub use provisioning::PairRefused;
pub use randomness::{NoRandomness, Randomness};
pub use settings::{EndToEnd, ErrorStyle};
