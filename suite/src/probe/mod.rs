//! What an IUT can do, asked of itself: `probe` writes a profile from the answers, `run` holds the
//! claims of the profile against them.

mod ask;
mod draft;
mod finding;
mod identify;

pub use ask::{Observation, Seen, observe};
pub use draft::{Place, STEM, draft, head, tester};
pub use finding::finding;
pub use identify::{IdentifyError, Identity, identify};
