//! End-to-end security of data (TS-0003 V3.18.0, 8.5): what no list of steps can express.

mod function;
mod oracle;
mod published;

pub use function::function;
