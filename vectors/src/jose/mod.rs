//! JOSE objects, ESData envelopes and tokens.

mod error_name;
mod read;
mod ring;

pub use error_name::error_name;
pub(crate) use read::answer;
pub use ring::Ring;
