//! The catalogue: requirements and purposes as data.

pub mod behaviour;
mod dispute;
mod load;
mod pics;
mod purpose;
mod requirement;
mod threat;

pub use dispute::{Dispute, DisputeReading};
pub(crate) use load::line_of;
pub use load::{Catalogue, CatalogueError};
pub use pics::{Pics, Pixit};
pub use purpose::{Kind, Purpose, PurposeFile};
pub use requirement::{Level, Requirement, Testable};
pub use threat::{Countermeasure, Threat};
