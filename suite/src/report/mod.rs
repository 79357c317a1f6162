//! What a run found, and the formats in which it is told. All formats are fed by one stream of events.

mod console;
mod diff;
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
mod merge;
mod outcome;
mod profile_finding;
mod purpose_result;
mod results;
pub mod same_run;
pub(crate) mod text;
mod timestamp;
mod transcripts;
mod untested;
mod waiver;
mod word;

pub use console::Console;
pub use diff::{Change, Changes, PurposeChange, RunChange};
pub use earlier::{End, ReadError, Recorded};
pub use event::{Event, Reporter, Reporters};
pub use folder::{Folder, FolderError};
pub use html::Html;
pub use json::{Json, write_json};
pub use jsonl::Jsonl;
pub use junit::{JUnit, write_junit};
pub use manifest::{Discrepancy, MANIFEST_SCHEMA, Manifest, ManifestReporter};
pub use markdown::write_markdown;
pub use merge::{MergeError, Merged};
pub use outcome::{Counts, outcome};
pub use profile_finding::ProfileFinding;
pub use purpose_result::{PurposeResult, Standing};
pub use results::{
    Credential, Cse, Header, Identities, Iut, Resolved, Results, SCHEMA, Selected, Tool,
};
pub use timestamp::Timestamp;
pub use transcripts::{TranscriptFolder, Transcripts};
pub use waiver::{StaleWaiver, Staleness, Waiver, stale_waivers};
