//! Fuzz targets over the reference crates.
//!
//! A target is a function of octets that panics if a promise is broken. `fuzz_targets/` hands it to libFuzzer; built on stable,
//! the same programs replay the files named on their command line, and `tests/replay.rs` replays the committed corpora.

#![forbid(unsafe_code)]

mod coap_message;
mod cse_tree;
mod decision_structured;
mod decisions;
mod dtls_messages;
mod empty;
mod envelope_keys;
mod esprim_object;
mod esprim_rand;
mod http_request;
mod http_request_structured;
mod http_response;
mod identifier;
mod jose_differential;
mod jwe;
mod jws;
mod nested;
mod network;
mod octets;
mod originator;
mod policy;
mod primitive;
mod psk_identity;
mod replay;
mod second_reading;
mod tls_messages;
mod token;
mod window;

pub use coap_message::coap_message;
pub use cse_tree::cse_tree;
pub use decision_structured::decision_structured;
pub use dtls_messages::dtls_messages;
pub use empty::empty;
pub use esprim_object::esprim_object;
pub use esprim_rand::esprim_rand;
pub use http_request::http_request;
pub use http_request_structured::http_request_structured;
pub use http_response::http_response;
pub use identifier::identifier;
pub use jose_differential::jose_differential;
pub use jwe::jwe;
pub use jws::jws;
pub use nested::nested;
pub use network::network;
pub use originator::originator;
pub use policy::policy;
pub use primitive::primitive;
pub use psk_identity::psk_identity;
pub use replay::{Target, replay_arguments, replay_path};
pub use tls_messages::tls_messages;
pub use token::token;
pub use window::window;

/// Every target with its name.
pub const TARGETS: [(&str, Target); 23] = [
    ("coap_message", coap_message),
    ("cse_tree", cse_tree),
    ("decision_structured", decision_structured),
    ("dtls_messages", dtls_messages),
    ("empty", empty),
    ("esprim_object", esprim_object),
    ("esprim_rand", esprim_rand),
    ("http_request", http_request),
    ("http_request_structured", http_request_structured),
    ("http_response", http_response),
    ("identifier", identifier),
    ("jose_differential", jose_differential),
    ("jwe", jwe),
    ("jws", jws),
    ("nested", nested),
    ("network", network),
    ("originator", originator),
    ("policy", policy),
    ("primitive", primitive),
    ("psk_identity", psk_identity),
    ("tls_messages", tls_messages),
    ("token", token),
    ("window", window),
];
