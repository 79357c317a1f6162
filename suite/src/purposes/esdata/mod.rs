//! End-to-end security of data (TS-0003 V3.18.0, 8.5): what no list of steps can express.

mod application;
mod case;
mod function;
mod known;
mod oracle;
mod place;
mod published;
mod source;
mod source_certificates;
mod source_encryption;
mod source_requirements;
mod source_signatures;
mod target;
mod target_derived;
mod target_encryption;
mod target_keys;
mod target_labels;
mod target_nested;
mod target_refusals;
mod target_signatures;

pub use application::function as of_application;
pub use function::function;
