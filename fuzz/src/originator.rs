//! Octets as an entry of accessControlOriginators.

use serde_json::json;

use crate::decisions::{agreed, retrieve};

/// The first line is a From and every other an entry: read or refused, and matched as the oracle matches it.
pub fn originator(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let Some((from, entries)) = text.split_once('\n') else {
        return;
    };
    let request = retrieve(from, "2025-11-20T13:27:30Z", "192.0.2.10");
    let entries: Vec<_> = entries.split('\n').collect();
    for entry in &entries {
        agreed(
            &[json!({ "acr": [{ "acor": [entry], "acop": 63 }] })],
            &request,
        );
    }
    agreed(
        &[json!({ "acr": [{ "acor": entries, "acop": 63 }] })],
        &request,
    );
}
