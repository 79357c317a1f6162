//! Objects as they come, for whoever has to make wrong ones or look into what others made. Nothing here judges.

mod compact;
mod crypto;
mod gcm;
mod lenient;

pub use compact::Compact;
pub use crypto::{agree, decrypt, encrypt, mac, rsa_oaep_256, unwrap, wrap};
pub use gcm::{gcm_crypt, gcm_tag};
pub use lenient::{object, octets};
