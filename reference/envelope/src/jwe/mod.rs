//! Encrypted content (RFC 7516) with the algorithms of TS-0003 V3.18.0, 8.5.3.2.

mod agreement_members;
mod open;
mod read;
mod recipient;
mod seal;
mod write;

pub use open::Opened;
pub use read::Jwe;
pub use recipient::Recipient;
pub use seal::{Addressed, seal_compact, seal_flattened, seal_general};
