//! Certificates and raw public keys: what one holds, what it has to hold, and whom it is trusted to be
//! (TS-0003 V3.18.0, 8.1.2 and 10.1).

mod defect;
mod flavour;
pub(crate) mod matching;
mod names;
mod object_identifier;
mod own;
mod parse;
mod path;
pub(crate) mod profile;
mod trust;
pub(crate) mod verify;

pub use defect::{CertificateDefect, PathDefect};
pub use flavour::Flavour;
pub use names::Names;
pub use own::OwnCertificate;
pub use parse::{Certificate, Malformed, PublicKey};
pub use path::validate_path;
pub use trust::{Expected, Trust, TrustedPeer};
