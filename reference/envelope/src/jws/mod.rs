//! Signed content (RFC 7515) with the algorithms of TS-0003 V3.18.0, 8.5.3.3.

mod read;
mod sign;
mod verify;
mod write;

pub use read::{Jws, Signature};
pub use sign::{Signed, sign_compact, sign_flattened, sign_general};
pub use verify::Verified;
