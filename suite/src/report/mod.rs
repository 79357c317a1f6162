//! What a run found, and the formats in which it is told. All formats are fed by one stream of events.

mod console;
mod earlier;
mod event;
pub mod folder;
pub mod html;
mod json;
mod jsonl;
mod junit;
mod manifest;
mod markdown;
mod meaning;
mod outcome;
mod purpose_result;
mod results;
mod text;
mod timestamp;
mod transcripts;
mod untested;
mod waiver;
mod word;

pub use console::Console;
pub use earlier::{ReadError, read_purposes};
pub use event::{Event, Reporter, Reporters};
pub use folder::{Folder, FolderError};
pub use html::Html;
pub use json::Json;
pub use jsonl::Jsonl;
pub use junit::{JUnit, write_junit};
pub use manifest::{Discrepancy, MANIFEST_SCHEMA, Manifest, ManifestReporter};
pub use markdown::write_markdown;
pub use outcome::{Counts, outcome};
pub use purpose_result::{PurposeResult, Standing};
pub use results::{Cse, Header, Identities, Iut, Resolved, Results, SCHEMA, Tool};
pub use timestamp::Timestamp;
pub use transcripts::{TranscriptFolder, Transcripts};
pub use waiver::{StaleWaiver, Staleness, Waiver, stale_waivers};
