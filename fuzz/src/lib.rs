//! Fuzz targets over the reference crates.
//!
//! A target is a function of octets that panics if a promise is broken. `fuzz_targets/` hands it to libFuzzer; built on stable,
//! the same programs replay the files named on their command line, and `tests/replay.rs` replays the committed corpora.

#![forbid(unsafe_code)]

mod http_request;
mod http_request_structured;
mod http_response;
mod octets;
mod replay;

pub use http_request::http_request;
pub use http_request_structured::http_request_structured;
pub use http_response::http_response;
pub use replay::{Target, replay_arguments, replay_path};
