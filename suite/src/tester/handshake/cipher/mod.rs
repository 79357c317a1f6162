//! The protection of records (RFC 5246, 6.2.3).

mod cbc;
mod ccm;
mod error;
mod label;
mod mac;
mod suite_cipher;

pub use error::CipherError;
pub use label::RecordLabel;
pub use suite_cipher::Cipher;
