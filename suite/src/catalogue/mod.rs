//! The catalogue: requirements and purposes as data.

pub mod behaviour;
mod describe;
mod dispute;
mod ledger;
mod lint;
mod load;
mod partition;
mod pics;
mod purpose;
mod question;
mod requirement;
mod select;
mod service_names;
mod threat;
mod ts0018;

pub use describe::Description;
pub use dispute::{Dispute, DisputeReading};
pub use ledger::{Disposition, Ledger, LedgerCounts, LedgerEntry};
pub use lint::{LintError, Problem};
pub(crate) use load::line_of;
pub use load::{Catalogue, CatalogueError};
pub use partition::{Partition, PartitionError};
pub use pics::{Pics, Pixit};
pub use purpose::{Kind, Purpose, PurposeFile};
pub use question::{Question, QuestionFile};
pub use requirement::{Level, Requirement, Testable};
pub use select::{SelectError, Selection};
pub use service_names::service_names;
pub use threat::{Countermeasure, Threat};
pub use ts0018::{Expects, OfficialCase};
