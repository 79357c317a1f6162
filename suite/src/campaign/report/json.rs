//! `fuzz.json`: everything.

use super::Account;
use serde_json::{Value, json};

/// The form of the file.
const SCHEMA: &str = "onem2m-conform/fuzz-1";

/// The campaign as JSON.
pub fn json(account: &Account<'_>) -> Value {
    let Account { around, hunted, .. } = account;
    let standing = &hunted.standing;
    let files: Vec<String> = account.findings().map(|(file, _)| file).collect();
    json!({
        "schema": SCHEMA,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "iut": account.iut,
        "endpoint": around.endpoint,
        "surface": around.surface,
        "seed": around.seed,
        "started": account.started.unix_timestamp(),
        "duration_ms": u64::try_from(account.elapsed.as_millis()).unwrap_or(u64::MAX),
        "sequences": standing.sequences,
        "requests": standing.requests,
        "shapes": standing.shapes,
        "ended": hunted.ended,
        "left_behind": hunted.left_behind,
        "files": files,
        "findings": hunted.findings,
    })
}
