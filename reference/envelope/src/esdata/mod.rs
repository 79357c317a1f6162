//! Content that is secured from end to end (TS-0003 V3.18.0, 8.5), as far as it is JOSE.
//!
//! The XML forms of an envelope (contentSecurity 4 and 5) are recognised and refused: see [`ContentSecurity::Xml`].

mod class;
mod content_security;
mod envelope;
mod open;

pub use class::SecurityClass;
pub use content_security::ContentSecurity;
pub use envelope::Envelope;
pub(crate) use open::signed_by_certificate;
pub use open::{KeyRing, Unwrapped};
